package io.tokenwatt.jobs.regression;

import java.util.List;

/**
 * One series that needs more than its load explains, as far as it is known at a window's end.
 *
 * @param id 16 hex digits, a function of series and start alone
 * @param startedMs start of the first window that the change point test puts after the change
 * @param detectedMs end of the window in which it was found
 * @param measure the one that shows it best
 * @param expected what the load lets expect, in the measure's unit; mean over the windows since
 *     startedMs, at most the last minutes
 * @param observed what was measured over the same windows
 * @param size observed / expected - 1
 * @param sizeLow lower end of its 95 % interval
 * @param sizeHigh upper end of its 95 % interval
 * @param sigma size of the change in standard errors: size on the log scale over that of its mean
 * @param extraMjPerDay millijoule that a day of the recent token rate needs more than expected;
 *     negative = less; NaN = not known
 * @param extraGpuMsPerDay board-ms of the same; NaN = not known
 * @param extraGpuMsPerDayLow lower end of its 95 % interval; NaN = not known
 * @param deployment the newest deployment of the series when it was found
 * @param quality OR of the quality bits of the windows it rests on
 * @param details the other measures that are worse, strongest first
 */
public record Regression(
    String id,
    Series series,
    long startedMs,
    long detectedMs,
    Measure measure,
    double expected,
    double observed,
    double size,
    double sizeLow,
    double sizeHigh,
    double sigma,
    double extraMjPerDay,
    double extraGpuMsPerDay,
    double extraGpuMsPerDayLow,
    String deployment,
    int quality,
    List<Detail> details) {

  /** A further measure of the same regression. */
  public record Detail(
      Measure measure, double expected, double observed, double size, double sigma) {}
}
