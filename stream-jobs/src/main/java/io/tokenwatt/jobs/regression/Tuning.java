package io.tokenwatt.jobs.regression;

import java.io.Serializable;
import java.time.Duration;

/**
 * How the detector weighs delay against false alarms.
 *
 * @param warmUpWindows windows from which a series without a predecessor learns its first
 *     reference; at least 8
 * @param quietWindows windows of a series between two false alarms, on average and at least; a
 *     fleet of n series has n times as many windows
 * @param minSize smallest change that is reported, as a share; closing begins at half of it
 * @param improved how long a measure must be better than its reference until the better level
 *     becomes the reference
 * @param gone how long a series may be absent until its regression closes
 * @param unjudged how long a series may be there without a judged window until it closes
 * @param cooldown after a regression closes another one needs three times the evidence for so long
 * @param leastCoverage read share of boards and engines that a window needs
 * @param leastMeasuredShare share of the joules counted by a counter with a known owner
 * @param leastTokens tokens that a window needs
 */
public record Tuning(
    int warmUpWindows,
    double quietWindows,
    double minSize,
    Duration improved,
    Duration gone,
    Duration unjudged,
    Duration cooldown,
    double leastCoverage,
    double leastMeasuredShare,
    long leastTokens)
    implements Serializable {

  /** Sums of a series among which one false alarm is shared, as far as they are independent. */
  private static final double SUMS = 3;

  /** At most one false alarm in 30 days of 10,000 series: 2.6e9 windows. */
  public static final Tuning DEFAULT =
      new Tuning(
          180,
          2.6e9,
          0.025,
          Duration.ofHours(24),
          Duration.ofMinutes(30),
          Duration.ofHours(24),
          Duration.ofMinutes(10),
          0.9,
          0.8,
          200);

  public Tuning {
    if (warmUpWindows < Watch.FIRST_WINDOWS) {
      throw new IllegalArgumentException(
          "warmUpWindows is " + warmUpWindows + "; a reference needs " + Watch.FIRST_WINDOWS);
    }
    if (!(quietWindows >= 100)) {
      throw new IllegalArgumentException("quietWindows is " + quietWindows + "; at least 100");
    }
    if (!(minSize > 0 && minSize <= 0.5)) {
      throw new IllegalArgumentException("minSize is " + minSize + "; it must be in (0, 0.5]");
    }
  }

  public Tuning withWarmUpWindows(int windows) {
    return new Tuning(
        windows,
        quietWindows,
        minSize,
        improved,
        gone,
        unjudged,
        cooldown,
        leastCoverage,
        leastMeasuredShare,
        leastTokens);
  }

  public Tuning withQuietWindows(double windows) {
    return new Tuning(
        warmUpWindows,
        windows,
        minSize,
        improved,
        gone,
        unjudged,
        cooldown,
        leastCoverage,
        leastMeasuredShare,
        leastTokens);
  }

  /**
   * The height that a cumulative sum of log-likelihood ratios must reach. Its mean time between
   * false alarms is at least e^height windows (Lorden 1971, theorem 2), 2 / d^2 e^(1.166 d) times
   * as many for a shift of d standard deviations (Siegmund 1985, 2.6). A series has two such sums
   * for each of at most three measures, correlated; simulation gives the factor: QuietTest.
   */
  double threshold() {
    return Math.log(quietWindows * SUMS);
  }
}
