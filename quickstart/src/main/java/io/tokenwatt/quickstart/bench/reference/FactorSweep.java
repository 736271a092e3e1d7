package io.tokenwatt.quickstart.bench.reference;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How many alarms a rule would have given at each of many factors, in one pass over quiet series:
 * what factor a false alarm rate costs. Not thread-safe.
 */
public final class FactorSweep {
  private static final int FACTORS = 320;
  private static final double STEP = 1.01;
  private static final double FIRST = 1.02;

  private final RuleVariant variant;
  private final double[] factors = new double[FACTORS];
  private final long[] alarms = new long[FACTORS];
  private int[] pending = new int[FACTORS];
  private RatioSeries ratio;
  private int highest;

  public FactorSweep(RuleVariant variant) {
    this.variant = variant;
    Arrays.setAll(factors, i -> FIRST * Math.pow(STEP, i));
  }

  public RuleVariant variant() {
    return variant;
  }

  /** Another series begins. */
  public void begin() {
    ratio = new RatioSeries(variant);
    pending = new int[FACTORS];
    highest = 0;
  }

  /** The next window of the series; 0 and 0 for one that is missing. */
  public void next(double joules, double tokens) {
    double now = ratio.next(joules, tokens);
    int i = 0;
    while (i < FACTORS && now > factors[i]) {
      if (++pending[i] == variant.pending() + 1) {
        alarms[i]++;
      }
      i++;
    }
    int above = i;
    for (; i < highest; i++) {
      pending[i] = 0;
    }
    highest = above;
  }

  /** Alarms at the smallest factor of the sweep that is not below the given one. */
  public long alarmsAt(double factor) {
    int i = 0;
    while (i < FACTORS - 1 && factors[i] < factor) {
      i++;
    }
    return alarms[i];
  }

  /** The smallest factor that gives at most so many alarms; empty if none of the sweep does. */
  public OptionalDouble factorFor(long most) {
    for (int i = FACTORS - 1; i >= 0; i--) {
      if (alarms[i] > most) {
        return i == FACTORS - 1 ? OptionalDouble.empty() : OptionalDouble.of(factors[i + 1]);
      }
    }
    return OptionalDouble.of(factors[0]);
  }
}
