package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.quickstart.bench.workload.NoisePlan;

/**
 * What no test can be faster than on average, even one that knows level, noise and size: the
 * logarithm of the mean time between false alarms over the Kullback-Leibler information of a window
 * (Lorden 1971, theorem 3). Of a process of first order the first window after a step tells of all
 * of it, each later one of the part (1 - correlation).
 */
final class DelayBound {
  private DelayBound() {}

  /**
   * Whole windows after the change; the one it falls into tells less.
   *
   * @param noise of the one measure that shows it best
   * @param size 0.05 = 5 % more
   * @param quietWindows mean windows between two false alarms
   */
  static double windows(NoisePlan noise, double size, double quietWindows) {
    double shift = Math.log1p(size) / noise.sigma();
    double phi = noise.phi();
    double first = shift * shift / (2 * (1 - phi * phi));
    double later = shift * shift * (1 - phi) / (2 * (1 + phi));
    return Math.max(1, 1 + (Math.log(quietWindows) - first) / later);
  }
}
