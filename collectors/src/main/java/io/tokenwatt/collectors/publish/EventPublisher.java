package io.tokenwatt.collectors.publish;

import io.tokenwatt.model.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes events and tells whether all in-sync replicas have them, within 12 s. What it fails to
 * publish may yet be in Kafka; events are counted once by their key. Thread-safe.
 */
public final class EventPublisher implements AutoCloseable {
  /** One event and the key that its partition is chosen by. */
  public record Keyed(String key, byte[] value) {}

  /** Short: whoever sent the events waits, and sends them again if need be. */
  private static final Map<String, Object> TIMEOUTS =
      Map.of(
          "client.id", "tokenwatt-requests",
          "linger.ms", "5",
          "buffer.memory", String.valueOf(16 << 20),
          "max.block.ms", "3000",
          "request.timeout.ms", "4000",
          "delivery.timeout.ms", "8000");

  private static final long BLOCKED_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private volatile long rejectsFromNanos = System.nanoTime();

  /**
   * @throws KafkaException if the properties are wrong
   */
  public EventPublisher(KafkaSpec kafka, String topic) {
    this.topic = topic;
    Map<String, Object> properties = kafka.producerProperties();
    properties.putAll(TIMEOUTS);
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * @return "" when all replicas have all of them, else a short reason
   */
  public String publish(List<Keyed> events) {
    return publish(topic, events);
  }

  /** The same for another topic. */
  public String publish(String topic, List<Keyed> events) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
    try {
      for (Keyed event : events) {
        sent.add(producer.send(new ProducerRecord<>(topic, bytes(event.key), event.value)));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
      return "";
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } catch (ExecutionException e) {
      return e.getCause().getClass().getSimpleName();
    } catch (KafkaException | IllegalStateException e) {
      return e.getClass().getSimpleName();
    }
  }

  /**
   * Leaves a trace of an event that was not taken: reason, field and size, no value. A best effort:
   * where it blocks, because the topic is not there, it is left for a minute.
   */
  public void reject(String reason, String field, int bytes) {
    reject(topic, reason, field, bytes);
  }

  /** The same for an event of another topic. */
  public void reject(String topic, String reason, String field, int bytes) {
    long start = System.nanoTime();
    if (start - rejectsFromNanos < 0) {
      return;
    }
    try {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  Topics.REJECTS,
                  (Integer) null,
                  new byte[0],
                  new byte[0],
                  List.of(
                      new RecordHeader("reason", bytes(reason)),
                      new RecordHeader("detail", bytes(field)),
                      new RecordHeader("topic", bytes(topic)),
                      new RecordHeader("bytes", bytes(Integer.toString(bytes))))));
    } catch (KafkaException | IllegalStateException e) {
      // It is counted; its trace alone is lost.
    }
    if (System.nanoTime() - start > BLOCKED_NANOS) {
      rejectsFromNanos = System.nanoTime() + PAUSE_NANOS;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(3));
  }
}
