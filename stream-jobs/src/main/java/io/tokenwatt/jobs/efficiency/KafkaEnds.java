package io.tokenwatt.jobs.efficiency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.fact.CellRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The job's ends in Kafka. What it writes there is written at least once: after a failure, what
 * came since the last checkpoint is written again.
 */
public final class KafkaEnds {
  private KafkaEnds() {}

  /**
   * Reads node samples from where the group stands, from the log's begin at first; checkpoints
   * overrule both.
   */
  public static KafkaSource<RawRecord> nodeSamples(
      String bootstrap, String topic, String group, Properties properties) {
    return KafkaSource.<RawRecord>builder()
        .setBootstrapServers(bootstrap)
        .setTopics(topic)
        .setGroupId(group)
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new RawRecordSchema())
        .setProperties(properties)
        .build();
  }

  /**
   * As {@link #nodeSamples} for a topic that need not be there: it is looked for once a minute, and
   * read from its begin.
   */
  public static KafkaSource<RawRecord> perhaps(
      String bootstrap, String topic, String group, Properties properties) {
    return KafkaSource.<RawRecord>builder()
        .setBootstrapServers(bootstrap)
        .setTopicPattern(Pattern.compile(Pattern.quote(topic)))
        .setGroupId(group)
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .setDeserializer(new RawRecordSchema())
        .setProperty("partition.discovery.interval.ms", "60000")
        .setProperties(properties)
        .build();
  }

  /** All that is in a topic now, once. */
  static KafkaSource<RawRecord> wholeTopic(String bootstrap, String topic, Properties properties) {
    return KafkaSource.<RawRecord>builder()
        .setBootstrapServers(bootstrap)
        .setTopics(topic)
        .setGroupId(topic)
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setBounded(OffsetsInitializer.latest())
        .setDeserializer(new RawRecordSchema())
        .setProperties(properties)
        .build();
  }

  /** A rejected record goes on as it came, its reason and origin in headers. */
  public static Sink<RejectedRecord> rejects(String bootstrap, Properties properties) {
    return sink(bootstrap, properties, (r, context, timestamp) -> keptAside(r));
  }

  /** What {@code rejects list} and {@code rejects replay} read. */
  public static ProducerRecord<byte[], byte[]> keptAside(RejectedRecord r) {
    return new ProducerRecord<>(
        Topics.REJECTS,
        null,
        bytes(r.record().key()),
        r.record().value(),
        List.of(
            new RecordHeader("reason", bytes(r.reason())),
            new RecordHeader("detail", bytes(r.detail())),
            new RecordHeader("topic", bytes(r.record().topic())),
            new RecordHeader(
                "position", bytes(r.record().partition() + ":" + r.record().offset()))));
  }

  /**
   * Closed windows for whoever subscribes: key = cell id, value = JSON with the additive amounts
   * and the ratios of this window.
   */
  public static Sink<CellRow> efficiency(String bootstrap, Properties properties) {
    return sink(
        bootstrap,
        properties,
        (row, context, timestamp) ->
            new ProducerRecord<>(
                Topics.EFFICIENCY,
                null,
                row.windowStartMs(),
                bytes(Long.toUnsignedString(row.cell().id())),
                json(row)));
  }

  private static <T> Sink<T> sink(
      String bootstrap, Properties properties, KafkaRecordSerializationSchema<T> schema) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(bootstrap)
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(schema)
        .build();
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  static byte[] json(CellRow row) {
    ObjectNode node = JSON.createObjectNode();
    node.put("window_start_ms", row.windowStartMs());
    node.put("version", row.version());
    List<String> values = row.cell().values();
    for (int i = 0; i < values.size(); i++) {
      node.put(Cell.COLUMNS.get(i), values.get(i));
    }
    for (CellMeasure measure : CellMeasure.values()) {
      node.put(measure.column(), row.amounts()[measure.ordinal()]);
    }
    long mj = row.amounts()[CellMeasure.GPU_MJ_METERED.ordinal()];
    long tokens = row.amounts()[CellMeasure.OUTPUT_TOKENS_METERED.ordinal()];
    if (mj > 0 && row.sourcePeriodMs() <= io.tokenwatt.model.Window.SIZE_MS) {
      node.put("output_tokens_per_joule", tokens * 1000.0 / mj);
    } else {
      node.putNull("output_tokens_per_joule");
    }
    long output = row.amounts()[CellMeasure.OUTPUT_TOKENS.ordinal()];
    if (row.microusdLive() >= 0 && output > 0) {
      node.put("usd_per_mtok_output_live", (double) row.microusdLive() / output);
    } else {
      node.putNull("usd_per_mtok_output_live");
    }
    node.put("quality", row.quality());
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and strings can be written", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
