package io.tokenwatt.collectors.publish;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.model.proto.NodeSample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes to Kafka, idempotent and with all replicas' acknowledgement, key = the node's id. Each
 * node's records arrive once and in order. A broker that is away costs nothing while what is
 * waiting fits into 32 MiB here and 32 MiB in the producer and is not older than 14 minutes; what
 * does not is counted with its reason.
 */
public final class KafkaPublisher implements SampleSink {
  private static final int MAX_WAITING_BYTES = 32 << 20;
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final BlockingQueue<ProducerRecord<byte[], byte[]>> waiting = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MAX_WAITING_BYTES);
  private final KafkaSpec kafka;
  private final PublishTally tally;
  private final Producer<byte[], byte[]> producer;
  private final Thread sender;
  private volatile boolean closing;

  /**
   * Starts at once; brokers that cannot be reached yet are waited for.
   *
   * @throws KafkaException if the properties are wrong
   */
  public KafkaPublisher(KafkaSpec kafka, Counters counters, Health health) {
    this.kafka = kafka;
    this.tally = new PublishTally(counters, health);
    this.producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
    this.sender = new Thread(this::send, "publish");
    sender.setDaemon(true);
    sender.start();
  }

  @Override
  public void publish(NodeSample sample) {
    tally.accepted();
    byte[] value = sample.toByteArray();
    byte[] key = sample.getNode().getNode().getBytes(StandardCharsets.UTF_8);
    if (closing) {
      tally.failed("closed", "the agent is stopping");
    } else if (!room.tryAcquire(value.length)) {
      tally.failed("queue_full", MAX_WAITING_BYTES + " bytes are waiting");
    } else {
      waiting.add(new ProducerRecord<>(kafka.topic(), key, value));
    }
  }

  // Its own thread, because send() may block and a tick must not.
  private void send() {
    try {
      while (!closing || !waiting.isEmpty()) {
        ProducerRecord<byte[], byte[]> record = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (record != null) {
          send(record);
          room.release(record.value().length);
        }
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  // While the topic is not known, at the start and after an outage that made the producer forget
  // it,
  // send() would give each record up after max.block.ms.
  private boolean awaitTopic() {
    while (true) {
      try {
        producer.partitionsFor(kafka.topic());
        return true;
      } catch (InterruptException e) {
        throw e;
      } catch (KafkaException e) {
        tally.down(
            "no broker at %s tells of topic %s (unreachable, or the topic is not there): %s"
                .formatted(kafka.bootstrap(), kafka.topic(), e.getMessage()));
        if (closing) {
          return false;
        }
      }
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    int bytes = record.value().length;
    try {
      if (!awaitTopic()) {
        tally.failed("closed", "not sent before the end");
        return;
      }
      // Its end is told to the callback.
      Future<RecordMetadata> unused =
          producer.send(record, (metadata, error) -> acknowledged(bytes, error));
    } catch (InterruptException e) {
      tally.failed("closed", "not sent before the end");
      throw e;
    } catch (KafkaException | IllegalStateException e) {
      tally.failed(reason(e), String.valueOf(e.getMessage()));
    }
  }

  private void acknowledged(int bytes, Exception error) {
    if (error == null) {
      tally.delivered(1, bytes);
    } else {
      tally.failed(reason(error), String.valueOf(error.getMessage()));
    }
  }

  // TimeoutException → timeout, RecordTooLargeException → record_too_large.
  private static String reason(Exception e) {
    String name = e.getClass().getSimpleName().replaceAll("Exception$", "");
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    closing = true;
    long deadline = System.nanoTime() + DRAIN.toNanos();
    try {
      sender.join(DRAIN.toMillis());
      if (sender.isAlive()) {
        sender.interrupt();
        sender.join(500);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    waiting.forEach(record -> tally.failed("closed", "not sent before the end"));
    waiting.clear();
  }
}
