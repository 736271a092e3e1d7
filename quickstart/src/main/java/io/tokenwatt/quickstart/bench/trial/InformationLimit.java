package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.quickstart.bench.workload.NoisePlan;

/**
 * When the windows of one trial together tell as much of its step as a test of so few false alarms
 * needs: their Kullback-Leibler information reaches the logarithm of the windows between two false
 * alarms (to first order the mean delay of the best of all tests, Lorden 1971, theorem 3), for
 * whoever knows level, noise, size and load. A window tells of the part of it that lies after the
 * step; one without tokens, or unseen, tells nothing. Not thread-safe.
 */
final class InformationLimit {
  private final NoisePlan noise;
  private final double needed;
  private double told;
  private double before;
  private boolean follows;
  private long reachedMs = Long.MAX_VALUE;

  /**
   * @param noise of the one measure that shows the step best
   * @param quietWindows mean windows between two false alarms
   */
  InformationLimit(NoisePlan noise, double quietWindows) {
    this.noise = noise;
    this.needed = Math.log(quietWindows);
  }

  /**
   * A window, in order.
   *
   * @param shift of its logarithm, at most the step's
   * @param seen whether tokens were counted in it
   */
  void window(long endMs, double shift, boolean seen) {
    if (seen) {
      double phi = noise.phi();
      double next = noise.sigma() * Math.sqrt(1 - phi * phi);
      told +=
          follows
              ? noise.information(shift - phi * before, next)
              : noise.information(shift, noise.sigma());
      if (told >= needed) {
        reachedMs = Math.min(reachedMs, endMs);
      }
    }
    follows = seen;
    before = shift;
  }

  /** End of the window that tells enough; Long.MAX_VALUE = none did. */
  long reachedMs() {
    return reachedMs;
  }
}
