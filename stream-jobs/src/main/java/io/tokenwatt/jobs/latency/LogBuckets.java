package io.tokenwatt.jobs.latency;

/**
 * Buckets that grow by 2 %: bucket i holds microseconds in (g^(i-1), g^i], g = 1.01/0.99, and
 * stands for 2 g^i / (g + 1), which is within 1 % of all of it. DDSketch's logarithmic mapping
 * (Masson, Rim and Lee, VLDB 2019, section 2.1); below 1 µs everything is bucket 0.
 */
public final class LogBuckets {
  private static final double GAMMA = 1.01 / 0.99;
  private static final double LN_GAMMA = StrictMath.log(GAMMA);

  private LogBuckets() {}

  /**
   * The same on every machine: StrictMath's logarithm.
   *
   * @param micros not negative, finite
   */
  public static int index(double micros) {
    return (int) Math.ceil(StrictMath.log(Math.max(micros, 1)) / LN_GAMMA);
  }

  /** What a bucket stands for, in microseconds. */
  public static double value(int index) {
    return 2 * StrictMath.exp(index * LN_GAMMA) / (GAMMA + 1);
  }
}
