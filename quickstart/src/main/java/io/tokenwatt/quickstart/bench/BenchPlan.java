package io.tokenwatt.quickstart.bench;

import io.tokenwatt.quickstart.bench.trial.Scenario;
import java.util.List;

/**
 * What to measure.
 *
 * @param quietWindows 0 = none
 * @param quietSeconds after which the quiet windows end with what there is
 * @param trials of each scenario; 0 = none
 * @param scenarios in this order
 * @param suspects trials of each kind of cause; 0 = none
 * @param liveMinutes beside Prometheus, in real time; 0 = not at all
 */
record BenchPlan(
    long seed,
    long quietWindows,
    double quietSeconds,
    int trials,
    List<Scenario> scenarios,
    int suspects,
    int liveMinutes,
    int liveSeries) {
  /** Beyond, the references would only take time. */
  private static final long MOST_COMPARED = 20_000_000;

  private static final int MONTH = 30;
  private static final int LEAST_SERIES = 12;
  private static final int WINDOWS_PER_DAY = 8_640;
  private static final int DRIFT_SHARE = 4;

  boolean comparesQuiet() {
    return quietWindows <= MOST_COMPARED;
  }

  /** A month for each series, less where there would be too few of them. */
  static int days(long windows) {
    return (int) Math.max(2, Math.min(MONTH, windows / WINDOWS_PER_DAY / LEAST_SERIES));
  }

  /** Of each threshold below the one in use. */
  long tailWindows() {
    return Math.max(100_000, Math.min(2_000_000, quietWindows / 10));
  }

  /** A drift takes eleven days to simulate, the others hours. */
  int trials(Scenario scenario) {
    return scenario == Scenario.DRIFT_1_PER_DAY ? Math.max(1, trials / DRIFT_SHARE) : trials;
  }
}
