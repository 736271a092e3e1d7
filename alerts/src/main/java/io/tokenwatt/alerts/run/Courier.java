package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.incident.Transition;
import io.tokenwatt.alerts.notify.Notification;
import io.tokenwatt.alerts.notify.Notifier;
import io.tokenwatt.alerts.notify.Outcome;
import io.tokenwatt.alerts.outbox.Delivery;
import io.tokenwatt.alerts.outbox.DeliveryState;
import io.tokenwatt.alerts.outbox.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one receiver what it is owed, on a thread of its own: a receiver that is slow or away keeps
 * no other from being told. What was sent is recorded before the next is sent; a crash in between
 * sends it once more, under the same id.
 */
final class Courier implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration STORE_RETRY = Duration.ofMillis(500);
  private static final Duration CANNOT_SEND = Duration.ofMinutes(1);

  private final String receiver;
  private final Notifier notifier;
  private final Ledger ledger;
  private final BooleanSupplier maySend;
  private final Scene scene;
  private final Semaphore signal = new Semaphore(0);
  private final Random random = new Random();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final SteadyTime time;
  private Instant lastCall = Instant.EPOCH;
  private Instant lastRepeat = Instant.EPOCH;
  private Instant quietUntil = Instant.EPOCH;

  /**
   * @param maySend whether this process is the one that sends, asked before each call
   */
  Courier(String receiver, Notifier notifier, Ledger ledger, BooleanSupplier maySend, Scene scene) {
    this.receiver = receiver;
    this.notifier = notifier;
    this.ledger = ledger;
    this.maySend = maySend;
    this.scene = scene;
    this.time = new SteadyTime(scene.clock());
  }

  String receiver() {
    return receiver;
  }

  /** Something is due. Returns at once; any thread. */
  void wake() {
    signal.release();
  }

  /** Ends it after what it is doing. Returns at once; any thread. */
  void stop() {
    stop.countDown();
    signal.release();
  }

  @Override
  public void run() {
    try {
      while (!stopped()) {
        try {
          round();
        } catch (RuntimeException e) {
          // Nobody foresaw it; but who gave up now would tell this receiver nothing more.
          scene.health().down("receiver " + receiver, e.toString());
          LOG.error("telling {} failed in a way that nobody foresaw; goes on", receiver, e);
          pause(STORE_RETRY);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  /** Returns at once when it is stopped. */
  private void pause(Duration length) throws InterruptedException {
    stop.await(length.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void round() throws InterruptedException {
    Instant now = time.now();
    if (now.isBefore(quietUntil)) {
      pause(Duration.between(now, quietUntil).plusMillis(1));
      return;
    }
    Delivery next = ledger.next(receiver, now).orElse(null);
    if (next != null) {
      attempt(next);
    } else if (repeatDue(now)) {
      repeat(now);
    } else {
      await(now);
    }
  }

  private void await(Instant now) throws InterruptedException {
    Instant until = ledger.nextAt(receiver).orElse(now.plus(IDLE));
    long ms = Math.max(1, Math.min(IDLE.toMillis(), Duration.between(now, until).toMillis()));
    if (signal.tryAcquire(ms, TimeUnit.MILLISECONDS)) {
      signal.drainPermits();
    }
  }

  private void attempt(Delivery delivery) throws InterruptedException {
    if (ledger.unheardOf(delivery)) {
      // That it ended would be about nothing there.
      settle(delivery, delivery, DeliveryState.DROPPED, scene.now());
      return;
    }
    pause(Duration.between(time.now(), lastCall.plus(notifier.pace())));
    if (stopped()) {
      return;
    }
    if (!maySend.getAsBoolean()) {
      pause(STORE_RETRY);
      return;
    }
    lastCall = time.now();
    Outcome outcome = send(delivery);
    Instant end = scene.now();
    Delivery after = delivery.again(delivery.notBefore(), outcome.answer());
    switch (outcome.kind()) {
      case SENT -> {
        settle(delivery, after, DeliveryState.SENT, end);
        tell("sent", true, after);
      }
      case RETRY, BUSY -> {
        Duration wait = Backoff.after(after.attempts(), outcome.after(), random);
        Instant at = time.now().plus(wait);
        if (outcome.kind() == Outcome.Kind.BUSY) {
          quietUntil = time.now().plus(outcome.after());
        }
        Delivery later = delivery.again(at, outcome.answer());
        settle(delivery, later, DeliveryState.WAITING, end);
        tell("retried", false, later);
      }
      case REFUSED -> {
        settle(delivery, after, DeliveryState.REFUSED, end);
        tell("refused", false, after);
        if (delivery.transition() == Transition.TRIGGER) {
          scene.refusals().refused(receiver, after);
        }
      }
    }
  }

  /** What cannot even be sent waits like what was not taken: others are told meanwhile. */
  private Outcome send(Delivery delivery) {
    try {
      return notifier.send(scene.messages().of(delivery), scene.now());
    } catch (RuntimeException e) {
      LOG.error("{} cannot be sent to {}", delivery.notification(), receiver, e);
      return Outcome.retry("not sent: " + e.getClass().getSimpleName(), CANNOT_SEND);
    }
  }

  /**
   * Until it is recorded: to go on without would mean to send it again after a crash. When stopped
   * it is tried once.
   */
  private void settle(Delivery before, Delivery after, DeliveryState state, Instant at)
      throws InterruptedException {
    do {
      try {
        ledger.settle(before, after, state, at);
        return;
      } catch (RuntimeException e) {
        scene.metrics().count(RunMetrics.STORE_ERRORS);
        LOG.warn("cannot record that {} is {}: {}", after.notification(), state, e.toString());
        pause(STORE_RETRY);
      }
    } while (!stopped());
  }

  private void tell(String result, boolean well, Delivery delivery) {
    scene.metrics().count(RunMetrics.ATTEMPTS, "receiver", receiver, "result", result);
    String part = "receiver " + receiver;
    if (well) {
      scene.health().up(part);
      LOG.info("{} sent to {} ({})", delivery.notification(), receiver, delivery.answer());
    } else {
      scene.health().down(part, delivery.answer());
      LOG.warn(
          "{} {} by {}, attempt {}: {}",
          delivery.notification(),
          result,
          receiver,
          delivery.attempts(),
          delivery.answer());
    }
  }

  private boolean repeatDue(Instant now) {
    Duration every = notifier.repeatEvery();
    return !every.isZero() && !lastRepeat.plus(every).isAfter(now);
  }

  private void repeat(Instant now) {
    lastRepeat = now;
    List<Notification> firing =
        ledger.firing(receiver).stream()
            .map(incident -> scene.messages().of(incident, Transition.TRIGGER))
            .toList();
    if (firing.isEmpty() || !maySend.getAsBoolean()) {
      return;
    }
    Outcome outcome = notifier.repeat(firing, scene.now());
    if (outcome.kind() == Outcome.Kind.SENT) {
      scene.health().up("receiver " + receiver);
    } else {
      scene.health().down("receiver " + receiver, outcome.answer());
      LOG.warn("{} was not told what still fires: {}", receiver, outcome.answer());
      // Sooner than in a minute: what is not repeated ends by itself.
      lastRepeat = now.minus(notifier.repeatEvery()).plus(Duration.ofSeconds(5));
    }
  }
}
