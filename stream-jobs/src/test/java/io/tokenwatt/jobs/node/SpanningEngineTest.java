package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.STARTED;
import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.proto.NodeMetric;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Engines over several nodes whose head alone serves metrics. Boards draw 400 W on the head and 300
 * W on workers; the head makes 1000 tokens a second.
 */
class SpanningEngineTest {
  private static final int[] EIGHT = IntStream.range(0, 8).toArray();
  private final MeteredFleet fleet = new MeteredFleet();

  private static SampleBuilder boards(String node, int second, int watts) {
    SampleBuilder sample = SampleBuilder.at(second + 1, T0 + 1000L * second).node(node);
    for (int i : EIGHT) {
      sample.board(
          String.valueOf((char) ('a' + i)),
          GPU_ENERGY_MILLIJOULES,
          7_000_000L + 1000L * watts * second);
    }
    return sample;
  }

  private static SampleBuilder head(String node, String group, int second, int running) {
    return boards(node, second, 400)
        .engine(
            "tp16",
            STARTED,
            Map.of(
                ENGINE_OUTPUT_TOKENS,
                running == 0 ? 100L : 100L + 1000L * second,
                ENGINE_RUNNING,
                (long) running),
            EIGHT)
        .binding(b -> b.setEngineGroup(group).setBoardsRequired(16).setMembers(2));
  }

  private static SampleBuilder worker(String node, String group, int second) {
    return boards(node, second, 300)
        .bind("tp16", new int[0], EIGHT)
        .binding(
            b ->
                b.setEngineGroup(group)
                    .setBoardsRequired(16)
                    .setMembers(2)
                    .setDeployment("unknown"));
  }

  private void seconds(int from, int to, boolean worker) {
    for (int s = from; s <= to; s++) {
      fleet.accept(head("h", "lws-0", s, 3));
      if (worker) {
        fleet.accept(worker("w", "lws-0", s));
      }
    }
  }

  /** By hand: 8 x 400 W + 8 x 300 W = 5600 W; 10 s = 56,000 J for 10,000 tokens. */
  @Test
  void allJoulesOfBothNodesAreTheWorkloadsAndStandBehindItsTokens() {
    seconds(0, 35, true);
    for (int w = 0; w < 3; w++) {
      long window = T0 + 10_000L * w;
      assertThat(fleet.at(window, CellMeasure.GPU_MJ, c -> c.workload().equals("tp16")))
          .isEqualTo(56_000_000);
      assertThat(fleet.at(window, CellMeasure.GPU_MJ)).isEqualTo(56_000_000);
      assertThat(fleet.at(window, CellMeasure.GPU_MJ_METERED)).isEqualTo(56_000_000);
      assertThat(fleet.at(window, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(10_000);
      assertThat(fleet.at(window, CellMeasure.MEMBERS_MISSING_MS)).isZero();
      assertThat(fleet.at(window, CellMeasure.MEMBERS_UNPAIRED_MS)).isZero();
    }
  }

  @Test
  void aWorkersBoardsCountUnderTheNamesAndInTheStateThatTheHeadShows() {
    seconds(0, 25, true);
    assertThat(
            fleet.ledger.settle().cells.entrySet().stream()
                .filter(e -> Arrays.stream(e.getValue()).anyMatch(a -> a != 0))
                .map(e -> e.getKey().cell())
                .distinct())
        .as("one cell: the worker knows neither engine nor model nor deployment")
        .singleElement()
        .returns("vllm", Cell::engine)
        .returns("model-of-tp16", Cell::model)
        .returns("tp16@1", Cell::deployment);
    assertThat(fleet.at(T0, CellMeasure.GPU_BUSY_MS)).isEqualTo(160_000);
    assertThat(fleet.at(T0, CellMeasure.GPU_BUSY_MJ)).isEqualTo(56_000_000);
    assertThat(fleet.at(T0, CellMeasure.GPU_UNKNOWN_MS)).isZero();
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_MEASURED)).isEqualTo(56_000_000);
  }

  @Test
  void aWorkerIsIdleWhileItsHeadIs() {
    for (int s = 0; s <= 25; s++) {
      fleet.accept(head("h", "lws-0", s, 0));
      fleet.accept(worker("w", "lws-0", s));
    }
    assertThat(fleet.at(T0 + 10_000, CellMeasure.GPU_LOADED_IDLE_MS)).isEqualTo(160_000);
    assertThat(fleet.at(T0 + 10_000, CellMeasure.GPU_LOADED_IDLE_MJ)).isEqualTo(56_000_000);
  }

