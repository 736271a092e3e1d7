package io.tokenwatt.quickstart.bench.freshness;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.quickstart.bench.live.LivePlan;
import io.tokenwatt.quickstart.bench.live.LiveRun;
import io.tokenwatt.quickstart.bench.report.Figure;
import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.report.Spread;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import io.tokenwatt.quickstart.bench.workload.SyntheticTrace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Prometheus with Alertmanager at the same time, on steps of a fifth in other series: the pair of
 * {@code bench detect --prometheus}.
 */
final class Beside {
  private static final int SERIES = 10;
  private static final int MINUTES = 5;
  private static final double STEP = 0.2;
  private static final int P50 = 3;

  private final CompletableFuture<Section> running;

  private Beside(CompletableFuture<Section> running) {
    this.running = running;
  }

  static Beside start(long seed, PrintWriter err) {
    if (!LiveRun.missing().isEmpty()) {
      return new Beside(null);
    }
    LivePlan plan = new LivePlan(SERIES, MINUTES, STEP, 0, seed);
    LiveRun run =
        new LiveRun(
            plan, new Detector(Tuning.DEFAULT), FleetPlans.judged(SyntheticTrace.both()), err);
    return new Beside(
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run.run(Files.createTempDirectory("tokenwatt-bench"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
              }
            }));
  }

  /** The figure beside Prometheus as it is usually set up; each sender's row becomes a note. */
  Figure beside(Figure figure, List<String> notes) {
    if (running == null) {
      return figure.withoutPeer(
          "Prometheus + Alertmanager", "not on the PATH: " + String.join(", ", LiveRun.missing()));
    }
    Figure with = figure;
    for (List<Object> row : running.join().rows()) {
      notes.add(
          "steps of 20 %%, %s: %s of %s found, p50 %s s (%s)"
              .formatted(
                  row.get(0), row.get(1), row.get(2), row.get(P50), row.get(row.size() - 1)));
      if (row.get(0).equals("EfficiencyUsual") && row.get(P50) instanceof Double p50) {
        with = figure.against("Prometheus + Alertmanager, usual", Spread.of(p50));
      }
    }
    return with;
  }
}
