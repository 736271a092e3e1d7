package io.tokenwatt.quickstart.bench.jobs;

import io.tokenwatt.quickstart.bench.ProcessMeter;
import io.tokenwatt.quickstart.bench.report.Quantiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one stretch of time took at an even load.
 *
 * @param records sent in it
 * @param processed by the job in it, as its record time went on; less where it falls behind
 * @param lag seconds from append to processed, read about twice a second
 */
record Stretch(
    int nodes,
    double seconds,
    long records,
    double processed,
    double jobCpu,
    double brokerCpu,
    double storeCpu,
    double loadCpu,
    Quantiles lag,
    FlinkPage.Checkpoints checkpoints,
    double rssMib) {
  /** The goal of issue 6. */
  static final double MOST_LAG_SECONDS = 2;

  private static final long EVERY_MS = 500;

  private record Mark(
      long nanos,
      long sent,
      long processedMs,
      double job,
      double broker,
      double store,
      double load) {
    static Mark of(JobStand stand) throws IOException, InterruptedException {
      return new Mark(
          System.nanoTime(),
          Long.parseLong(stand.load.ask("told").split(" ")[2]),
          stand.flink().processedMs().orElse(0),
          new ProcessMeter(stand.job().pid()).cpuSeconds(),
          new ProcessMeter(stand.kafka.pid()).cpuSeconds(),
          new ProcessMeter(stand.store.pid()).cpuSeconds(),
          new ProcessMeter(stand.load.pid()).cpuSeconds());
    }
  }

  static Stretch of(JobStand stand, double seconds) throws IOException, InterruptedException {
    List<Double> lags = new ArrayList<>();
    Mark from = Mark.of(stand);
    long end = from.nanos + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      double lag = stand.lagSeconds();
      // Not known = nothing was processed yet.
      lags.add(Double.isNaN(lag) ? Double.POSITIVE_INFINITY : lag);
      Thread.sleep(EVERY_MS);
    }
    Mark to = Mark.of(stand);
    return new Stretch(
        stand.growth.nodes(),
        (to.nanos - from.nanos) / 1e9,
        to.sent - from.sent,
        from.processedMs == 0
            ? 0
            : (to.processedMs - from.processedMs) / 1e3 * stand.growth.nodes(),
        to.job - from.job,
        to.broker - from.broker,
        to.store - from.store,
        to.load - from.load,
        new Quantiles(lags),
        stand.flink().checkpoints(),
        new ProcessMeter(stand.job().pid()).rssMib());
  }

  /** Lag within the goal, and the load as heavy as it should be. */
  boolean sustained() {
    return lag.at(0.99) < MOST_LAG_SECONDS && records > 0.9 * nodes * seconds;
  }

  /** Of what was processed, so that a job that falls behind does not look cheap. */
  double nanosPerSample(double cpu) {
    return cpu * 1e9 / (processed * LoadPlan.SAMPLES_PER_RECORD);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d nodes: %,.0f records/s, %,.0f processed; lag p50 %.2f s, p99 %.2f s; cores: job %.2f, broker %.2f,"
            + " store %.2f, load %.2f; job %.0f ns/sample, %.0f MiB; checkpoint %.1f MB, %d ms%s",
        nodes,
        records / seconds,
        processed / seconds,
        lag.at(0.5),
        lag.at(0.99),
        jobCpu / seconds,
        brokerCpu / seconds,
        storeCpu / seconds,
        loadCpu / seconds,
        nanosPerSample(jobCpu),
        rssMib,
        checkpoints.bytes() / 1e6,
        checkpoints.millis(),
        sustained() ? "" : " – NOT sustained");
  }
}