  @Test
  void tokensWithoutTheWorkersJoulesMakeNoRatioUntilTheWorkerIsBack() {
    seconds(0, 30, true);
    seconds(31, 400, false);
    seconds(401, 440, true);
    fleet.advance(T0 + 600_000);
    assertThat(fleet.at(T0 + 20_000, CellMeasure.GPU_MJ_METERED)).isEqualTo(56_000_000);
    for (int w = 4; w < 40; w++) {
      long window = T0 + 10_000L * w;
      assertThat(fleet.at(window, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
      assertThat(fleet.at(window, CellMeasure.OUTPUT_TOKENS_METERED)).isZero();
      assertThat(fleet.at(window, CellMeasure.GPU_MJ_METERED)).isZero();
      assertThat(fleet.at(window, CellMeasure.MEMBERS_MISSING_MS)).isEqualTo(80_000);
    }
    // Second 401 is in window 40, of which the worker was silent for the first second.
    assertThat(fleet.at(T0 + 400_000, CellMeasure.MEMBERS_MISSING_MS)).isEqualTo(8 * 1000);
    assertThat(fleet.at(T0 + 410_000, CellMeasure.GPU_MJ_METERED)).isEqualTo(56_000_000);
    assertThat(fleet.at(T0 + 410_000, CellMeasure.MEMBERS_MISSING_MS)).isZero();
  }

  @Test
  void aWorkerThatWasNeverSeenIsMissedAllTheSame() {
    seconds(0, 25, false);
    assertThat(fleet.at(T0 + 10_000, CellMeasure.GPU_MJ_METERED)).isZero();
    assertThat(fleet.at(T0 + 10_000, CellMeasure.MEMBERS_MISSING_MS)).isEqualTo(80_000);
  }

  @Test
  void aReplicaThatIsWholeDoesNotHideOneThatIsNot() {
    for (int s = 0; s <= 25; s++) {
      fleet.accept(head("h", "lws-0", s, 3));
      fleet.accept(worker("w", "lws-0", s));
      fleet.accept(head("h2", "lws-1", s, 3));
      // Spare boards of the same workload, which belong to neither.
      fleet.accept(boards("spare", s, 300).bind("tp16", new int[0], EIGHT));
    }
    assertThat(fleet.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(20_000);
    assertThat(fleet.at(T0, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(10_000);
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_METERED)).isEqualTo(56_000_000);
    assertThat(fleet.at(T0, CellMeasure.MEMBERS_MISSING_MS)).isEqualTo(80_000);
  }

  @Test
  void oneBoardTooManyOrOfUnknownNumberMakesNoRatio() {
    for (int s = 0; s <= 25; s++) {
      fleet.accept(head("h", "big", s, 3).binding(b -> b.setBoardsRequired(15)));
      fleet.accept(worker("w", "big", s).binding(b -> b.setBoardsRequired(15)));
      fleet.accept(head("h2", "untold", s, 3).binding(b -> b.setBoardsRequired(0).setMembers(0)));
    }
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_METERED)).isZero();
    assertThat(fleet.at(T0, CellMeasure.MEMBERS_UNPAIRED_MS)).isEqualTo(10_000);
    assertThat(fleet.at(T0, CellMeasure.MEMBERS_MISSING_MS)).isEqualTo(10_000);
  }

  /** Each node serves the tokens of its own ranks: the sum over both, the joules of both. */
  @Test
  void dataParallelRanksOnTwoNodesAddUp() {
    for (int s = 0; s <= 25; s++) {
      fleet.accept(head("n1", "dp", s, 3));
      fleet.accept(head("n2", "dp", s, 3));
    }
    assertThat(fleet.at(T0, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(20_000);
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_METERED)).isEqualTo(64_000_000);
    assertThat(fleet.at(T0, CellMeasure.MEMBERS_MISSING_MS)).isZero();
  }

  @Test
  void machineEnergyOfAllNodesStandsBehindTheTokens() {
    for (int s = 0; s <= 25; s++) {
      fleet.accept(
          head("h", "lws-0", s, 3)
              .machine(NodeMetric.NODE_ENERGY_MILLIJOULES, 1_000_000L + 5_000_000L * s));
      fleet.accept(
          worker("w", "lws-0", s)
              .machine(NodeMetric.NODE_ENERGY_MILLIJOULES, 1_000_000L + 4_000_000L * s));
    }
    assertThat(fleet.at(T0, CellMeasure.NODE_MJ_METERED)).isEqualTo(90_000_000);
    assertThat(fleet.at(T0, CellMeasure.OUTPUT_TOKENS_NODE_METERED)).isEqualTo(10_000);
  }

  @Test
  void withoutAGroupTheWorkloadsMembersAreCountedByNodes() {
    for (int s = 0; s <= 25; s++) {
      fleet.accept(head("h", "", s, 3).binding(b -> b.setBoardsRequired(0)));
      if (s <= 15) {
        fleet.accept(worker("w", "", s).binding(b -> b.setBoardsRequired(0)));
      }
    }
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_METERED)).isEqualTo(56_000_000);
    assertThat(fleet.at(T0 + 10_000, CellMeasure.GPU_MJ_METERED)).isZero();
    assertThat(fleet.at(T0 + 10_000, CellMeasure.MEMBERS_MISSING_MS)).isPositive();
  }
}
