package io.tokenwatt.alerts.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after so many attempts: 1 s, 2 s, 4 s … 1 min, each ± 20 %. Pure. */
final class Backoff {
  private static final long FIRST_MS = 1000;
  private static final long LONGEST_MS = 60_000;
  private static final double JITTER = 0.2;

  private Backoff() {}

  /**
   * @param attempts that failed, from 1
   * @param atLeast the receiver's own wish; never shortened, jitter only adds to it
   */
  static Duration after(long attempts, Duration atLeast, RandomGenerator random) {
    long doublings = Math.min(Math.max(attempts - 1, 0), 10);
    double ms = Math.min(LONGEST_MS, FIRST_MS << doublings);
    long jittered = Math.round(ms * (1 - JITTER + 2 * JITTER * random.nextDouble()));
    Duration own = Duration.ofMillis(jittered);
    return own.compareTo(atLeast) >= 0 ? own : atLeast.plusMillis(random.nextInt(250));
  }
}
