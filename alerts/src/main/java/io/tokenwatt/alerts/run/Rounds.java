package io.tokenwatt.alerts.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates every rule at its ticks, and once at the start. One thread keeps time and does nothing
 * else; each rule has at most one evaluation under way, on a pool that has a thread for each, so a
 * slow rule delays only itself: a tick that comes while it still runs is skipped and counted.
 */
final class Rounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Threads.daemon("alert-ticks"));
  private final ExecutorService pool = Executors.newCachedThreadPool(Threads.daemon("alert-rule"));

  Rounds(List<Watch> watches, Clock clock) {
    this.clock = clock;
    for (Watch watch : watches) {
      Ticks ticks = new Ticks(watch.rule().name(), watch.rule().timing().every());
      AtomicBoolean busy = new AtomicBoolean();
      start(watch, clock.instant(), busy);
      schedule(watch, ticks, ticks.after(clock.instant()), busy);
    }
  }

  private void schedule(Watch watch, Ticks ticks, Instant tick, AtomicBoolean busy) {
    long ms = Duration.between(clock.instant(), tick).toMillis();
    try {
      timer.schedule(() -> fire(watch, ticks, tick, busy), Math.max(0, ms), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed");
    }
  }

  private void fire(Watch watch, Ticks ticks, Instant tick, AtomicBoolean busy) {
    Instant now = clock.instant();
    if (now.isBefore(tick)) {
      // The clock was set back, or the timer is a little early: the tick is still to come.
      schedule(watch, ticks, ticks.after(now), busy);
      return;
    }
    start(watch, tick, busy);
    schedule(watch, ticks, ticks.after(now), busy);
  }

  private void start(Watch watch, Instant tick, AtomicBoolean busy) {
    if (!busy.compareAndSet(false, true)) {
      watch.skipped();
      return;
    }
    pool.execute(
        () -> {
          try {
            watch.evaluate(tick);
          } catch (RuntimeException e) {
            LOG.error("rule {} failed in a way that nobody foresaw", watch.rule().name(), e);
          } finally {
            busy.set(false);
          }
        });
  }

  /** Waits for what is under way, so that nothing is written after it. */
  @Override
  public void close() {
    timer.shutdownNow();
    pool.shutdown();
    try {
      if (!pool.awaitTermination(35, TimeUnit.SECONDS)) {
        LOG.warn("an evaluation did not end in 35 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
