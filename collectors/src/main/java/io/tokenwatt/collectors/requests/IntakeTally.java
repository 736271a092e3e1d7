package io.tokenwatt.collectors.requests;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of what was sent here: received = published + rejected + ignored + failed. A failed
 * event was answered 503, so its sender still has it. Thread-safe.
 */
final class IntakeTally {
  static final String EVENTS = "tokenwatt_requests_events_total";
  static final String REJECTED = "tokenwatt_requests_rejected_total";
  static final String BODIES = "tokenwatt_requests_bodies_total";
  static final String UNRESOLVED = "tokenwatt_requests_unresolved_total";
  static final String HEALTH = "requests";
  private static final Logger LOG = LoggerFactory.getLogger(IntakeTally.class);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Counters counters;
  private final Health health;
  private final AtomicLong nextLog = new AtomicLong(System.nanoTime());

  IntakeTally(Counters counters, Health health) {
    this.counters = counters;
    this.health = health;
    health.declare(HEALTH, false);
    for (String outcome : new String[] {"published", "rejected", "ignored", "failed"}) {
      events(outcome, 0);
    }
    counters
        .counter(UNRESOLVED, "Events whose server neither this agent nor its configuration knows.")
        .add(0);
  }

  void body(String path, int status) {
    counters
        .counter(
            BODIES, "HTTP requests by answer.", "path", path, "status", Integer.toString(status))
        .increment();
  }

  void published(int events) {
    events("published", events);
    health.up(HEALTH);
  }

  void ignored(int spans) {
    events("ignored", spans);
  }

  void unresolved() {
    counters.counter(UNRESOLVED, "").increment();
  }

  void rejected(EventRejected rejected) {
    events("rejected", 1);
    counters
        .counter(
            REJECTED,
            "Events not taken, by reason and field.",
            "reason",
            rejected.reason(),
            "field",
            rejected.key())
        .increment();
    say("an event was not taken: " + rejected.getMessage());
  }

  void failed(int events, String reason) {
    events("failed", events);
    health.down(HEALTH, "events cannot be published (" + reason + "); senders are told to wait");
    say("events cannot be published: " + reason);
  }

  private void events(String outcome, int n) {
    counters
        .counter(EVENTS, "Request events received, by what became of them.", "outcome", outcome)
        .add(n);
  }

  private void say(String line) {
    long now = System.nanoTime();
    long due = nextLog.get();
    if (now - due >= 0 && nextLog.compareAndSet(due, now + QUIET_NANOS)) {
      LOG.warn("request intake: {} (counts are at /metrics)", line);
    }
  }
}
