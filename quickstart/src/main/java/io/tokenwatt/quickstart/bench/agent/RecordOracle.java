package io.tokenwatt.quickstart.bench.agent;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.quickstart.bench.page.BoardPage;
import io.tokenwatt.quickstart.bench.page.EnginePage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads all that was published and holds it against what the exporters wrote: no tick missing, each
 * engine's numbers of one and the same page, each latency whole.
 */
final class RecordOracle {
  private final Setup setup;
  private final Map<String, Long> lastSeq = new HashMap<>();
  private long records;

  private RecordOracle(Setup setup) {
    this.setup = setup;
  }

  /**
   * How many records there are.
   *
   * @throws IllegalStateException naming the first record that is wrong
   */
  static long check(Setup setup, String bootstrap) {
    RecordOracle oracle = new RecordOracle(setup);
    Map<String, Object> properties = Map.of("bootstrap.servers", bootstrap);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.NODE_SAMPLES, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        ConsumerRecords<String, byte[]> some = consumer.poll(Duration.ofSeconds(1));
        some.forEach(oracle::record);
      }
    }
    return oracle.records;
  }

  private void record(ConsumerRecord<String, byte[]> record) {
    NodeSample sample;
    try {
      sample = NodeSample.parseFrom(record.value());
    } catch (InvalidProtocolBufferException e) {
      throw wrong(record, e.toString());
    }
    long expected = lastSeq.getOrDefault(record.key(), 0L) + 1;
    lastSeq.put(record.key(), sample.getSeq());
    if (sample.getSeq() != expected) {
      throw wrong(record, "seq " + sample.getSeq() + ", expected " + expected);
    }
    int engines = sample.getEnginesCount();
    int boards = sample.getGpus().getUuids().size() / 16;
    int answers = engines + (boards > 0 ? 1 : 0);
    if (answers + sample.getFailuresCount() != setup.targets() / setup.nodes()) {
      throw wrong(record, answers + " answers and " + sample.getFailuresCount() + " failures");
    }
    sample.getEnginesList().forEach(engine -> engine(record, engine));
    if (boards > 0) {
      boards(record, sample.getGpus().getColumnsList());
    }
    records++;
  }

  private static void engine(ConsumerRecord<?, ?> record, Engine engine) {
    EngineSeries series = engine.getSeries(0);
    long output = value(series, EngineMetric.ENGINE_OUTPUT_TOKENS);
    long tick =
        (output - EnginePage.outputTokens(0))
            / (EnginePage.outputTokens(1) - EnginePage.outputTokens(0));
    boolean right =
        EnginePage.outputTokens(tick) == output
            && EnginePage.promptTokens(tick) == value(series, EngineMetric.ENGINE_PROMPT_TOKENS)
            && series.getHistogramsCount() == 6;
    for (Histogram histogram : series.getHistogramsList()) {
      long all = histogram.getCountsList().stream().mapToLong(Long::longValue).sum();
      right &= all == EnginePage.observations(tick);
      right &= histogram.getSumUs() == EnginePage.observations(tick) / 4 * 1_000_000 + 250_000;
    }
    if (!right) {
      throw wrong(record, "engine " + engine.getInstance() + " is of no page: " + engine);
    }
  }

  private static long value(EngineSeries series, EngineMetric metric) {
    int at = series.getMetricsList().indexOf(metric);
    return at < 0 ? -1 : series.getValues(at);
  }

  private static void boards(ConsumerRecord<?, ?> record, List<GpuColumn> columns) {
    for (GpuColumn column : columns) {
      if (column.getMetric() == GpuMetric.GPU_ENERGY_MILLIJOULES) {
        long first = BoardPage.energyMillijoules(0, 0);
        long step = BoardPage.energyMillijoules(1, 0) - first;
        long tick = (column.getValues(0) - first) / step;
        for (int board = 0; board < BoardPage.BOARDS; board++) {
          if (column.getValues(board) != BoardPage.energyMillijoules(tick, board)) {
            throw wrong(record, "energy of board " + board + " is of no page: " + column);
          }
        }
        return;
      }
    }
    throw wrong(record, "no energy");
  }

  private static IllegalStateException wrong(ConsumerRecord<?, ?> record, String what) {
    return new IllegalStateException(
        "WRONG RESULT in record " + record.offset() + " of " + record.key() + ": " + what);
  }
}
