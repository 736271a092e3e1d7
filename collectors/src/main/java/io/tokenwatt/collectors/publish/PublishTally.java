package io.tokenwatt.collectors.publish;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and tells what became of records: accepted = published + failed + waiting. Thread-safe.
 */
final class PublishTally {
  static final String ACCEPTED = "tokenwatt_agent_records_accepted_total";
  static final String PUBLISHED = "tokenwatt_agent_records_published_total";
  static final String FAILED = "tokenwatt_agent_records_failed_total";
  static final String BYTES = "tokenwatt_agent_record_bytes_total";
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Counters counters;
  private final Health health;
  private final AtomicLong lastDeliveredMs = new AtomicLong(System.currentTimeMillis());
  private final AtomicLong nextLog = new AtomicLong(System.nanoTime());

  PublishTally(Counters counters, Health health) {
    this.counters = counters;
    this.health = health;
    health.declare("kafka", true);
    counters.gauge(
        "tokenwatt_agent_publish_age_seconds",
        "Seconds since a record was last delivered.",
        () -> (System.currentTimeMillis() - lastDeliveredMs.get()) / 1000.0);
    counters.gauge(
        "tokenwatt_agent_records_waiting",
        "Records accepted and not yet delivered or failed.",
        this::waiting);
    delivered(0, 0);
  }

  void accepted() {
    counters.counter(ACCEPTED, "Records handed to the publisher.").increment();
  }

  void delivered(int records, int bytes) {
    counters.counter(PUBLISHED, "Records that all in-sync replicas have.").add(records);
    counters.counter(BYTES, "Bytes of published records before compression.").add(bytes);
    if (records > 0) {
      lastDeliveredMs.set(System.currentTimeMillis());
      if (health.up("kafka")) {
        LOG.info("publishing to Kafka");
      }
    }
  }

  void failed(String reason, String detail) {
    counters.counter(FAILED, "Records given up, by reason.", "reason", reason).increment();
    down("records are lost (" + reason + "): " + detail);
  }

  /** The broker cannot be reached; records wait. */
  void down(String error) {
    boolean changed = health.down("kafka", error);
    long now = System.nanoTime();
    long due = nextLog.get();
    // The same line a thousand times a second helps nobody; the counters have the numbers.
    if ((changed || now - due >= 0) && nextLog.compareAndSet(due, now + QUIET_NANOS)) {
      LOG.warn("Kafka: {} ({} waiting, {} failed)", error, waiting(), counters.sum(FAILED));
    }
  }

  long waiting() {
    return counters.sum(ACCEPTED) - counters.sum(PUBLISHED) - counters.sum(FAILED);
  }
}
