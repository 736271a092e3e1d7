package io.tokenwatt.jobs.efficiency;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.Topics;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A real Kafka and a real ClickHouse, started once for all tests of this JVM and ended with it:
 * embedded ones, or a broker that a suite brings.
 */
public final class Engines {
  private static Engines shared;

  public final Broker kafka;
  public final EmbeddedClickHouse clickHouse;

  private Engines(Broker kafka, EmbeddedClickHouse clickHouse) {
    this.kafka = kafka;
    this.clickHouse = clickHouse;
    topic(Topics.REJECTS, 1, Map.of());
    topic(Topics.EFFICIENCY, 1, Map.of());
    topic(Topics.REGRESSIONS, 1, Map.of());
    topic(Topics.EVENTS, 1, Map.of("message.timestamp.type", "LogAppendTime"));
  }

  public static synchronized Engines shared() {
    if (shared == null) {
      EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
      EmbeddedClickHouse clickHouse = EmbeddedClickHouse.start(ClickHouseOptions.throwaway());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    kafka.close();
                    clickHouse.close();
                  }));
      shared = new Engines(Broker.of(kafka), clickHouse);
    }
    return shared;
  }

  /** What {@code tests} ask of Kafka they ask of that one; for one thread. */
  static synchronized void with(Broker other, Runnable tests) {
    Engines before = shared();
    shared = new Engines(other, before.clickHouse);
    try {
      tests.run();
    } finally {
      shared = before;
    }
  }

  public void topic(String name, int partitions, Map<String, String> config) {
    kafka.createTopic(name, partitions, config);
  }

  /** A database of its own with all tables. */
  public StoreConfig database(String name) {
    StoreConfig config = new StoreConfig(clickHouse.httpUrl(), "default", "", name);
    Schema.apply(config);
    return config;
  }

  /** Appends records with the given keys, times and values, in order. */
  public void append(String topic, List<RawRecord> records) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("acks", "all");
    // While a new topic's partition comes up, a second batch may overtake a refused first one for
    // good.
    properties.put("max.in.flight.requests.per.connection", "1");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (RawRecord r : records) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    topic,
                    r.partition() < 0 ? null : r.partition(),
                    r.timestampMs(),
                    r.key().getBytes(StandardCharsets.UTF_8),
                    r.value())));
      }
      for (Future<RecordMetadata> future : sent) {
        future.get(30, TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      throw new IllegalStateException("cannot append to " + topic, e);
    }
  }

  /** All that a topic holds now, partition by partition. */
  public List<RawRecord> records(String topic) {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<RawRecord> records = new ArrayList<>();
      Collector<RawRecord> out = new ListCollector<>(records);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> new RawRecordSchema().deserialize(record, out));
      }
      return records;
    }
  }

  /** Runs a statement that answers nothing. */
  public void command(StoreConfig database, String sql) {
    try (Store store = new Store(database)) {
      store.command(sql);
    }
  }

  /** Cancels a job and waits for its end: until then it writes into its checkpoint folder. */
  public static void stop(JobClient job) throws Exception {
    job.cancel().get(60, TimeUnit.SECONDS);
    job.getJobExecutionResult().handle((result, cancelled) -> result).get(60, TimeUnit.SECONDS);
  }

  /** A query's rows, each as one line of text. */
  public List<String> rows(StoreConfig database, String sql) {
    try (Store store = new Store(database)) {
      return store.rows(sql).stream().map(GenericRecord::getValues).map(Object::toString).toList();
    }
  }

  public long number(StoreConfig database, String sql) {
    try (Store store = new Store(database)) {
      return store.rows(sql).get(0).getLong(1);
    }
  }
}
