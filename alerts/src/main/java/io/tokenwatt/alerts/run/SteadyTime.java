package io.tokenwatt.alerts.run;

import java.time.Clock;
import java.time.Instant;

/**
 * Time that begins with the clock's and never goes back nor jumps: for how long to wait, when
 * somebody may set the clock meanwhile. Thread-safe.
 */
final class SteadyTime {
  private final Instant start;
  private final long startNanos = System.nanoTime();

  SteadyTime(Clock clock) {
    start = clock.instant();
  }

  Instant now() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
