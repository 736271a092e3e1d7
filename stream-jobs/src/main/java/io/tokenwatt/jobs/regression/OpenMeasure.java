package io.tokenwatt.jobs.regression;

import java.util.Arrays;

/**
 * What an open regression does to one measure: sums over its windows, the last {@link #MEMORY} of
 * them, and whether it is over.
 */
final class OpenMeasure {
  private static final double MEMORY = 30;

  /** Log-likelihood ratio for "as before" against "still worse" that ends a regression. */
  private static final double RECOVERED = 9;

  private static final int RECOVERED_WINDOWS = 6;
  private static final double CLIP = 3;
  private static final double MOST_SHIFT = 1.5;
  private static final double KNOWN = 0.015;
  private static final double ERRORS = 3;

  private static final int WINDOWS = 0;
  private static final int RESIDUAL = 1;
  private static final int OBSERVED = 2;
  private static final int EXPECTED = 3;
  private static final int DENOMINATOR = 4;
  private static final int MS = 5;
  private static final int ERROR = 6;

  /** Of squared weights: how many windows of equal weight they are worth (Kish 1965). */
  private static final int SQUARES = 7;

  private static final int SUMS = 8;

  /** Two-sided 95 % of a normal variable. */
  private static final double INTERVAL = 1.96;

  final Watch watch;
  private final MeasureState s;
  private final Tuning tuning;

  OpenMeasure(Watch watch, Tuning tuning) {
    this.watch = watch;
    this.s = watch.state;
    this.tuning = tuning;
    s.sums = grown(s.sums);
    s.after = grown(s.after);
  }

  /** Of a state before weights were squared: as if each window had counted in full. */
  private static double[] grown(double[] sums) {
    if (sums == null || sums.length == SUMS) {
      return sums;
    }
    double[] grown = Arrays.copyOf(sums, SUMS);
    grown[SQUARES] = grown[WINDOWS];
    return grown;
  }

  /** From the windows since the change; the first may lie before it in part. */
  void begin(long sinceMs) {
    s.worse = false;
    s.sums = new double[SUMS];
    s.after = null;
    s.recovery = 0;
    s.recoveryWindows = 0;
    if (!watch.reference.exists() || watch.state.learned < Watch.FIRST_WINDOWS) {
      return;
    }
    int first = 0;
    while (first < watch.held.size() && watch.held.get(first).startMs() < sinceMs) {
      first++;
    }
    s.broken = true;
    for (int i = first; i < watch.held.size(); i++) {
      Observation o = watch.held.get(i);
      double expected = watch.reference.expected(o);
      add(s.sums, o, expected, o.y() - expected, watch.reference.standardError(o));
    }
  }

  /**
   * A further judged window. Of what is worse, windows that may lie after the end are kept apart:
   * they tell of the size only if it turns out that nothing has ended.
   */
  void add(Watch.Reading r) {
    recover(r);
    if (s.worse && s.recovery > 0) {
      s.after = s.after == null ? new double[SUMS] : s.after;
      add(s.after, r.observation(), r.expected(), r.residual(), r.error());
    } else {
      settle();
      add(s.sums, r.observation(), r.expected(), r.residual(), r.error());
    }
    s.worse |= isWorse();
  }

  /** It was not over. */
  private void settle() {
    if (s.after == null) {
      return;
    }
    double keep = Math.max(0, 1 - s.after[WINDOWS] / MEMORY);
    boolean full = s.sums[WINDOWS] + s.after[WINDOWS] > MEMORY;
    for (int i = 0; i < SUMS; i++) {
      s.sums[i] = s.sums[i] * (full ? faded(i, keep) : 1) + s.after[i];
    }
    s.after = null;
  }

  /** A further window of a load never seen. */
  void guess(Watch.Reading r) {
    add(s.sums, r.observation(), r.expected(), r.residual(), r.error());
  }

