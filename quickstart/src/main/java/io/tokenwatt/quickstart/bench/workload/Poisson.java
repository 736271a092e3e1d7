package io.tokenwatt.quickstart.bench.workload;

import java.util.SplittableRandom;

/** Counts of independent events. */
final class Poisson {
  private static final double LARGE = 30;

  private Poisson() {}

  /**
   * @param mean 0 or more; from 30 on a rounded normal draw is taken, whose first two moments agree
   */
  static int draw(double mean, SplittableRandom random) {
    if (mean >= LARGE) {
      return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    int events = 0;
    while (product > limit) {
      product *= random.nextDouble();
      events++;
    }
    return events;
  }
}
