package io.tokenwatt.collectors.agent;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Runs one task at each tick of a schedule on a thread of its own until closed. Ticks that pass
 * while the task runs are skipped, never run twice.
 */
final class TickLoop implements AutoCloseable {
  private final Schedule schedule;
  private final LongConsumer tick;
  private final LongConsumer skipped;
  private final Thread thread = new Thread(this::run, "tick");
  private volatile boolean closed;

  /**
   * @param tick gets the nanoseconds by which it is late; must not throw
   * @param skipped gets the number of ticks left out
   */
  TickLoop(Schedule schedule, LongConsumer tick, LongConsumer skipped) {
    this.schedule = schedule;
    this.tick = tick;
    this.skipped = skipped;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    long n = 0;
    while (!closed) {
      long wait = schedule.due(n) - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(this, wait);
        continue;
      }
      tick.accept(-wait);
      long next = schedule.next(n, System.nanoTime());
      if (next > n + 1) {
        skipped.accept(next - n - 1);
      }
      n = next;
    }
  }

  /** No tick begins after this returns. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