  /**
   * A window counts as far as its expectation is known, by the inverse of its variance; not at all
   * where the curve leaves what is possible.
   */
  private void add(double[] to, Observation o, double expected, double residual, double error) {
    if (Double.isNaN(expected)) {
      return;
    }
    mend(to);
    double weight = Math.min(1, KNOWN * KNOWN / (error * error));
    double keep = to[WINDOWS] < MEMORY ? 1 : 1 - weight / MEMORY;
    for (int i = 0; i < SUMS; i++) {
      to[i] *= faded(i, keep);
    }
    to[WINDOWS] += weight;
    to[SQUARES] += weight * weight;
    to[RESIDUAL] += weight * residual;
    to[OBSERVED] += weight * o.value() * o.denominator();
    to[EXPECTED] += weight * Math.exp(expected) * o.denominator();
    to[DENOMINATOR] += weight * o.denominator();
    to[MS] += weight * (o.endMs() - o.startMs());
    to[ERROR] += weight * error;
    s.openLoad = o.load();
  }

  /** Forgets the window into which the change fell as soon as there is a whole one. */
  private void mend(double[] to) {
    if (s.broken && to == s.sums && to[WINDOWS] > 0) {
      Arrays.fill(to, 0);
      s.broken = false;
    }
  }

  private static double faded(int sum, double keep) {
    return sum == SQUARES ? keep * keep : keep;
  }

  /** Evidence that the measure is back: its mean 0 against twice the middle (Page 1954). */
  private void recover(Watch.Reading r) {
    double mean = mean();
    if (r.error() > Math.max(KNOWN, mean / 4)) {
      return;
    }
    double middle = Math.max(tuning.minSize() / 2, Math.min(tuning.minSize(), mean / 4));
    double load = r.observation().load();
    double sd = watch.noise.sd(load);
    double phi = r.follows() ? watch.noise.correlation(load) : 0;
    double v = Math.max(-CLIP, Math.min(CLIP, r.v() - (1 - phi) * middle / sd));
    double d = Math.min(2 * middle / (sd * watch.noise.longRun(load)), MOST_SHIFT);
    s.recovery = Math.max(0, s.recovery - d * v);
    s.recoveryWindows = s.recovery > 0 ? s.recoveryWindows + 1 : 0;
  }

  boolean recovered() {
    return s.recovery >= RECOVERED && s.recoveryWindows >= RECOVERED_WINDOWS;
  }

  boolean known() {
    return s.sums != null && s.sums[WINDOWS] > 0;
  }

  boolean isWorse() {
    return known() && mean() > Math.max(tuning.minSize(), ERRORS * error());
  }

  double windows() {
    return s.sums[WINDOWS];
  }

  /** Mean residual, log scale. */
  double mean() {
    return known() ? s.sums[RESIDUAL] / s.sums[WINDOWS] : 0;
  }

  /** Standard error of the mean: scatter and what the reference does not know. */
  double error() {
    double windows = Math.max(1, s.sums[WINDOWS] * s.sums[WINDOWS] / s.sums[SQUARES]);
    double scatter = watch.noise.meanError(s.openLoad, windows);
    double known = s.sums[ERROR] / s.sums[WINDOWS];
    return Math.sqrt(scatter * scatter + known * known);
  }

  double sigma() {
    return mean() / error();
  }

  double expected() {
    return s.sums[EXPECTED] / s.sums[DENOMINATOR];
  }

  double observed() {
    return s.sums[OBSERVED] / s.sums[DENOMINATOR];
  }

  double size() {
    return s.sums[OBSERVED] / s.sums[EXPECTED] - 1;
  }

  /** Lower end of the size's 95 % interval. */
  double sizeLow() {
    return Math.expm1(Math.log1p(size()) - INTERVAL * error());
  }

  /** Upper end of it. */
  double sizeHigh() {
    return Math.expm1(Math.log1p(size()) + INTERVAL * error());
  }

  /** What a day at the rate of these windows takes more than expected, in units x tokens. */
  double extraPerDay() {
    return (s.sums[OBSERVED] - s.sums[EXPECTED]) / s.sums[MS] * 86_400_000.0;
  }

  /** Lower end of its 95 % interval. */
  double extraPerDayLow() {
    return sizeLow() * s.sums[EXPECTED] / s.sums[MS] * 86_400_000.0;
  }
}
