package io.tokenwatt.quickstart.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes wrong in a real fleet goes wrong here too, each on its own node. */
class PeculiarNodesTest extends FleetFixture {
  @Test
  void migRowsRepeatTheBoardsEnergyAndPowerButNotItsActivity() throws Exception {
    pass(30);
    Page page = dcgm("c5-a100");
    List<String> rows = page.lines(ENERGY).stream().filter(l -> l.contains("gpu=\"0\"")).toList();
    assertThat(rows.stream().map(row -> Page.label(row, "GPU_I_ID")))
        .containsExactly("7", "8", "9", "5");
    assertThat(page.values(ENERGY, "gpu=\"0\"").stream().distinct()).hasSize(1);
    assertThat(page.values("DCGM_FI_DEV_POWER_USAGE", "gpu=\"0\"").stream().distinct()).hasSize(1);
    assertThat(page.values("DCGM_FI_PROF_GR_ENGINE_ACTIVE", "gpu=\"0\"").stream().distinct())
        .hasSizeGreaterThan(1);
    assertThat(page.lines("DCGM_FI_DEV_GPU_UTIL")).isEmpty();
    assertThat(page.lines("DCGM_FI_PROF_PCIE_TX_BYTES")).isEmpty();
  }

  @Test
  void bindingsOfMigNodesNameInstances() {
    assertThat(node("c5-a100").bindings())
        .extracting(binding -> binding.gpus().get(0).replaceAll(".*/", ""))
        .containsExactly("8", "5", "1", "2");
  }

  @Test
  void theExporterAtItsDefaultsRepeatsAReadingForThirtySeconds() throws Exception {
    Set<Double> slow = new HashSet<>();
    Set<Double> quick = new HashSet<>();
    for (int second = 0; second < 60; second++) {
      slow.add(dcgm("c1-h100").values(ENERGY, "gpu=\"0\"").get(0));
      quick.add(dcgm("e1-h100").values(ENERGY, "gpu=\"0\"").get(0));
      pass(1);
    }
    assertThat(slow).hasSize(3);
    assertThat(quick).hasSize(60);
    assertThat(dcgm("c1-h100").lines("DCGM_FI_PROF_SM_ACTIVE")).isEmpty();
    assertThat(dcgm("e1-h100").lines("DCGM_FI_PROF_SM_ACTIVE")).hasSize(4);
  }

  @Test
  void theCrashRefusesConnectionsAndThenCountsFromZeroInANewProcess() throws Exception {
    pass(74);
    Page before = vllm("e2-h200");
    pass(5);
    assertThatThrownBy(() -> vllm("e2-h200")).isInstanceOf(ConnectException.class);
    pass(10);
    Page after = vllm("e2-h200");
    assertThat(after.sum(OUTPUT)).isPositive().isLessThan(before.sum(OUTPUT));
    assertThat(processStart(after)).isGreaterThan(processStart(before));
    List<ServedEngine> served = node("e2-h200").truth().engine("vllm");
    assertThat(served.get(1).processStartMs())
        .isBetween(served.get(0).atMs(), served.get(1).atMs());
  }

  @Test
  void nothingButTheCrashMakesACounterFall() throws Exception {
    List<SimulatedNode> steady =
        present().stream().filter(n -> !n.peculiarity().contains("refuse")).toList();
    scrape(steady);
    pass(60);
    scrape(steady);
    for (SimulatedNode node : steady) {
      for (String name : node.truth().engines()) {
        List<ServedEngine> engine = node.truth().engine(name);
        boolean embeds = name.equals("vllm-passages");
        assertThat(engine.get(1).outputTokens() - engine.get(0).outputTokens())
            .as(name)
            .isGreaterThan(embeds ? -1 : 0);
        assertThat(engine.get(1).promptTokens()).isGreaterThan(engine.get(0).promptTokens());
      }
      List<ServedBoards> boards = node.truth().boards();
      boards
          .get(0)
          .energyMj()
          .forEach((uuid, mj) -> assertThat(boards.get(1).energyMj().get(uuid)).isGreaterThan(mj));
    }
  }

  @Test
  void aFlakyPortRefusesForSomeSecondsAndComesBackOnTheSamePort() throws Exception {
    SimulatedTarget flaky = target(node("s4-l40s"), "dcgm");
    int refused = 0;
    for (int second = 0; second < 200; second++) {
      pass(1);
      refused += refuses(flaky) ? 1 : 0;
    }
    assertThat(refused).isBetween(4, 48);
  }

  @Test
  void boardsWithoutAnOwnerDrawTheirIdlePowerAndDoNothing() throws Exception {
    pass(30);
    Page page = dcgm("c2-h200");
    List<String> owned = node("c2-h200").bindings().get(0).gpus();
    for (String line : page.lines("DCGM_FI_DEV_POWER_USAGE")) {
      double watts = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      if (owned.contains(Page.label(line, "UUID"))) {
        assertThat(watts).isGreaterThan(200);
      } else {
        assertThat(watts).isBetween(70.0, 80.0);
      }
    }
    assertThat(page.values("DCGM_FI_DEV_GPU_UTIL", "").stream().filter(u -> u == 0)).hasSize(4);
  }

  private static void scrape(List<SimulatedNode> nodes) throws Exception {
    for (SimulatedNode node : nodes) {
      for (SimulatedTarget target : node.targets()) {
        Page.get(target);
      }
    }
  }

  private static boolean refuses(SimulatedTarget target) throws InterruptedException {
    try {
      assertThat(Page.get(target).status()).isEqualTo(200);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static double processStart(Page page) {
    String name = "process_start_time_seconds ";
    String line = page.text().lines().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
    return Double.parseDouble(line.substring(name.length()));
  }
}
