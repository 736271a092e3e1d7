package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.quickstart.fleet.physics.Edge;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Windows: each against the truth at its edges, cells against boards, coverage. */
interface WindowTruth extends RunOfQuickstart {
  @Test
  default void aSpotNodeThatWasTakenAwayCountsUpToItsEndAndItsSilenceLowersCoverage() {
    String coverage = "intDiv(1000 * sum(observed_ms), sum(expected_ms))";
    Map<String, Long> spot =
        run()
            .sums(
                "toString(toUnixTimestamp(window_start))",
                coverage,
                "efficiency_10s",
                "purchase_option = 'spot' AND expected_ms > 0");
    assertThat(spot.values()).as("permille by window").contains(1000L);
    assertThat(spot.values()).anySatisfy(permille -> assertThat(permille).isLessThan(600));
    assertThat(failures("s5-h100")).contains("dcgm", "vllm");
    assertThat(run().node("s6-h100").seen()).as("another node came").isTrue();
  }

  @Test
  default void energyOfCellsIsTheEnergyOfBoardsInEveryWindow() {
    String key = "concat(region, ' ', hardware, ' ', toString(window_start))";
    Map<String, Long> cells = run().sums(key, "sum(gpu_mj)", "efficiency_10s", "1");
    cells.values().removeIf(mj -> mj == 0);
    Map<String, Long> boards = run().sums(key, "sum(energy_mj)", "gpu_10s", "1");
    boards.values().removeIf(mj -> mj == 0);
    assertThat(cells).isEqualTo(boards).hasSizeGreaterThan(60);
  }

  @Test
  default void noJouleIsWithoutAnOwnerState() {
    assertThat(
            run()
                .sums(
                    "toString(cell_id)",
                    "count()",
                    "efficiency_10s",
                    "gpu_mj != gpu_busy_mj + gpu_loaded_idle_mj + gpu_unallocated_mj + gpu_unknown_mj"))
        .isEmpty();
  }

  @Test
  default void eachWindowIsWithinOneSampleIntervalOfTheTruthAtEachEdge() {
    Map<String, Long> tokens =
        run()
            .sums(
                "concat(node, ' ', instance, ' ', toString(toUnixTimestamp(window_start)))",
                "sum(output_tokens)",
                "engine_10s",
                "1");
    Map<String, Long> energy =
        run()
            .sums(
                "concat(node, ' ', gpu, ' ', toString(toUnixTimestamp(window_start)))",
                "sum(energy_mj)",
                "gpu_10s",
                "1");
    int checked = 0;
    for (TrueNode node : run().nodes()) {
      checked += windows(node, node.outputTokens, Edge::outputTokens, 0, tokens);
      checked +=
          windows(
              node,
              node.energyMj,
              edge -> BoardIds.stored(edge.energyMj()),
              node.collectPeriodMs(),
              energy);
    }
    System.out.println("windows compared with the truth: " + checked);
    assertThat(checked).isGreaterThan(400);
  }

  /** Compares each whole window of each counter of a node; returns how many there were. */
  private static int windows(
      TrueNode node,
      Map<String, Readings> counters,
      Function<Edge, Map<String, Long>> truth,
      long periodMs,
      Map<String, Long> stored) {
    int checked = 0;
    List<Edge> edges = node.node.truth().edges();
    for (int i = 0; i + 1 < edges.size(); i++) {
      Edge from = edges.get(i);
      Edge to = edges.get(i + 1);
      for (Map.Entry<String, Readings> counter : counters.entrySet()) {
        Readings readings = counter.getValue();
        OptionalLong before = readings.slack(from.atMs(), periodMs);
        OptionalLong after = readings.slack(to.atMs(), periodMs);
        // The first refresh of a slow source goes into totals only.
        boolean settled = periodMs == 0 || from.atMs() > readings.firstMs() + periodMs + 1_000;
        if (before.isPresent()
            && after.isPresent()
            && settled
            && !readings.restartedAround(from.atMs(), to.atMs())) {
          String name = counter.getKey();
          String key = "%s %s %d".formatted(node.node.name(), name, from.atMs() / 1000);
          long was = truth.apply(to).get(name) - truth.apply(from).get(name);
          assertThat((double) stored.getOrDefault(key, 0L))
              .as(key)
              .isCloseTo(was, within((double) before.getAsLong() + after.getAsLong()));
          checked++;
        }
      }
    }
    return checked;
  }
}
