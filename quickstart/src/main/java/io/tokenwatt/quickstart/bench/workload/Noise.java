package io.tokenwatt.quickstart.bench.workload;

import java.util.SplittableRandom;

/**
 * Noise of a logarithm that remembers: AR(1) with rare outliers. Draws are of {@code sigma} per 10
 * s window and of correlation {@code phi} between neighbours, at any tick. Not thread-safe.
 *
 * <p>Source: x' = phi x + sigma sqrt(1 - phi^2) z. An outlier (one tick in {@link NoisePlan#RARE})
 * adds 3 to 8 sigma of either sign to this tick alone, as a late scrape or a garbage collection
 * does.
 */
final class Noise {
  private static final double STRAYS = NoisePlan.MOST_STRAY - NoisePlan.LEAST_STRAY;

  private final double sigma;
  private final double phi;
  private final double innovation;
  private final boolean heavyTails;
  private final SplittableRandom random;
  private double state;

  Noise(NoisePlan plan, long tickMs, SplittableRandom random) {
    this.sigma = plan.sigma();
    this.phi = Math.pow(plan.phi(), tickMs / (double) Trace.SLOT_MS);
    this.innovation = sigma * Math.sqrt(1 - phi * phi);
    this.heavyTails = plan.heavyTails();
    this.random = random;
    this.state = sigma * random.nextGaussian();
  }

  /** The next factor, about 1. */
  double next() {
    state = phi * state + innovation * random.nextGaussian();
    double now = state;
    if (heavyTails && random.nextInt(NoisePlan.RARE) == 0) {
      double size = sigma * (NoisePlan.LEAST_STRAY + STRAYS * random.nextDouble());
      now += random.nextBoolean() ? size : -size;
    }
    // e^x to second order: the error is x^3 / 6, 1e-4 at four sigma of 2 %
    return 1 + now + now * now / 2;
  }
}
