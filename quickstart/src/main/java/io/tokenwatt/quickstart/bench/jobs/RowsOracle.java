package io.tokenwatt.quickstart.bench.jobs;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.Window;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Holds the tables against {@link Expected} and the topic. */
final class RowsOracle implements AutoCloseable {
  private final Store store;
  private final String bootstrap;

  RowsOracle(StoreConfig config, String bootstrap) {
    this.store = new Store(config);
    this.bootstrap = bootstrap;
  }

  /**
   * Compares all windows that end by {@code untilMs}.
   *
   * @return what differs first; empty = nothing
   */
  String difference(Growth growth, long lastTick, long untilMs) {
    Map<Long, long[][]> windows = Expected.cells(growth, lastTick, untilMs);
    if (windows.isEmpty()) {
      return "no window was over, so nothing could be compared";
    }
    for (Map.Entry<Long, long[][]> window : windows.entrySet()) {
      String difference = cells(window.getKey(), window.getValue());
      difference = difference.isEmpty() ? boards(window.getKey(), window.getValue()) : difference;
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    return intake(untilMs);
  }

  private String cells(long start, long[][] expected) {
    Map<String, long[]> found = new HashMap<>();
    String sums =
        Expected.COLUMNS.stream().map(c -> "sum(" + c + ")").collect(Collectors.joining(", "));
    for (GenericRecord row :
        store.rows(
            "SELECT workload, %s FROM %s.efficiency_10s FINAL WHERE window_start = toDateTime(%d) GROUP BY workload"
                .formatted(sums, store.config().database(), start / 1000))) {
      found.put(
          row.getString(1),
          IntStream.range(0, Expected.COLUMNS.size()).mapToLong(i -> row.getLong(i + 2)).toArray());
    }
    for (int cell = 0; cell < expected.length; cell++) {
      long[] there = found.remove(LoadPlan.workload(cell));
      boolean absent = Arrays.stream(expected[cell]).allMatch(amount -> amount == 0);
      if (!Arrays.equals(there, expected[cell]) && !(there == null && absent)) {
        return "efficiency_10s, window %d, %s: %s is %s, expected %s"
            .formatted(
                start,
                LoadPlan.workload(cell),
                Expected.COLUMNS,
                Arrays.toString(there),
                Arrays.toString(expected[cell]));
      }
    }
    return found.isEmpty() ? "" : "efficiency_10s, window " + start + ": unknown " + found.keySet();
  }

  private String boards(long start, long[][] expected) {
    long energy = Arrays.stream(expected).mapToLong(cell -> cell[0]).sum();
    long found =
        number(
            "SELECT sum(energy_mj) FROM %s.gpu_10s FINAL WHERE window_start = toDateTime(%d)"
                .formatted(store.config().database(), start / 1000));
    return found == energy
        ? ""
        : "gpu_10s, window %d: energy_mj is %d, expected %d".formatted(start, found, energy);
  }

  /** Records are counted in the window of the broker's time. */
  private String intake(long untilMs) {
    long edge = untilMs - Math.floorMod(untilMs, Window.SIZE_MS);
    long counted =
        number(
            "SELECT sum(records) FROM %s.intake_10s FINAL WHERE outcome = 'counted' AND window_start < toDateTime(%d)"
                .formatted(store.config().database(), edge / 1000));
    long other =
        number(
            "SELECT sum(records) FROM %s.intake_10s FINAL WHERE outcome != 'counted'"
                .formatted(store.config().database()));
    long published = publishedBefore(edge);
    return counted == published && other == 0
        ? ""
        : "intake_10s: of %d records %d were counted, %d were something else"
            .formatted(published, counted, other);
  }

  private long publishedBefore(long timeMs) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.NODE_SAMPLES).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      Map<TopicPartition, Long> times =
          partitions.stream().collect(Collectors.toMap(p -> p, p -> timeMs));
      Map<TopicPartition, OffsetAndTimestamp> first = consumer.offsetsForTimes(times);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      return partitions.stream()
          .mapToLong(p -> first.get(p) == null ? ends.get(p) : first.get(p).offset())
          .sum();
    }
  }

  private long number(String sql) {
    return store.rows(sql).get(0).getLong(1);
  }

  @Override
  public void close() {
    store.close();
  }
}
