package io.tokenwatt.collectors.backfill;

import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.model.proto.NodeSample;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic of one backfill: record time = sample time (CreateTime), nothing ages out, because
 * everything in it is old. Unlike an agent it waits for the broker and fails where a record cannot
 * be delivered: the history is still there for another try. Not thread-safe.
 */
final class BackfillTopic implements AutoCloseable {
  private static final int PARTITIONS = 4;

  private final String name;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /** Creates the topic unless it is there. */
  BackfillTopic(KafkaSpec kafka) {
    this.name = kafka.topic();
    Map<String, Object> properties = new HashMap<>(kafka.producerProperties());
    properties.put("client.id", "tokenwatt-backfill");
    properties.put("linger.ms", "100");
    Map<String, Object> administrative = new HashMap<>(kafka.properties());
    administrative.put("bootstrap.servers", kafka.bootstrap());
    this.admin = Admin.create(administrative);
    create();
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void create() {
    Map<String, String> config =
        Map.of(
            "message.timestamp.type", "CreateTime", "retention.ms", "-1", "retention.bytes", "-1");
    try {
      admin
          .createTopics(
              java.util.List.of(new NewTopic(name, PARTITIONS, (short) -1).configs(config)))
          .all()
          .get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("cannot create topic " + name + ": " + e.getCause(), e);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Time of the newest record in it; empty where it has none. */
  OptionalLong newestMs() {
    try {
      int partitions =
          admin
              .describeTopics(java.util.List.of(name))
              .allTopicNames()
              .get()
              .get(name)
              .partitions()
              .size();
      Map<TopicPartition, OffsetSpec> all =
          IntStream.range(0, partitions)
              .boxed()
              .collect(
                  Collectors.toMap(
                      p -> new TopicPartition(name, p), p -> OffsetSpec.maxTimestamp()));
      return admin.listOffsets(all).all().get().values().stream()
          .mapToLong(ListOffsetsResultInfo::timestamp)
          .filter(ms -> ms >= 0)
          .max();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot look into topic " + name + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  void publish(NodeSample sample) {
    check();
    byte[] key = sample.getNode().getNode().getBytes(StandardCharsets.UTF_8);
    long atMs = sample.getObservedAtMs();
    // Its end is told to the callback.
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(name, null, atMs, key, sample.toByteArray()),
            (metadata, error) -> {
              if (error != null) {
                failure.compareAndSet(null, error);
              }
            });
  }

  /** Returns when all that was published is on the broker's replicas. */
  void flush() {
    producer.flush();
    check();
  }

  private void check() {
    Exception error = failure.get();
    if (error != null) {
      throw new IllegalStateException(
          "a record cannot be delivered to " + name + ": " + error, error);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
