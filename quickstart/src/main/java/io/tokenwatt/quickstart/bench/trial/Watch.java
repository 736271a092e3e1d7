package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.LatencySum;
import io.tokenwatt.jobs.regression.Series;
import io.tokenwatt.jobs.regression.SeriesState;
import io.tokenwatt.jobs.regression.SeriesWindow;
import io.tokenwatt.jobs.regression.Verdict;
import io.tokenwatt.quickstart.bench.workload.SeriesPlan;
import io.tokenwatt.quickstart.bench.workload.WindowTally;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The detector at one simulated series, as RegressionJob would drive it. Not thread-safe. */
public final class Watch {
  /** RegressionJob judges a window when the record-time watermark passes its end by this. */
  public static final long JUDGING_MS = 5_000;

  public static final long WINDOW_MS = 10_000;

  private final Detector detector;
  private final SeriesState state;
  private String deployment = "";
  private SortedSet<String> deployments = Collections.emptySortedSet();

  public Watch(Detector detector, SeriesPlan plan) {
    this.detector = detector;
    this.state = SeriesState.of(series(plan));
  }

  static Series series(SeriesPlan plan) {
    return new Series(
        plan.region(), plan.hardware(), plan.model(), plan.precision(), "both", plan.workload());
  }

  /** Judges a window that is full. Its amounts are not changed afterwards. */
  public List<Verdict> judge(WindowTally window) {
    if (!window.deployment.equals(deployment)) {
      deployment = window.deployment;
      deployments = Collections.unmodifiableSortedSet(new TreeSet<>(List.of(deployment)));
    }
    return detector.judge(
        state,
        new SeriesWindow(
            window.windowStartMs,
            deployments,
            window.amounts,
            latencies(window),
            0,
            0,
            window.nodes));
  }

  private static Map<String, LatencySum> latencies(WindowTally window) {
    return window.itlCount == 0
        ? Map.of()
        : Map.of(
            "itl", new LatencySum(window.itlCount, window.itlUs),
            "ttft", new LatencySum(window.requestCount, window.firstTokenUs),
            "e2e", new LatencySum(window.requestCount, window.endToEndUs));
  }
}
