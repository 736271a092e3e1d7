package io.tokenwatt.quickstart.bench.quiet;

import io.tokenwatt.jobs.regression.Regression;
import io.tokenwatt.quickstart.bench.workload.SeriesPlan;

/**
 * A regression that was not there.
 *
 * @param regression as it was opened
 * @param leastUsdPerDay what it was ever told to cost at the least while it was open
 * @param hours since the series began
 * @param running requests when it was found
 */
public record FalseAlarm(
    SeriesPlan plan, Regression regression, double leastUsdPerDay, double hours, double running) {
  private static final double USD_PER_GPU_HOUR = 2.5;

  /**
   * What a regression counts in rule efficiency-regression-page: the lower end of what it costs at
   * 2.50 $ per board-hour, once its size is certain to be above 0.
   */
  public static double leastUsdPerDay(Regression r) {
    double usd = r.extraGpuMsPerDayLow() / 3.6e6 * USD_PER_GPU_HOUR;
    return r.sizeLow() > 0 && usd > 0 ? usd : 0;
  }

  /** The same alarm after a further word on it. */
  FalseAlarm told(Regression later) {
    double most = Math.max(leastUsdPerDay, leastUsdPerDay(later));
    return new FalseAlarm(plan, regression, most, hours, running);
  }

  /** One line for whoever looks for the reason. */
  public String line() {
    return "%s x%d %s sigma %.3f phi %.2f%s | %s size %.3f [%.3f, %.3f] sigma %.1f | at hour %.1f, running %.1f, at least %.0f $/day"
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
            leastUsdPerDay);
  }
}
