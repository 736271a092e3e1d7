package io.tokenwatt.quickstart.bench.workload;

import java.util.SplittableRandom;

/**
 * Requests that arrive at one series: the trace's rhythm, laid over itself, times the hour of the
 * day and the week, drawn as counts; lengths are those of requests that arrived then. Not
 * thread-safe.
 */
final class Demand {
  private static final double DAY_MS = 86_400_000.0;
  private static final int FEW = 12;
  private static final double WEEKEND = 0.75;

  private final SeriesPlan plan;
  private final SplittableRandom random;
  private final int[] offsets;
  private final double logSwing;
  private long hourUntilMs = Long.MIN_VALUE;
  private double hourFactor;

  int requests;
  double prompts;
  double outputs;

  Demand(SeriesPlan plan, SplittableRandom random) {
    this.plan = plan;
    this.random = random;
    this.offsets = random.ints(plan.copies(), 0, plan.trace().slots()).toArray();
    this.logSwing = Math.log(plan.swing());
  }

  /** Draws what arrives in [fromMs, fromMs + tickMs). */
  void draw(long fromMs, long tickMs, Circumstances now) {
    int slot = (int) Math.floorMod(fromMs / Trace.SLOT_MS, (long) plan.trace().slots());
    double rhythm = 0;
    for (int offset : offsets) {
      rhythm += plan.trace().intensity((slot + offset) % plan.trace().slots());
    }
    double perSecond = plan.peakPerSecond() * now.traffic * hour(fromMs) * rhythm / offsets.length;
    int all = Poisson.draw(perSecond * tickMs / 1_000, random);
    int other = now.otherShare <= 0 ? 0 : (int) Math.round(all * now.otherShare);
    requests = all;
    prompts = 0;
    outputs = 0;
    int lengthsOf = (slot + offsets[0]) % plan.trace().slots();
    add(plan.trace(), lengthsOf, all - other);
    if (other > 0) {
      add(now.otherMix, lengthsOf % now.otherMix.slots(), other);
    }
  }

  private void add(Trace trace, int slot, int n) {
    if (n <= FEW) {
      for (int i = 0; i < n; i++) {
        int request = trace.requestAround(slot, random.nextDouble());
        prompts += trace.prompt(request);
        outputs += trace.output(request);
      }
      return;
    }
    LengthMoments lengths = trace.moments(slot);
    double a = random.nextGaussian();
    double b = random.nextGaussian();
    double c = lengths.correlation();
    double root = Math.sqrt(n);
    prompts += Math.max(n, n * lengths.promptMean() + root * lengths.promptDeviation() * a);
    outputs +=
        Math.max(
            n,
            n * lengths.outputMean()
                + root * lengths.outputDeviation() * (c * a + Math.sqrt(1 - c * c) * b));
  }

  /**
   * 1 at the busiest hour, 1 / swing twelve hours later, geometrically between; less at weekends.
   */
  private double hour(long atMs) {
    if (atMs >= hourUntilMs) {
      double day = atMs / DAY_MS;
      double wave = Math.cos(2 * Math.PI * (day - plan.peakHour() / 24));
      double week = ((long) day + 4) % 7 < 2 ? WEEKEND : 1;
      hourFactor = week * Math.exp(logSwing * (wave - 1) / 2);
      hourUntilMs = atMs + 60_000;
    }
    return hourFactor;
  }
}
