package io.tokenwatt.quickstart.bench.quiet;

import io.tokenwatt.jobs.regression.Regression;
import io.tokenwatt.quickstart.bench.workload.SeriesPlan;

/**
 * A regression that was not there.
 *
 * @param hours since the series began
 * @param running requests when it was found
 */
public record FalseAlarm(SeriesPlan plan, Regression regression, double hours, double running) {
  private static final double USD_PER_GPU_HOUR = 2.5;
  private static final double USD_PER_KWH = 0.1;

  /** What it claims to cost, at 2.50 $ per board-hour and 0.10 $ per kWh. */
  public double usdPerDay() {
    return Math.max(0, regression.extraGpuMsPerDay()) / 3.6e6 * USD_PER_GPU_HOUR
        + Math.max(0, regression.extraMjPerDay()) / 3.6e9 * USD_PER_KWH;
  }

  /** One line for whoever looks for the reason. */
  public String line() {
    return "%s x%d %s sigma %.3f phi %.2f%s | %s size %.3f [%.3f, %.3f] sigma %.1f | at hour %.1f, running %.1f, %.0f $/day"
        .formatted(
            plan.model(),
            plan.engines(),
            plan.trace().name(),
            plan.energy().sigma(),
            plan.energy().phi(),
            plan.energy().heavyTails() ? " heavy" : "",
            regression.measure().column(),
            regression.size(),
            regression.sizeLow(),
            regression.sizeHigh(),
            regression.sigma(),
            hours,
            running,
            usdPerDay());
  }
}
