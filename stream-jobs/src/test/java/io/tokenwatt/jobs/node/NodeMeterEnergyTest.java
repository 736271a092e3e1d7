package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.STARTED;
import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.jobs.node.MeteredNode.steady;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_DRAM_ACTIVE_PPM;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_GR_ENGINE_ACTIVE_PPM;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.proto.NodeMetric;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a board's joules go: windows, slow sources, resets, MIG, states, the machine's meter. */
class NodeMeterEnergyTest {
  private final MeteredNode node = new MeteredNode();

  @Test
  void aSlowExporterIsSettledOverItsWholePeriodAndSaysSo() {
    for (int s = 0; s <= 125; s++) {
      long energy = 5_000_000L + 400_000L * (s / 30 * 30);
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, energy, GPU_POWER_MILLIWATTS, 400_000)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 1000L * s, ENGINE_RUNNING, 3L), 0)
              .build());
    }
    // The first move after the baseline may belong to a longer period: in totals, not in rates.
    assertThat(node.ledger.total(CellMeasure.GPU_MJ_BRIDGED)).isEqualTo(12_000_000);
    for (int w = 3; w < 12; w++) {
      long window = T0 + w * 10_000L;
      assertThat(node.ledger.at(window, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
      assertThat(node.ledger.at(window, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(10_000);
      assertThat(node.ledger.qualityAt(window) & Quality.SOURCE_PERIOD.bit()).isNotZero();
    }
    assertThat(node.ledger.sourcePeriod.values()).contains(30_000L);
    assertThat(
            node.ledger.total(CellMeasure.GPU_MJ) + node.ledger.total(CellMeasure.GPU_MJ_BRIDGED))
        .isEqualTo(48_000_000);
  }

  @Test
  void readingsFurtherApartThanAWindowSayThatItsEnergyIsInterpolated() {
    for (int s = 0; s <= 300; s += 15) {
      node.accept(steady(s, 400, 1000).toBuilder().setTickMs(15_000).build());
    }
    assertThat(node.ledger.sourcePeriod.values()).containsOnly(15_000L);
    assertThat(node.ledger.qualityAt(T0 + 100_000) & Quality.SOURCE_PERIOD.bit()).isNotZero();
    assertThat(node.ledger.at(T0 + 100_000, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
  }

  @Test
  void aCounterThatIsSuddenlyAnotherOneIsANewBaselineNotMegawatts() {
    for (int s = 0; s <= 12; s++) {
      node.accept(steady(s, 400, 1000));
    }
    for (int s = 13; s <= 35; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board(
                  "a",
                  GPU_ENERGY_MILLIJOULES,
                  2_000_000_000_000L + 400_000L * s,
                  GPU_POWER_MILLIWATTS,
                  400_000)
              .engine(
                  "w",
                  STARTED,
                  Map.of(ENGINE_OUTPUT_TOKENS, 100L + 1000L * s, ENGINE_RUNNING, 3L),
                  0)
              .build());
    }
    node.meter.advance(T0 + 3_600_000);
    assertThat(
            node.ledger.total(CellMeasure.GPU_MJ) + node.ledger.total(CellMeasure.GPU_MJ_BRIDGED))
        .isEqualTo(34 * 400_000L);
    assertThat(node.ledger.qualityAt(T0 + 10_000) & Quality.RESET.bit()).isNotZero();
    assertThat(node.ledger.at(T0 + 20_000, CellMeasure.GPU_MJ_METERED)).isEqualTo(4_000_000);
  }

  @Test
  void aMigBoardIsCountedOnceAndSharedByActivityTimesSlices() {
    for (int s = 0; s <= 21; s++) {
      long energy = 6_000_000L + 112_000L * s;
      SampleBuilder b = SampleBuilder.at(s + 1, T0 + 1000L * s);
      b.instance(
          "a",
          1,
          "2g.10gb",
          GPU_ENERGY_MILLIJOULES,
          energy,
          GPU_POWER_MILLIWATTS,
          112_000,
          GPU_GR_ENGINE_ACTIVE_PPM,
          500_000);
      b.instance(
          "a",
          7,
          "1g.5gb",
          GPU_ENERGY_MILLIJOULES,
          energy,
          GPU_POWER_MILLIWATTS,
          106_000,
          GPU_GR_ENGINE_ACTIVE_PPM,
          1_000_000);
      b.instance(
          "a",
          8,
          "1g.5gb",
          GPU_ENERGY_MILLIJOULES,
          energy,
          GPU_POWER_MILLIWATTS,
          106_000,
          GPU_GR_ENGINE_ACTIVE_PPM,
          0);
      b.bind("two", new int[0], 0).bind("one", new int[0], 1);
      node.accept(b.build());
    }
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ))
        .isEqualTo(1_120_000); // 112 W x 10 s, not 3 x
    assertThat(node.ledger.total(CellMeasure.GPU_MJ, "two"))
        .isEqualTo(node.ledger.total(CellMeasure.GPU_MJ, "one"));
    assertThat(node.ledger.total(CellMeasure.GPU_MJ, Cell.UNALLOCATED)).isZero();
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MS)).isEqualTo(10_000);
  }

  @Test
  void aBoardWithoutAnOwnerIsUnallocatedAndOneWithoutAnsweringEngineUnknown() {
    for (int s = 0; s <= 11; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 100_000L * s)
              .board("b", GPU_ENERGY_MILLIJOULES, 300_000L * s)
              .bind("training", new int[0], 1)
              .build());
    }
    assertThat(node.ledger.at(T0, CellMeasure.GPU_UNALLOCATED_MJ)).isEqualTo(1_000_000);
    assertThat(node.ledger.at(T0, CellMeasure.GPU_UNKNOWN_MJ)).isEqualTo(3_000_000);
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ_METERED)).isZero();
  }

  @Test
  void nothingRunningAndNoTokenIsLoadedIdle() {
    for (int s = 0; s <= 11; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 100_000L * s)
              .engine(
                  "w",
                  STARTED,
                  Map.of(ENGINE_OUTPUT_TOKENS, 9L, ENGINE_PROMPT_TOKENS, 9L, ENGINE_RUNNING, 0L),
                  0)
              .build());
    }
    assertThat(node.ledger.at(T0, CellMeasure.GPU_LOADED_IDLE_MJ)).isEqualTo(1_000_000);
    assertThat(node.ledger.at(T0, CellMeasure.GPU_LOADED_IDLE_MS)).isEqualTo(10_000);
  }

  @Test
  void powerIsIntegratedOnlyWhereThereIsNoCounter() {
    for (int s = 0; s <= 11; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_POWER_MILLIWATTS, 300_000 + 10_000 * s)
              .build());
    }
    // trapezoid of a line: exact; 300 W + 10 W/s over 10 s = 3,500 J
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ)).isEqualTo(3_500_000);
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ_INTEGRATED)).isEqualTo(3_500_000);
    assertThat(node.ledger.qualityAt(T0) & Quality.INTEGRATED_POWER.bit()).isNotZero();
  }

  @Test
  void theMachinesMeterPairsWithTokensWithoutAnyBoard() {
    for (int s = 0; s <= 22; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 1000L * s, ENGINE_RUNNING, 3L))
              .machine(NodeMetric.NODE_ENERGY_MILLIJOULES, 6_000_000L * s)
              .build());
    }
    assertThat(node.ledger.at(T0, CellMeasure.NODE_MJ_METERED)).isEqualTo(60_000_000);
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS_NODE_METERED)).isEqualTo(10_000);
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ)).isZero();
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS_METERED)).isZero();
  }

  @Test
  void bandwidthIsActivityTimesThePublishedPeak() {
    for (int s = 0; s <= 11; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s).board("a", GPU_DRAM_ACTIVE_PPM, 690_789).build());
    }
    // 0.690789 x 3350 GB/s x 10 s
    assertThat(node.ledger.at(T0, CellMeasure.HBM_KB) / 1e6)
        .isCloseTo(23_141.4, org.assertj.core.data.Offset.offset(0.1));
    assertThat(node.ledger.at(T0, CellMeasure.OBSERVED_MS)).isZero();
  }

  @Test
  void theNodesRowHoldsItsMachineItsBoardsAndItsTokensOnce() {
    for (int s = 0; s <= 45; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 5_000_000L + 400_000L * s)
              .instance("b", 1, "2g.10gb", GPU_ENERGY_MILLIJOULES, 7_000_000L + 300_000L * s)
              .instance("b", 2, "1g.5gb", GPU_ENERGY_MILLIJOULES, 7_000_000L + 300_000L * s)
              .engine("v", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 100L + 1000L * s), 0)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 100L + 200L * s), 1)
              .machine(NodeMetric.NODE_ENERGY_MILLIJOULES, 9_000_000L + 1_100_000L * s)
              .build());
    }
    for (int w = 0; w < 4; w++) {
      long[] row = node.ledger.machines.get(T0 + w * 10_000L + "n1").amounts();
      assertThat(row[NodeMeasure.EXPECTED_MS.ordinal()]).isEqualTo(10_000);
      assertThat(row[NodeMeasure.BOARD_EXPECTED_MS.ordinal()]).isEqualTo(20_000);
      assertThat(row[NodeMeasure.BOARD_OBSERVED_MS.ordinal()]).isEqualTo(20_000);
      assertThat(row[NodeMeasure.BOARD_MJ.ordinal()]).isEqualTo(7_000_000);
      assertThat(row[NodeMeasure.MACHINE_OBSERVED_MS.ordinal()]).isEqualTo(10_000);
      assertThat(row[NodeMeasure.MACHINE_MJ.ordinal()]).isEqualTo(11_000_000);
      assertThat(row[NodeMeasure.TOKENS_OBSERVED_MS.ordinal()]).isEqualTo(20_000);
      assertThat(row[NodeMeasure.OUTPUT_TOKENS.ordinal()]).isEqualTo(12_000);
      assertThat(row[NodeMeasure.SPANNING_BOARD_MS.ordinal()]).isZero();
    }
  }

  @Test
  void aBoardThatFellSilentIsNoSavedEnergy() {
    for (int s = 0; s <= 45; s++) {
      SampleBuilder b =
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 5_000_000L + 400_000L * s);
      if (s <= 12) {
        b.board("b", GPU_ENERGY_MILLIJOULES, 5_000_000L + 400_000L * s);
      }
      int[] boards = s <= 12 ? new int[] {0, 1} : new int[] {0};
      node.accept(b.engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 1000L * s), boards).build());
    }
    node.meter.advance(T0 + 3_600_000);
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ_METERED)).isEqualTo(8_000_000);
    assertThat(node.ledger.at(T0 + 20_000, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
    assertThat(node.ledger.at(T0 + 20_000, CellMeasure.OUTPUT_TOKENS_METERED)).isZero();
    assertThat(node.ledger.qualityAt(T0 + 20_000) & Quality.UNPAIRED.bit()).isNotZero();
  }

  @Test
  void whatWaitedForASecondMoveIsInTheTotalsOnceNoneCameInFiveMinutes() {
    for (int s = 0; s <= 2; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 1_000L * (s + 1))
              .board("gone", GPU_ENERGY_MILLIJOULES, 5_000L + 700L * Math.min(s, 1))
              .build());
    }
    for (int s = 3; s <= 310; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 1_000L * (s + 1))
              .build());
    }
    assertThat(node.ledger.total(CellMeasure.GPU_MJ_BRIDGED)).isEqualTo(700);
  }
}
