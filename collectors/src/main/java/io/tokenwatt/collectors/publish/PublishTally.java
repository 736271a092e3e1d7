package io.tokenwatt.collectors.publish;

import io.tokenwatt.collectors.clock.BrokerSkew;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.spool.Losses;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and tells what became of records: accepted + recovered = published + failed + waiting.
 * Thread-safe.
 */
final class PublishTally implements Losses {
  static final String ACCEPTED = "tokenwatt_agent_records_accepted_total";
  static final String RECOVERED = "tokenwatt_agent_records_recovered_total";
  static final String PUBLISHED = "tokenwatt_agent_records_published_total";
  static final String FAILED = "tokenwatt_agent_records_failed_total";
  static final String RESENT = "tokenwatt_agent_records_resent_total";
  static final String BYTES = "tokenwatt_agent_record_bytes_total";
  static final String ERRORS = "tokenwatt_agent_spool_errors_total";
  private static final String KAFKA = "kafka";
  private static final String SPOOL = "spool";
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOSS_SHOWN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Counters counters;
  private final Health health;
  private final boolean spooled;
  private final BrokerSkew skew;
  private final AtomicLong lastDeliveredNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong nextLog = new AtomicLong(System.nanoTime());
  private volatile boolean hasLost;
  private volatile long lostNanos;

  /**
   * @param spooled records wait on disk while Kafka is away: then that degrades the agent only
   */
  PublishTally(Counters counters, Health health, boolean spooled, BrokerSkew skew) {
    this.counters = counters;
    this.health = health;
    this.spooled = spooled;
    this.skew = skew;
    health.declare(KAFKA, !spooled);
    counters.gauge(
        "tokenwatt_agent_publish_age_seconds",
        "Seconds since a record was last delivered.",
        () -> sinceDeliveredMs() / 1000.0);
    counters.gauge(
        "tokenwatt_agent_records_waiting",
        "Records accepted or recovered and not yet delivered or failed.",
        this::waiting);
    delivered(0, 0);
    recovered(0);
    resent(0);
    if (spooled) {
      health.declare(SPOOL, false);
    }
  }

  BrokerSkew skew() {
    return skew;
  }

  void accepted() {
    counters.counter(ACCEPTED, "Records handed to the publisher.").increment();
  }

  void recovered(long records) {
    counters.counter(RECOVERED, "Records found in the spool at the start.").add(records);
  }

  void resent(long records) {
    counters.counter(RESENT, "Records sent once more after the producer failed.").add(records);
  }

  void delivered(int records, int bytes) {
    counters.counter(PUBLISHED, "Records that all in-sync replicas have.").add(records);
    counters.counter(BYTES, "Bytes of published records before compression.").add(bytes);
    if (records > 0) {
      lastDeliveredNanos.set(System.nanoTime());
      if (health.up(KAFKA)) {
        LOG.info("publishing to Kafka ({} records waiting)", waiting());
      }
    }
  }

  /** Since a record was last delivered, or since the start. */
  long sinceDeliveredMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastDeliveredNanos.get());
  }

  /** Kafka refuses this record for ever. */
  void failed(Exception error) {
    lost(reason(error), 1);
    LOG.warn("Kafka refuses a record: {}", error.getMessage());
  }

  // RecordTooLargeException → record_too_large.
  private static String reason(Exception e) {
    String name = e.getClass().getSimpleName().replaceAll("Exception$", "");
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  @Override
  public void lost(String reason, long records) {
    counters.counter(FAILED, "Records given up, by reason.", "reason", reason).add(records);
    String error = records + " records are lost (" + reason + ")";
    lostNanos = System.nanoTime();
    hasLost = true;
    say(error, health.down(spooled ? SPOOL : KAFKA, error));
  }

  @Override
  public void broken(String reason, String detail) {
    counters
        .counter(ERRORS, "Times the spool was not as it should be.", "reason", reason)
        .increment();
    // What is found torn at the start was torn by a crash that is over.
    boolean now = reason.equals("write") && health.down(SPOOL, detail);
    say("spool: " + detail, now || !reason.equals("write"));
  }

  /** How the disk does now. A loss is shown for a minute, for somebody to see it. */
  void spoolWrites(boolean well) {
    boolean lossIsOver = !hasLost || System.nanoTime() - lostNanos > LOSS_SHOWN_NANOS;
    if (spooled && well && lossIsOver && health.up(SPOOL)) {
      LOG.info("the spool takes records");
    }
  }

  /** The broker cannot be reached; records wait. */
  void down(String error) {
    say("Kafka: " + error, health.down(KAFKA, error));
  }

  void bug(RuntimeException e) {
    health.down(KAFKA, "a bug of ours: " + e);
    LOG.error("a bug of ours, please report it", e);
  }

  // The same line a thousand times a second helps nobody; the counters have the numbers.
  private void say(String error, boolean news) {
    long now = System.nanoTime();
    long due = nextLog.get();
    if ((news || now - due >= 0) && nextLog.compareAndSet(due, now + QUIET_NANOS)) {
      LOG.warn("{} ({} waiting, {} failed)", error, waiting(), counters.sum(FAILED));
    }
  }

  long waiting() {
    return counters.sum(ACCEPTED)
        + counters.sum(RECOVERED)
        - counters.sum(PUBLISHED)
        - counters.sum(FAILED);
  }
}
