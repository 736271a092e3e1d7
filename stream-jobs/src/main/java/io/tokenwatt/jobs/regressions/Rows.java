package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.regression.Regression;
import io.tokenwatt.jobs.regression.Series;
import io.tokenwatt.jobs.regression.suspect.Explanation;
import io.tokenwatt.jobs.regression.suspect.Suspect;
import io.tokenwatt.model.fact.RegressionRow;
import java.util.List;
import java.util.Locale;

/** A verdict and its explanation as a row. */
final class Rows {
  private static final double MJ_PER_KWH = 3.6e9;
  private static final double MS_PER_HOUR = 3.6e6;
  private static final int MOST_PLACES = 32;

  private final int epoch;

  Rows(int epoch) {
    this.epoch = epoch;
  }

  /**
   * How it ended.
   *
   * @param closedMs null = it did not
   */
  record End(Long closedMs, String reason, String note) {
    static final End NONE = new End(null, "", "");
  }

  /**
   * @param cause key of the finding, the same until it closes
   * @param atMs up to which the series was judged
   */
  RegressionRow row(
      Regression r,
      String cause,
      Explanation why,
      WatchedSeries watched,
      End end,
      long atMs,
      long version) {
    Series series = r.series();
    return new RegressionRow(
        r.id(),
        r.detectedMs(),
        end.closedMs(),
        r.startedMs(),
        atMs,
        end.reason(),
        end.note(),
        new RegressionRow.Place(
            series.region(),
            series.hardware(),
            series.model(),
            series.precision(),
            series.role(),
            series.workload()),
        r.deployment(),
        watched.clusters,
        r.measure().column(),
        r.expected(),
        r.observed(),
        new RegressionRow.Size(r.size(), r.sizeLow(), r.sizeHigh()),
        r.sigma(),
        r.details().stream().map(Rows::detail).toList(),
        extra(r, watched.microusdPerGpuMs),
        cause,
        why.suspects().stream().map(Suspect::line).toList(),
        first(why.nodes()),
        first(why.gpus()),
        r.quality(),
        ((long) epoch << 40) + version);
  }

  private static RegressionRow.Extra extra(Regression r, double microusdPerGpuMs) {
    return new RegressionRow.Extra(
        finite(r.extraGpuMsPerDay() * microusdPerGpuMs / 1e6),
        finite(r.extraGpuMsPerDayLow() * microusdPerGpuMs / 1e6),
        finite(r.extraMjPerDay() / MJ_PER_KWH),
        finite(r.extraGpuMsPerDay() / MS_PER_HOUR));
  }

  private static String detail(Regression.Detail detail) {
    return String.format(
        Locale.ROOT, "%s: %+.1f %%", detail.measure().column(), 100 * detail.size());
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static List<String> first(List<String> places) {
    return List.copyOf(places.subList(0, Math.min(places.size(), MOST_PLACES)));
  }
}
