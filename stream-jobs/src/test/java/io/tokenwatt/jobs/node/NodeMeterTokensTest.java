package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.STARTED;
import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.jobs.node.MeteredNode.steady;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What engines count: restarts, failed scrapes, load, histograms; and that tokens meet their
 * joules.
 */
class NodeMeterTokensTest {
  private final MeteredNode node = new MeteredNode();

  @Test
  void steadyLoadGivesItsTokensPerJouleInEveryFullWindow() {
    for (int s = 0; s <= 45; s++) {
      node.accept(steady(s, 400, 1000));
    }
    for (int w = 0; w < 4; w++) {
      long window = T0 + w * 10_000L;
      assertThat(node.ledger.at(window, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
      assertThat(node.ledger.at(window, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
      assertThat(node.ledger.at(window, CellMeasure.GPU_MJ_METERED)).isEqualTo(4_000_000);
      assertThat(node.ledger.at(window, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(10_000);
      assertThat(node.ledger.at(window, CellMeasure.GPU_BUSY_MJ)).isEqualTo(4_000_000);
      assertThat(node.ledger.at(window, CellMeasure.GPU_MS)).isEqualTo(10_000);
      assertThat(node.ledger.at(window, CellMeasure.OBSERVED_MS)).isEqualTo(10_000);
      assertThat(node.ledger.qualityAt(window)).isZero();
    }
  }

  @Test
  void anEngineRestartCountsWhatCameAfterAndIsFlagged() {
    node.accept(steady(0, 400, 1000));
    node.accept(
        SampleBuilder.at(2, T0 + 2000)
            .board("a", GPU_ENERGY_MILLIJOULES, 5_800_000L, GPU_POWER_MILLIWATTS, 400_000)
            .engine("w", T0 + 1000, Map.of(ENGINE_OUTPUT_TOKENS, 70L, ENGINE_RUNNING, 3L), 0)
            .build());
    node.accept(steady(12, 400, 1000));
    assertThat(node.ledger.total(CellMeasure.OUTPUT_TOKENS)).isGreaterThanOrEqualTo(70);
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isGreaterThanOrEqualTo(70);
    assertThat(node.ledger.qualityAt(T0) & Quality.RESET.bit()).isNotZero();
  }

  @Test
  void aRestartIsSeenByItsStartTimeEvenWhenTheCounterHasPassedItsOldValue() {
    node.accept(steady(0, 400, 1000)); // 100 tokens
    node.accept(
        SampleBuilder.at(2, T0 + 2000)
            .board("a", GPU_ENERGY_MILLIJOULES, 5_800_000L, GPU_POWER_MILLIWATTS, 400_000)
            .engine("w", T0 + 1000, Map.of(ENGINE_OUTPUT_TOKENS, 150L, ENGINE_RUNNING, 3L), 0)
            .build());
    node.meter.advance(T0 + 3_600_000);
    assertThat(node.ledger.total(CellMeasure.OUTPUT_TOKENS)).isEqualTo(150);
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
      node.accept(sample.build());
    }
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ_METERED)).isEqualTo(4_000_000);
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(10_000);
    assertThat(node.ledger.cells.keySet().stream().map(Ledger.Key::cell).distinct()).hasSize(1);
  }

  @Test
  void tokensWaitForTheBoardsThatTheyCountFor() {
    NodeSample first = steady(0, 400, 1000);
    node.accept(
        first.toBuilder()
            .clearGpus()
            .clearBindings()
            .addBindings(first.getBindings(0).toBuilder().clearGpuRows())
            .addFailures(ScrapeFailure.newBuilder().setTarget("dcgm").setReason("timeout"))
            .build());
    for (int s = 1; s <= 12; s++) {
      node.accept(steady(s, 400, 1000));
    }
    assertThat(node.ledger.cells.keySet()).allMatch(key -> key.cell().hardware().equals("H100"));
  }

  @Test
  void anEngineThatShowsNoLoadLeavesItUnobservedNotZero() {
    for (int s = 0; s <= 11; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 10L * s))
              .build());
    }
    assertThat(node.ledger.total(CellMeasure.TOKENS_OBSERVED_MS)).isPositive();
    assertThat(node.ledger.total(CellMeasure.LOAD_OBSERVED_MS)).isZero();
    assertThat(node.ledger.total(CellMeasure.KV_OBSERVED_MS)).isZero();
  }

  @Test
  void histogramBucketsGrowByTheirDeltas() {
    for (int s = 0; s <= 11; s++) {
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .engine(
                  "w",
                  STARTED,
                  Map.of(ENGINE_OUTPUT_TOKENS, 10L * s),
                  new long[] {5L + 2L * s, s, 3})
              .build());
    }
    HistogramPart first =
        node.ledger.histograms.entrySet().stream()
            .filter(e -> e.getKey().contains("window=" + T0 + ","))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
    assertThat(first.counts()).containsExactly(20, 10, 0);
    assertThat(first.measure()).isEqualTo("ttft");
  }
}
