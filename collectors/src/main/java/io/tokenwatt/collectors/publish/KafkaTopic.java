package io.tokenwatt.collectors.publish;

import io.tokenwatt.config.tls.KafkaFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic of records and the producer that writes it. For the sender's thread; {@link #close} may
 * be called by another.
 */
final class KafkaTopic {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final KafkaSpec kafka;
  private final PublishTally tally;
  private Producer<byte[], byte[]> producer;
  private long pausedFrom = System.nanoTime() - PAUSE_NANOS;
  private boolean closed;

  /**
   * @throws KafkaException if the properties are wrong
   */
  KafkaTopic(KafkaSpec kafka, PublishTally tally) {
    this.kafka = kafka;
    this.tally = tally;
    this.producer = open();
  }

  private Producer<byte[], byte[]> open() {
    Map<String, Object> properties = kafka.producerProperties();
    // Who waits here does not bring records to disk meanwhile.
    if (!kafka.properties().containsKey("max.block.ms")) {
      properties.put("max.block.ms", "1000");
    }
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  Producer<byte[], byte[]> producer() {
    return producer;
  }

  ProducerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
    return new ProducerRecord<>(kafka.topic(), key, value);
  }

  /**
   * Whether a record can be sent now. While the topic is not known, at the start and after an
   * outage that made the producer forget it, send() would give each record up. Waits for at most
   * {@code max.block.ms}, and asks at most once a second after it was told no.
   */
  boolean isKnown() {
    if (System.nanoTime() - pausedFrom < PAUSE_NANOS) {
      return false;
    }
    try {
      producer.partitionsFor(kafka.topic());
      return true;
    } catch (KafkaException e) {
      pausedFrom = System.nanoTime();
      tally.down(
          KafkaFailure.security(e)
              .map(why -> "at %s: %s".formatted(kafka.bootstrap(), why))
              .orElseGet(
                  () ->
                      "no broker at %s tells of topic %s (unreachable, TLS on one side only, or the topic is not there): %s"
                          .formatted(kafka.bootstrap(), kafka.topic(), e.getMessage())));
      return false;
    }
  }

  /** A new producer, in a second; ends everything under way. */
  void reopen() {
    producer.close(Duration.ZERO);
    synchronized (this) {
      if (!closed) {
        producer = open();
      }
    }
    pausedFrom = System.nanoTime();
  }

  synchronized void close() {
    closed = true;
    producer.close(Duration.ZERO);
  }
}
