package io.tokenwatt.collectors.publish;

import io.tokenwatt.collectors.clock.Moment;

/**
 * How fast what has waited may follow: at most {@code factor} records for each one that comes in
 * meanwhile, or for each second in which none does. So a broker that is back gets at most that many
 * times its usual load from all agents together, and whoever has waited for a time T is through
 * after T ÷ (factor − 1), however many nodes there are. Live records wait their turn.
 *
 * <p>Nothing is earned while nothing can be sent, else an outage would be saved up; nor kept once
 * nothing waits. Thread-safe. Reads no clock.
 */
final class Pace {
  private static final long IDLE_MS = 1000;

  private final int factor;
  private boolean free;
  private long credit;
  private Moment earned;

  Pace(int factor) {
    this.factor = factor;
  }

  /** A record came in. */
  synchronized void accepted(Moment now) {
    if (free) {
      credit += factor;
      earned = now;
    }
  }

  /** Whether Kafka takes records at present; to be told often. */
  synchronized void free(boolean takes, Moment now) {
    free = takes;
    if (free && (earned == null || now.since(earned) >= IDLE_MS)) {
      credit += factor;
      earned = now;
    }
  }

  /** Nothing waits. */
  synchronized void idle() {
    credit = Math.min(credit, factor);
  }

  /** Uses up one record's worth; false where there is none. */
  synchronized boolean take() {
    if (credit <= 0) {
      return false;
    }
    credit--;
    return true;
  }

  /** What was taken was not used. */
  synchronized void giveBack() {
    credit++;
  }
}
