package io.tokenwatt.quickstart.bench.jobs;

import io.tokenwatt.quickstart.bench.ProcessMeter;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The job is killed, the fleet goes on, the job comes back and catches up.
 *
 * @param backlogSeconds of the fleet's time that it processed until it was at hand again, the time
 *     of catching up included
 * @param seconds that it took, from when its tasks ran
 * @param cpu of the job meanwhile, its start included
 */
record Outage(double backlogSeconds, double seconds, double cpu) {
  /**
   * Empty if it needs longer than the outage lasted, and longer than two minutes: then it hardly
   * gains on the fleet.
   */
  static Optional<Outage> of(JobStand stand, int awaySeconds)
      throws IOException, InterruptedException {
    long before = stand.flink().processedMs().orElseThrow();
    stand.job().kill();
    Thread.sleep(Duration.ofSeconds(awaySeconds).toMillis());
    stand.startJob();
    long begun = System.nanoTime();
    double lag = Double.NaN;
    while (!(lag < Stretch.MOST_LAG_SECONDS)) {
      if (System.nanoTime() - begun > Duration.ofSeconds(Math.max(120, awaySeconds)).toNanos()) {
        return Optional.empty();
      }
      Thread.sleep(50);
      lag = stand.lagSeconds();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double backlog = (System.currentTimeMillis() - before) / 1e3 - lag;
    return Optional.of(
        new Outage(backlog, seconds, new ProcessMeter(stand.job().pid()).cpuSeconds()));
  }

  /** How many times faster than the fleet. */
  double rate() {
    return backlogSeconds / seconds;
  }

  static String text(Optional<Outage> outage) {
    return outage
        .map(
            o ->
                String.format(
                    Locale.ROOT,
                    "caught up %.0f s in %.1f s, %.1f times real time",
                    o.backlogSeconds,
                    o.seconds,
                    o.rate()))
        .orElse("did not catch up");
  }
}
