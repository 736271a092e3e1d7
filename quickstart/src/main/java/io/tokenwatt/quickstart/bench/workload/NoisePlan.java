package io.tokenwatt.quickstart.bench.workload;

/**
 * @param sigma standard deviation of the logarithm per 10 s window
 * @param phi correlation of one window with the next, in [0, 1)
 * @param heavyTails whether single windows stray by 3 to 8 sigma now and then
 */
public record NoisePlan(double sigma, double phi, boolean heavyTails) {
  /** One window in so many strays. */
  static final int RARE = 600;

  static final double LEAST_STRAY = 3;
  static final double MOST_STRAY = 8;
  private static final int WIDTHS = 40;

  /**
   * At most so much tells a window of a step: its Kullback-Leibler information in nats. Of normal
   * noise that is exact. Where windows stray, a step of their size tells little more than that
   * straying is rare: by the log sum inequality at most -ln(weight) of any slice of the strays, and
   * what is left from there to the step (Cover and Thomas, Elements of Information Theory, 2.7).
   *
   * @param shift of this window's innovation by the step, log scale
   * @param deviation of the innovation without one
   */
  public double information(double shift, double deviation) {
    double least = shift * shift / (2 * deviation * deviation);
    if (!heavyTails || shift <= 0) {
      return least;
    }
    double range = (MOST_STRAY - LEAST_STRAY) * sigma;
    for (int i = 1; i <= WIDTHS; i++) {
      double width = range * i / WIDTHS;
      double low = LEAST_STRAY * sigma + width / 2;
      double high = MOST_STRAY * sigma - width / 2;
      double left = shift - Math.max(low, Math.min(high, shift));
      double rest = (left * left + width * width / 12) / (2 * deviation * deviation);
      least = Math.min(least, rest + Math.log(2 * RARE * range / width));
    }
    return least;
  }
}
