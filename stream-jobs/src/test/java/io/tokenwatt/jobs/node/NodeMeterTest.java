package io.tokenwatt.jobs.node;

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
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeMeterTest {
  private static final long T0 = 1_700_000_000_000L; // a window's start
  private static final long STARTED = T0 - 1_000_000;

  private final NodeState state = new NodeState();
  private final Ledger ledger = new Ledger();
  private final NodeMeter meter = new NodeMeter(state, new PlainNaming(), 0, ledger);

  private IntakeOutcome accept(NodeSample sample) {
    return meter.accept(sample, sample.getObservedAtMs() + 50).outcome();
  }

  /**
   * One board at {@code watts} and an engine at {@code rate} tokens a second, sampled each second.
   */
  private static NodeSample steady(int second, int watts, int rate) {
    return SampleBuilder.at(second + 1, T0 + 1000L * second)
        .board(
            "a",
            GPU_ENERGY_MILLIJOULES,
            5_000_000L + 1000L * watts * second,
            GPU_POWER_MILLIWATTS,
            watts * 1000)
        .engine(
            "w",
            STARTED,
            Map.of(ENGINE_OUTPUT_TOKENS, 100L + (long) rate * second, ENGINE_RUNNING, 3L),
            0)
        .build();
  }

  @Test
  void steadyLoadGivesItsTokensPerJouleInEveryFullWindow() {
    for (int s = 0; s <= 45; s++) {
      accept(steady(s, 400, 1000));
    }
    for (int w = 0; w < 4; w++) {
      long window = T0 + w * 10_000L;
      assertThat(ledger.at(window, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
      assertThat(ledger.at(window, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
      assertThat(ledger.at(window, CellMeasure.GPU_MJ_METERED)).isEqualTo(4_000_000);
      assertThat(ledger.at(window, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(10_000);
      assertThat(ledger.at(window, CellMeasure.GPU_BUSY_MJ)).isEqualTo(4_000_000);
      assertThat(ledger.at(window, CellMeasure.GPU_MS)).isEqualTo(10_000);
      assertThat(ledger.at(window, CellMeasure.OBSERVED_MS)).isEqualTo(10_000);
      assertThat(ledger.qualityAt(window)).isZero();
    }
  }

  @Test
  void theNodesRowHoldsItsMachineItsBoardsAndItsTokensOnce() {
    for (int s = 0; s <= 45; s++) {
      accept(
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
      long[] node = ledger.machines.get(T0 + w * 10_000L).amounts();
      assertThat(node[NodeMeasure.EXPECTED_MS.ordinal()]).isEqualTo(10_000);
      assertThat(node[NodeMeasure.BOARD_EXPECTED_MS.ordinal()]).isEqualTo(20_000);
      assertThat(node[NodeMeasure.BOARD_OBSERVED_MS.ordinal()]).isEqualTo(20_000);
      assertThat(node[NodeMeasure.BOARD_MJ.ordinal()]).isEqualTo(7_000_000);
      assertThat(node[NodeMeasure.MACHINE_OBSERVED_MS.ordinal()]).isEqualTo(10_000);
      assertThat(node[NodeMeasure.MACHINE_MJ.ordinal()]).isEqualTo(11_000_000);
      assertThat(node[NodeMeasure.TOKENS_OBSERVED_MS.ordinal()]).isEqualTo(20_000);
      assertThat(node[NodeMeasure.OUTPUT_TOKENS.ordinal()]).isEqualTo(12_000);
      assertThat(node[NodeMeasure.SPANNING_BOARD_MS.ordinal()]).isZero();
    }
  }

  @Test
  void aSilentNodeIsExpectedForFifteenMinutesAndNoLonger() {
    accept(steady(0, 400, 1000));
    accept(steady(1, 400, 1000));
    meter.advance(T0 + 60_000);
    meter.advance(T0 + 3_600_000);
    accept(steady(4000, 400, 1000));
    long expected =
        ledger.machines.values().stream()
            .mapToLong(row -> row.amounts()[NodeMeasure.EXPECTED_MS.ordinal()])
            .sum();
    assertThat(expected).isEqualTo(1_000 + 900_000);
  }

  @Test
  void samplesBetweenWindowEdgesAreSplitAtTheEdge() {
    accept(steady(0, 400, 1000));
    accept(steady(1, 400, 1000));
    accept(steady(8, 400, 1000));
    accept(steady(12, 400, 1000));
    accept(steady(22, 400, 1000));
    assertThat(ledger.at(T0, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
    assertThat(ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
    assertThat(ledger.at(T0 + 10_000, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
  }

  @Test
  void duplicatesAndOlderSamplesAddNothing() {
    accept(steady(0, 400, 1000));
    accept(steady(5, 400, 1000));
    assertThat(accept(steady(5, 400, 1000))).isEqualTo(IntakeOutcome.DUPLICATE);
    assertThat(accept(steady(3, 400, 1000))).isEqualTo(IntakeOutcome.OUT_OF_ORDER);
    accept(steady(12, 400, 1000));
    assertThat(ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
  }

  @Test
  void aSecondAgentOfTheSameNodeIsNamed() {
    accept(steady(0, 400, 1000));
    NodeSample other = steady(20, 400, 1000).toBuilder().setAgentRun(SampleBuilder.RUN - 5).build();
    assertThat(accept(other)).isEqualTo(IntakeOutcome.TWO_AGENTS);
  }

  @Test
  void anEngineRestartCountsWhatCameAfterAndIsFlagged() {
    accept(steady(0, 400, 1000));
    accept(
        SampleBuilder.at(2, T0 + 2000)
            .board("a", GPU_ENERGY_MILLIJOULES, 5_800_000L, GPU_POWER_MILLIWATTS, 400_000)
            .engine("w", T0 + 1000, Map.of(ENGINE_OUTPUT_TOKENS, 70L, ENGINE_RUNNING, 3L), 0)
            .build());
    accept(steady(12, 400, 1000));
    assertThat(ledger.total(CellMeasure.OUTPUT_TOKENS)).isGreaterThanOrEqualTo(70);
    assertThat(ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isGreaterThanOrEqualTo(70);
    assertThat(ledger.qualityAt(T0) & Quality.RESET.bit()).isNotZero();
  }

  @Test
  void aRestartIsSeenByItsStartTimeEvenWhenTheCounterHasPassedItsOldValue() {
    accept(steady(0, 400, 1000)); // 100 tokens
    accept(
        SampleBuilder.at(2, T0 + 2000)
            .board("a", GPU_ENERGY_MILLIJOULES, 5_800_000L, GPU_POWER_MILLIWATTS, 400_000)
            .engine("w", T0 + 1000, Map.of(ENGINE_OUTPUT_TOKENS, 150L, ENGINE_RUNNING, 3L), 0)
            .build());
    meter.advance(T0 + 3_600_000);
    assertThat(ledger.total(CellMeasure.OUTPUT_TOKENS)).isEqualTo(150);
  }

  @Test
  void aSlowExporterIsSettledOverItsWholePeriodAndSaysSo() {
    for (int s = 0; s <= 125; s++) {
      long energy = 5_000_000L + 400_000L * (s / 30 * 30);
      accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, energy, GPU_POWER_MILLIWATTS, 400_000)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 1000L * s, ENGINE_RUNNING, 3L), 0)
              .build());
    }
    // The first move after the baseline may belong to a longer period: in totals, not in rates.
    assertThat(ledger.total(CellMeasure.GPU_MJ_BRIDGED)).isEqualTo(12_000_000);
    for (int w = 3; w < 12; w++) {
      long window = T0 + w * 10_000L;
      assertThat(ledger.at(window, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
      assertThat(ledger.at(window, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(10_000);
      assertThat(ledger.qualityAt(window) & Quality.SOURCE_PERIOD.bit()).isNotZero();
    }
    assertThat(ledger.sourcePeriod.values()).contains(30_000L);
    assertThat(ledger.total(CellMeasure.GPU_MJ) + ledger.total(CellMeasure.GPU_MJ_BRIDGED))
        .isEqualTo(48_000_000);
  }

  @Test
  void aGapOfMoreThanFiveMinutesIsBridgedNotSpread() {
    accept(steady(0, 400, 1000));
    accept(steady(1, 400, 1000));
    accept(steady(2, 400, 1000));
    accept(steady(402, 400, 1000));
    accept(steady(413, 400, 1000));
    assertThat(ledger.total(CellMeasure.OUTPUT_TOKENS_BRIDGED)).isEqualTo(400_000);
    assertThat(ledger.total(CellMeasure.GPU_MJ_BRIDGED)).isEqualTo(160_000_000);
    assertThat(ledger.at(T0 + 100_000, CellMeasure.OUTPUT_TOKENS)).isZero();
    assertThat(ledger.at(T0 + 400_000, CellMeasure.OUTPUT_TOKENS)).isEqualTo(8_000);
    assertThat(ledger.qualityAt(T0 + 400_000) & Quality.GAP.bit()).isNotZero();
  }

  @Test
  void aCounterThatIsSuddenlyAnotherOneIsANewBaselineNotMegawatts() {
    for (int s = 0; s <= 12; s++) {
      accept(steady(s, 400, 1000));
    }
    for (int s = 13; s <= 35; s++) {
      accept(
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
    meter.advance(T0 + 3_600_000);
    assertThat(ledger.total(CellMeasure.GPU_MJ) + ledger.total(CellMeasure.GPU_MJ_BRIDGED))
        .isEqualTo(34 * 400_000L);
    assertThat(ledger.qualityAt(T0 + 10_000) & Quality.RESET.bit()).isNotZero();
    assertThat(ledger.at(T0 + 20_000, CellMeasure.GPU_MJ_METERED)).isEqualTo(4_000_000);
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
      accept(b.build());
    }
    assertThat(ledger.at(T0, CellMeasure.GPU_MJ)).isEqualTo(1_120_000); // 112 W x 10 s, not 3 x
    assertThat(ledger.total(CellMeasure.GPU_MJ, "two"))
        .isEqualTo(ledger.total(CellMeasure.GPU_MJ, "one"));
    assertThat(ledger.total(CellMeasure.GPU_MJ, Cell.UNALLOCATED)).isZero();
    assertThat(ledger.at(T0, CellMeasure.GPU_MS)).isEqualTo(10_000);
  }

  @Test
  void aBoardWithoutAnOwnerIsUnallocatedAndOneWithoutAnsweringEngineUnknown() {
    for (int s = 0; s <= 11; s++) {
      accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 100_000L * s)
              .board("b", GPU_ENERGY_MILLIJOULES, 300_000L * s)
              .bind("training", new int[0], 1)
              .build());
    }
    assertThat(ledger.at(T0, CellMeasure.GPU_UNALLOCATED_MJ)).isEqualTo(1_000_000);
    assertThat(ledger.at(T0, CellMeasure.GPU_UNKNOWN_MJ)).isEqualTo(3_000_000);
    assertThat(ledger.at(T0, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
    assertThat(ledger.at(T0, CellMeasure.GPU_MJ_METERED)).isZero();
  }

  @Test
  void nothingRunningAndNoTokenIsLoadedIdle() {
    for (int s = 0; s <= 11; s++) {
      accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 100_000L * s)
              .engine(
                  "w",
                  STARTED,
                  Map.of(ENGINE_OUTPUT_TOKENS, 9L, ENGINE_PROMPT_TOKENS, 9L, ENGINE_RUNNING, 0L),
                  0)
              .build());
    }
    assertThat(ledger.at(T0, CellMeasure.GPU_LOADED_IDLE_MJ)).isEqualTo(1_000_000);
    assertThat(ledger.at(T0, CellMeasure.GPU_LOADED_IDLE_MS)).isEqualTo(10_000);
  }

  @Test
  void aDeadNodeLowersCoverageForFifteenMinutes() {
    for (int s = 0; s <= 30; s++) {
      accept(steady(s, 400, 1000));
    }
    for (long ms = T0 + 31_000; ms <= T0 + 2_400_000; ms += 1000) {
      meter.advance(ms);
    }
    assertThat(ledger.at(T0 + 60_000, CellMeasure.EXPECTED_MS)).isEqualTo(10_000);
    assertThat(ledger.at(T0 + 60_000, CellMeasure.OBSERVED_MS)).isZero();
    assertThat(ledger.total(CellMeasure.EXPECTED_MS)).isEqualTo(30_000 + 900_000);
    assertThat(ledger.total(CellMeasure.TOKENS_EXPECTED_MS)).isEqualTo(30_000 + 900_000);
  }

  @Test
  void aFailedScrapeOfOneTargetCostsNothingOfTheRatio() {
    for (int s = 0; s <= 22; s++) {
      NodeSample full = steady(s, 400, 1000);
      NodeSample.Builder sample = full.toBuilder();
      if (s == 4 || s == 5 || s == 10) {
        sample.clearEngines().clearBindings();
        sample.addBindings(full.getBindings(0).toBuilder().clearEngines());
      }
      if (s == 8) {
        sample.clearGpus();
        sample.clearBindings().addBindings(full.getBindings(0).toBuilder().clearGpuRows());
      }
      accept(sample.build());
    }
    assertThat(ledger.at(T0, CellMeasure.GPU_MJ_METERED)).isEqualTo(4_000_000);
    assertThat(ledger.at(T0, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(10_000);
    assertThat(ledger.cells.keySet().stream().map(Ledger.Key::cell).distinct()).hasSize(1);
  }

  @Test
  void tokensWaitForTheBoardsThatTheyCountFor() {
    NodeSample first = steady(0, 400, 1000);
    accept(
        first.toBuilder()
            .clearGpus()
            .clearBindings()
            .addBindings(first.getBindings(0).toBuilder().clearGpuRows())
            .addFailures(ScrapeFailure.newBuilder().setTarget("dcgm").setReason("timeout"))
            .build());
    for (int s = 1; s <= 12; s++) {
      accept(steady(s, 400, 1000));
    }
    assertThat(ledger.cells.keySet()).allMatch(key -> key.cell().hardware().equals("H100"));
  }

  @Test
  void powerIsIntegratedOnlyWhereThereIsNoCounter() {
    for (int s = 0; s <= 11; s++) {
      accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_POWER_MILLIWATTS, 300_000 + 10_000 * s)
              .build());
    }
    // trapezoid of a line: exact; 300 W + 10 W/s over 10 s = 3,500 J
    assertThat(ledger.at(T0, CellMeasure.GPU_MJ)).isEqualTo(3_500_000);
    assertThat(ledger.at(T0, CellMeasure.GPU_MJ_INTEGRATED)).isEqualTo(3_500_000);
    assertThat(ledger.qualityAt(T0) & Quality.INTEGRATED_POWER.bit()).isNotZero();
  }

  @Test
  void theMachinesMeterPairsWithTokensWithoutAnyBoard() {
    for (int s = 0; s <= 22; s++) {
      accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 1000L * s, ENGINE_RUNNING, 3L))
              .machine(NodeMetric.NODE_ENERGY_MILLIJOULES, 6_000_000L * s)
              .build());
    }
    assertThat(ledger.at(T0, CellMeasure.NODE_MJ_METERED)).isEqualTo(60_000_000);
    assertThat(ledger.at(T0, CellMeasure.OUTPUT_TOKENS_NODE_METERED)).isEqualTo(10_000);
    assertThat(ledger.at(T0, CellMeasure.GPU_MJ)).isZero();
    assertThat(ledger.at(T0, CellMeasure.OUTPUT_TOKENS_METERED)).isZero();
  }

  @Test
  void aClockThatJumpsAnHourIsNotBelieved() {
    for (int s = 0; s <= 22; s++) {
      long jump = s >= 5 ? 3_600_000 : 0;
      NodeSample sample = steady(s, 400, 1000);
      meter.accept(
          sample.toBuilder().setObservedAtMs(sample.getObservedAtMs() + jump).build(),
          sample.getObservedAtMs());
    }
    assertThat(ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
    assertThat(ledger.qualityAt(T0 + 10_000) & Quality.CLOCK_SKEW.bit()).isNotZero();
    assertThat(ledger.cells.keySet()).allMatch(k -> k.window() < T0 + 60_000);
  }

  @Test
  void aSampleMoreThanFifteenMinutesOldIsLateAndItsAmountsComeWithTheNext() {
    accept(steady(0, 400, 1000));
    assertThat(meter.accept(steady(5, 400, 1000), T0 + 5000 + 900_001).outcome())
        .isEqualTo(IntakeOutcome.LATE);
    meter.accept(steady(10, 400, 1000), T0 + 10_000 + 900_000);
    meter.accept(steady(21, 400, 1000), T0 + 21_000 + 900_000);
    assertThat(ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
  }

  @Test
  void bandwidthIsActivityTimesThePublishedPeak() {
    for (int s = 0; s <= 11; s++) {
      accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s).board("a", GPU_DRAM_ACTIVE_PPM, 690_789).build());
    }
    // 0.690789 x 3350 GB/s x 10 s
    assertThat(ledger.at(T0, CellMeasure.HBM_KB) / 1e6)
        .isCloseTo(23_141.4, org.assertj.core.data.Offset.offset(0.1));
    assertThat(ledger.at(T0, CellMeasure.OBSERVED_MS)).isZero();
  }

  @Test
  void anEngineThatShowsNoLoadLeavesItUnobservedNotZero() {
    for (int s = 0; s <= 11; s++) {
      accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 10L * s))
              .build());
    }
    assertThat(ledger.total(CellMeasure.TOKENS_OBSERVED_MS)).isPositive();
    assertThat(ledger.total(CellMeasure.LOAD_OBSERVED_MS)).isZero();
    assertThat(ledger.total(CellMeasure.KV_OBSERVED_MS)).isZero();
  }

  @Test
  void histogramBucketsGrowByTheirDeltas() {
    for (int s = 0; s <= 11; s++) {
      accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .engine(
                  "w",
                  STARTED,
                  Map.of(ENGINE_OUTPUT_TOKENS, 10L * s),
                  new long[] {5L + 2L * s, s, 3})
              .build());
    }
    HistogramPart first =
        ledger.histograms.entrySet().stream()
            .filter(e -> e.getKey().contains("window=" + T0 + ","))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
    assertThat(first.counts()).containsExactly(20, 10, 0);
    assertThat(first.measure()).isEqualTo("ttft");
  }
}
