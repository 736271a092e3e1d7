package io.tokenwatt.quickstart.bench.quiet;

/** What a count of rare events says of their rate. */
public final class PoissonBound {
  private static final double HALVINGS = 200;

  private PoissonBound() {}

  /**
   * The exact upper bound (Garwood 1936) of a Poisson mean: at it, {@code count} or fewer events
   * have probability 1 - confidence. 0 events at 0.95: 2.9957.
   *
   * @param confidence in (0, 1)
   */
  public static double upper(long count, double confidence) {
    double low = count;
    double high = count + 10 + 10 * Math.sqrt(count + 1);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (atMost(count, middle) > 1 - confidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double atMost(long count, double mean) {
    double term = Math.exp(-mean);
    double sum = term;
    for (long i = 1; i <= count; i++) {
      term *= mean / i;
      sum += term;
    }
    return sum;
  }
}
