package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.catalogue.HistogramBounds;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.NodeSample;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Records that earlier agents wrote. The file is one of 2026-11-21, when bounds were written out in
 * every record: eight boards and a vLLM with six latencies.
 */
class EarlierRecordTest {
  private static final String FILE = "node_sample_2026-11-21.binpb";

  @Test
  void recordOfTheFirstAgentsIsReadWhole() throws IOException {
    NodeSample sample = earlier();
    assertThat(sample.getGpus().getColumnsCount()).isEqualTo(15);
    EngineSeries series = sample.getEngines(0).getSeries(0);
    assertThat(series.getHistogramsList())
        .hasSize(6)
        .allMatch(histogram -> histogram.getBoundsId() == 0 && histogram.getBoundsNsCount() > 18)
        .allMatch(histogram -> HistogramBounds.of(histogram).orElseThrow().id() > 0);
  }

  /** An agent that is upgraded while its engine runs on. */
  @Test
  void growthGoesOnWhereAnAgentBeginsToNameTheBounds() throws IOException {
    NodeSample sample = earlier();
    Ledger rows = new Ledger();
    NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, rows);
    long ms = sample.getObservedAtMs();
    meter.accept(sample, ms);
    meter.accept(named(sample), ms + 1_000);
    meter.advance(ms + 1_000_000);

    assertThat(rows.histograms.values())
        .hasSize(6)
        .allSatisfy(part -> assertThat(Arrays.stream(part.counts()).sum()).isEqualTo(1));
  }

  @Test
  void latencyOfBoundsThatOnlyANewerAgentKnowsIsNamedAndTheRestIsMetered() throws IOException {
    NodeSample.Builder newer = named(earlier()).toBuilder();
    series(newer).getHistogramsBuilder(0).setBoundsId(60_000);
    SampleCheck.Result result = SampleCheck.decode("n1", newer.build().toByteArray());
    assertThat(result.sample()).contains(newer.build());
    assertThat(result.reason()).isEqualTo("unknown_bounds");
    assertThat(result.detail())
        .isEqualTo(
            "engine 'vllm': bounds_id 60000 of LATENCY_TTFT; these jobs are older than the agent");

    Ledger rows = new Ledger();
    NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, rows);
    meter.accept(earlier(), newer.getObservedAtMs() - 1_000);
    meter.accept(newer.build(), newer.getObservedAtMs());
    meter.advance(newer.getObservedAtMs() + 1_000_000);
    assertThat(rows.histograms.values())
        .hasSize(5)
        .noneMatch(part -> part.measure().equals("ttft"));
  }

  /** A second later, one more observation in the first bucket of each latency. */
  private static NodeSample named(NodeSample earlier) {
    NodeSample.Builder next = earlier.toBuilder();
    next.setSeq(earlier.getSeq() + 1).setObservedAtMs(earlier.getObservedAtMs() + 1_000);
    for (Histogram.Builder histogram : series(next).getHistogramsBuilderList()) {
      HistogramBounds.of(histogram.build()).orElseThrow().writeTo(histogram);
      histogram.setCounts(0, histogram.getCounts(0) + 1);
    }
    return next.build();
  }

  private static EngineSeries.Builder series(NodeSample.Builder sample) {
    Engine.Builder engine = sample.getEnginesBuilder(0);
    return engine.getSeriesBuilder(0);
  }

  private static NodeSample earlier() throws IOException {
    try (InputStream in = EarlierRecordTest.class.getResourceAsStream(FILE)) {
      SampleCheck.Result read = SampleCheck.decode("n1", in.readAllBytes());
      assertThat(read.reason()).isEmpty();
      return read.sample().orElseThrow();
    }
  }
}
