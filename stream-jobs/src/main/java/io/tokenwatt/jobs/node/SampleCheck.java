package io.tokenwatt.jobs.node;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.model.catalogue.HistogramBounds;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.NodeSample;
import java.util.Optional;

/** Decodes a record and checks that it does not contradict itself. Never throws. */
public final class SampleCheck {
  private static final int MAX_BYTES = 16 << 20;

  private SampleCheck() {}

  /**
   * A sample, or why there is none; or a sample and which part of it this version cannot read.
   *
   * @param reason short and stable; "" = all of it is read
   * @param detail for people
   */
  public record Result(Optional<NodeSample> sample, String reason, String detail) {
    static Result bad(String reason, String detail) {
      return new Result(Optional.empty(), reason, detail);
    }
  }

  /**
   * @param key the Kafka record's key, which must be the node id
   */
  public static Result decode(String key, byte[] value) {
    if (value.length == 0) {
      return Result.bad("empty", "record without a value");
    }
    if (value.length > MAX_BYTES) {
      return Result.bad("too_large", value.length + " bytes; at most " + MAX_BYTES);
    }
    NodeSample sample;
    try {
      sample = NodeSample.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      return Result.bad("not_protobuf", String.valueOf(e.getMessage()));
    }
    if (sample.getNode().getNode().isEmpty() || !sample.getNode().getNode().equals(key)) {
      return Result.bad(
          "wrong_key", "key '" + key + "', node '" + sample.getNode().getNode() + "'");
    }
    if (sample.getAgentRun() <= 0 || sample.getSeq() <= 0 || sample.getTickMs() <= 0) {
      return Result.bad(
          "no_order",
          "agent_run %d, seq %d, tick_ms %d must be positive"
              .formatted(sample.getAgentRun(), sample.getSeq(), sample.getTickMs()));
    }
    return contents(sample);
  }

  /** Whether its agent knows of its clock what the record's time alone does not show. */
  static boolean doubtsClock(NodeSample sample) {
    return sample.getClockJumpMs() != 0 || sample.getClockSkewMs() != 0;
  }

  private static Result contents(NodeSample sample) {
    int bytes = sample.getGpus().getUuids().size();
    if (bytes % 16 != 0) {
      return Result.bad("bad_gpu_table", "uuids has " + bytes + " bytes, not 16 per row");
    }
    int rows = bytes / 16;
    for (GpuColumn column : sample.getGpus().getColumnsList()) {
      int present = column.getPresence().isEmpty() ? rows : bits(column, rows);
      if (present != column.getValuesCount()) {
        return Result.bad(
            "bad_gpu_table",
            "column %s has %d values for %d rows"
                .formatted(column.getMetric(), column.getValuesCount(), present));
      }
    }
    for (Binding binding : sample.getBindingsList()) {
      if (binding.getGpuRowsList().stream().anyMatch(r -> r < 0 || r >= rows)
          || binding.getEnginesList().stream()
              .anyMatch(e -> e < 0 || e >= sample.getEnginesCount())) {
        return Result.bad(
            "bad_binding", "binding '" + binding.getWorkload() + "' points outside the record");
      }
    }
    return engines(sample);
  }

  private static Result engines(NodeSample sample) {
    String unknown = "";
    for (int i = 0; i < sample.getEnginesCount(); i++) {
      String instance = sample.getEngines(i).getInstance();
      for (EngineSeries series : sample.getEngines(i).getSeriesList()) {
        if (series.getMetricsCount() != series.getValuesCount()
            || series.getValuesList().stream().anyMatch(v -> v < 0)) {
          return Result.bad("bad_series", "engine '" + instance + "': values do not fit metrics");
        }
        for (Histogram histogram : series.getHistogramsList()) {
          Optional<HistogramBounds> bounds = HistogramBounds.of(histogram);
          if (bounds.isEmpty()) {
            unknown =
                "engine '%s': bounds_id %d of %s; these jobs are older than the agent"
                    .formatted(instance, histogram.getBoundsId(), histogram.getMeasure());
          } else if (!isWhole(histogram, bounds.get().nanos())) {
            return Result.bad(
                "bad_histogram", "engine '" + instance + "': " + histogram.getMeasure());
          }
        }
      }
    }
    return new Result(Optional.of(sample), unknown.isEmpty() ? "" : "unknown_bounds", unknown);
  }

  private static boolean isWhole(Histogram histogram, long[] bounds) {
    if (histogram.getCountsCount() != bounds.length + 1
        || histogram.getCountsList().stream().anyMatch(n -> n < 0)) {
      return false;
    }
    for (int i = 1; i < bounds.length; i++) {
      if (bounds[i] <= bounds[i - 1]) {
        return false;
      }
    }
    return true;
  }

  private static int bits(GpuColumn column, int rows) {
    int bits = 0;
    for (int row = 0; row < Math.min(rows, column.getPresence().size() * 8); row++) {
      bits += column.getPresence().byteAt(row >> 3) >> (row & 7) & 1;
    }
    return bits;
  }
}
