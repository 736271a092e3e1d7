package io.tokenwatt.quickstart.bench.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.catalogue.HistogramBounds;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.NodeSample;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadRecordTest {
  private static final long TICK = 1_700_000_000;

  private final Scratch scratch = new Scratch();

  @Test
  void bytesAreThoseOfProtobufsOwnWriter() throws IOException {
    byte[] bytes = record(3, 2);
    assertThat(NodeSample.parseFrom(bytes).toByteArray()).isEqualTo(bytes);
  }

  @Test
  void countersMoveByWhatThePlanSaysOfTheTick() throws IOException {
    NodeSample one = NodeSample.parseFrom(record(17, 1));
    NodeSample two = NodeSample.parseFrom(record(17, 2));
    assertThat(two.getSeq() - one.getSeq()).isEqualTo(1);
    assertThat(two.getObservedAtMs() - one.getObservedAtMs()).isEqualTo(1_000);
    for (int board = 0; board < LoadPlan.BOARDS; board++) {
      assertThat(energy(two).get(board) - energy(one).get(board))
          .isEqualTo(1_000L * LoadPlan.watts(17, board, TICK + 2));
    }
    assertThat(
            scalar(two, EngineMetric.ENGINE_OUTPUT_TOKENS)
                - scalar(one, EngineMetric.ENGINE_OUTPUT_TOKENS))
        .isEqualTo(LoadPlan.outputTokens(17, TICK + 2));
  }

  @Test
  void recordCarriesAsManyValuesAsIsSaidAndEachHistogramIsWhole() throws IOException {
    NodeSample sample = NodeSample.parseFrom(record(0, 1));
    EngineSeries series = sample.getEngines(0).getSeries(0);
    int values = series.getValuesCount();
    for (GpuColumn column : sample.getGpus().getColumnsList()) {
      values += column.getValuesCount();
    }
    for (Histogram histogram : series.getHistogramsList()) {
      assertThat(histogram.getCountsCount())
          .isEqualTo(HistogramBounds.of(histogram).orElseThrow().nanos().length + 1);
      values += histogram.getCountsCount() + 1;
    }
    assertThat(values)
        .isEqualTo(LoadRecord.VALUES)
        .isGreaterThanOrEqualTo(LoadPlan.SAMPLES_PER_RECORD);
    assertThat(series.getMetricsCount()).isEqualTo(series.getValuesCount());
  }

  /** After so many ticks of a node. */
  private byte[] record(int number, int ticks) throws IOException {
    LoadNode node = new LoadNode(number);
    for (long tick = TICK + 1; tick <= TICK + ticks; tick++) {
      node.advance(tick);
    }
    long now = TICK + ticks;
    return new LoadRecord(node, 1_699_999_000_000L).bytes(now, now * 1_000, scratch);
  }

  private static List<Long> energy(NodeSample sample) {
    return sample.getGpus().getColumnsList().stream()
        .filter(column -> column.getMetric() == GpuMetric.GPU_ENERGY_MILLIJOULES)
        .findFirst()
        .orElseThrow()
        .getValuesList();
  }

  private static long scalar(NodeSample sample, EngineMetric metric) {
    EngineSeries series = sample.getEngines(0).getSeries(0);
    return series.getValues(series.getMetricsList().indexOf(metric));
  }
}
