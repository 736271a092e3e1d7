package io.tokenwatt.jobs.recordtime;

import io.tokenwatt.config.tls.KafkaFailure;
import io.tokenwatt.model.Heartbeat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a {@link Heartbeat} to every partition of some topics, again and again, in a thread of its
 * own: whoever starts it waits for nothing and sees no failure. Each is written at most once and
 * none is kept for later; a partition that was added has its first within {@link
 * TopicPartitions#LOOK_EVERY}. Thread-safe.
 */
final class HeartbeatWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatWriter.class);
  private static final byte[] KEY = Heartbeat.KEY.getBytes(StandardCharsets.UTF_8);

  private final Heartbeats target;
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
  private final Set<String> writersTime = ConcurrentHashMap.newKeySet();
  private final LongAdder written = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private ScheduledExecutorService clock;
  private Producer<byte[], byte[]> producer;
  private TopicPartitions partitions;
  private volatile boolean closed;

  HeartbeatWriter(Heartbeats target) {
    this.target = target;
  }

  /** Begins, unless there is nothing to write. */
  synchronized void start() {
    if (target.every().isZero()) {
      return;
    }
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "heartbeats");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleWithFixedDelay(this::beat, 0, target.every().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** How many Kafka took. */
  long written() {
    return written.sum();
  }

  /** How many it did not take. */
  long failed() {
    return failed.sum();
  }

  private void beat() {
    try {
      if (!open()) {
        return;
      }
      for (String topic : target.topics()) {
        int count = writersTime.contains(topic) ? 0 : partitions.of(topic);
        for (int partition = 0; partition < count; partition++) {
          producer.send(
              heartbeat(topic, partition), (metadata, failure) -> told(topic, metadata, failure));
        }
      }
    } catch (RuntimeException e) { // also of a client that cannot be made: it is tried again
      target.topics().forEach(topic -> told(topic, null, e));
    }
  }

  private static ProducerRecord<byte[], byte[]> heartbeat(String topic, int partition) {
    byte[] nothing = null;
    return new ProducerRecord<>(topic, partition, Heartbeat.WRITTEN_MS, KEY, nothing);
  }

  private synchronized boolean open() {
    if (!closed && producer == null) {
      producer =
          new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    }
    if (!closed && partitions == null) {
      partitions = new TopicPartitions(target.bootstrap(), target.topics(), target.kafka());
    }
    return !closed;
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    target.kafka().stringPropertyNames().forEach(k -> settings.put(k, target.kafka().get(k)));
    settings.put("bootstrap.servers", target.bootstrap());
    settings.put("client.id", "tokenwatt-heartbeats");
    // One that comes late tells as much as one in time, and a second one harms nobody.
    settings.put("acks", "1");
    settings.put("enable.idempotence", false);
    settings.put("compression.type", "none");
    settings.put("linger.ms", 0);
    settings.put("batch.size", 512);
    settings.put("buffer.memory", 4L << 20);
    settings.put("max.block.ms", 1_000);
    settings.put("request.timeout.ms", 3_000);
    settings.put("delivery.timeout.ms", 5_000);
    return settings;
  }

  private void told(String topic, RecordMetadata metadata, Exception failure) {
    if (failure != null && !closed) {
      failed.increment();
      if (failing.add(topic)) {
        LOG.warn(
            "heartbeats of {} fail: {}. Until they do not, a partition without records holds windows back, for idle_after at most",
            topic,
            KafkaFailure.words(failure));
      }
    }
    if (failure != null) {
      return;
    }
    written.increment();
    if (failing.remove(topic)) {
      LOG.info("heartbeats of {} are written again", topic);
    }
    if (metadata.timestamp() == Heartbeat.WRITTEN_MS && writersTime.add(topic)) {
      LOG.warn(
          "topic {} takes its time from who writes (message.timestamp.type=CreateTime): heartbeats move nothing there, and no more are written. The topic must be LogAppendTime",
          topic);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (clock != null) {
      clock.shutdownNow();
    }
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
    if (partitions != null) {
      partitions.close();
    }
  }
}
