package io.tokenwatt.alerts.run;

import java.time.Duration;
import java.time.Instant;

/**
 * The times at which something is done: multiples of a period since the epoch, shifted by a fixed
 * part of it that follows from a name. Whoever runs it, after any pause, the ticks are the same;
 * and rules of one period do not all ask at once. Pure.
 */
final class Ticks {
  /** Shorter periods are not shifted. */
  private static final Duration SHIFTED = Duration.ofSeconds(10);

  private final long periodMs;
  private final long shiftMs;

  Ticks(String name, Duration period) {
    periodMs = period.toMillis();
    shiftMs = period.compareTo(SHIFTED) < 0 ? 0 : Math.floorMod(name.hashCode() * 7919L, periodMs);
  }

  /** The first tick after this time. */
  Instant after(Instant time) {
    long since = time.toEpochMilli() - shiftMs;
    return Instant.ofEpochMilli(Math.floorDiv(since, periodMs) * periodMs + periodMs + shiftMs);
  }
}
