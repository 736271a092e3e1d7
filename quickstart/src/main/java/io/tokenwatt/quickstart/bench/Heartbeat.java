package io.tokenwatt.quickstart.bench;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Says on stderr, at most every few seconds, how far a long run is. Not thread-safe. */
final class Heartbeat {
  private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintWriter err;
  private final long startNanos = System.nanoTime();
  private final long startCpuNanos = cpuNanos();
  private long lastNanos = startNanos;

  Heartbeat(PrintWriter err) {
    this.err = err;
  }

  void at(String what, double done, double all) {
    long now = System.nanoTime();
    if (now - lastNanos >= EVERY_NANOS) {
      lastNanos = now;
      double left = (now - startNanos) / 1e9 * (all - done) / Math.max(1, done);
      err.printf("%s: %.0f %%, about %.0f s left%n", what, 100 * done / all, left);
      err.flush();
    }
  }

  double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  /** Time of the processor that this thread took since the start. */
  double cpuSeconds() {
    return (cpuNanos() - startCpuNanos) / 1e9;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
