package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.notify.Heartbeat;
import io.tokenwatt.alerts.notify.Outcome;
import io.tokenwatt.alerts.outbox.Delivery;
import io.tokenwatt.alerts.outbox.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an external watchdog that pages would arrive: only while this process holds the lease, the
 * heartbeat rule finds what it always finds, every rule was evaluated lately, and no page has
 * waited for longer than a watchdog should tolerate. Anything else, a dead ClickHouse included, is
 * silence, and silence pages.
 */
final class Heart {
  private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

  /** Longer than a rule's alert about itself takes, so that this is the last resort. */
  static final Duration STUCK = Duration.ofMinutes(15);

  private final Heartbeat heartbeat;
  private final List<Watch> watches;
  private final Ledger ledger;
  private final BooleanSupplier leaseHeld;
  private final Scene scene;
  private final Instant started;

  Heart(
      Heartbeat heartbeat,
      List<Watch> watches,
      Ledger ledger,
      BooleanSupplier leaseHeld,
      Scene scene) {
    this.heartbeat = heartbeat;
    this.watches = watches;
    this.ledger = ledger;
    this.leaseHeld = leaseHeld;
    this.scene = scene;
    started = scene.now();
  }

  void beat(Instant now) {
    Optional<String> ill = ill(now);
    if (ill.isPresent()) {
      tell("withheld", ill.get());
      return;
    }
    Outcome outcome = heartbeat.beat(now);
    tell(outcome.kind() == Outcome.Kind.SENT ? "sent" : "failed", outcome.answer());
  }

  private void tell(String result, String text) {
    scene.metrics().count(RunMetrics.HEARTBEATS, "result", result);
    if (result.equals("sent")) {
      scene.health().up("heartbeat");
    } else if (scene.health().down("heartbeat", text)) {
      LOG.warn("heartbeat {}: {}", result, text);
    }
  }

  /** Why nobody should rely on this process; empty if somebody may. */
  private Optional<String> ill(Instant now) {
    if (!leaseHeld.getAsBoolean()) {
      return Optional.of("the lease is not confirmed");
    }
    for (Watch watch : watches) {
      boolean heart = watch.rule().severity() == Severity.HEARTBEAT;
      if (heart && !watch.foundLast()) {
        return Optional.of("rule " + watch.rule().name() + " did not find what it always finds");
      }
      Instant last = watch.lastSuccess().isAfter(started) ? watch.lastSuccess() : started;
      Duration patience = watch.rule().timing().every().multipliedBy(3).plus(STUCK);
      if (last.plus(patience).isBefore(now)) {
        return Optional.of("rule " + watch.rule().name() + " was not evaluated since " + last);
      }
    }
    return ledger.due().stream()
        .filter(delivery -> delivery.incident().severity() == Severity.PAGE)
        .filter(delivery -> delivery.since().plus(STUCK).isBefore(now))
        .findFirst()
        .map(Heart::waiting);
  }

  private static String waiting(Delivery delivery) {
    return delivery.notification() + " waits for " + delivery.receiver() + ": " + delivery.answer();
  }
}
