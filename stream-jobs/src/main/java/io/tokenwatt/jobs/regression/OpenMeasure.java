package io.tokenwatt.jobs.regression;

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

  final Watch watch;
  private final MeasureState s;
  private final Tuning tuning;

  OpenMeasure(Watch watch, Tuning tuning) {
    this.watch = watch;
    this.s = watch.state;
    this.tuning = tuning;
  }

  /** From the windows since the change; the first may lie before it in part. */
  void begin(long sinceMs) {
    s.worse = false;
    s.openWindows = 0;
    s.openResidual = 0;
    s.openObserved = 0;
    s.openExpected = 0;
    s.openDenominator = 0;
    s.openMs = 0;
    s.openError = 0;
    s.recovery = 0;
    s.recoveryWindows = 0;
    if (!watch.reference.exists() || watch.state.learned < Watch.FIRST_WINDOWS) {
      return;
    }
    int first = 0;
    while (first < watch.held.size() && watch.held.get(first).startMs() < sinceMs) {
      first++;
    }
    for (int i = Math.min(first + 1, watch.held.size() - 1); i >= 0 && i < watch.held.size(); i++) {
      Observation o = watch.held.get(i);
      if (o.startMs() >= sinceMs) {
        double expected = watch.reference.expected(o);
        add(o, expected, o.y() - expected, watch.reference.standardError(o));
      }
    }
  }

  /** A further judged window. */
  void add(Watch.Reading r) {
    recover(r);
    if (s.recovery < RECOVERED / 2) {
      add(r.observation(), r.expected(), r.residual(), r.error());
    }
    s.worse |= isWorse();
  }

  /** A further window of a load never seen. */
  void guess(Watch.Reading r) {
    if (!Double.isNaN(r.expected())) {
      add(r.observation(), r.expected(), r.residual(), r.error());
    }
  }

  private void add(Observation o, double expected, double residual, double error) {
    double keep = s.openWindows < MEMORY ? 1 : 1 - 1 / MEMORY;
    s.openWindows = s.openWindows * keep + 1;
    s.openResidual = s.openResidual * keep + residual;
    s.openObserved = s.openObserved * keep + o.value() * o.denominator();
    s.openExpected = s.openExpected * keep + Math.exp(expected) * o.denominator();
    s.openDenominator = s.openDenominator * keep + o.denominator();
    s.openMs = s.openMs * keep + (o.endMs() - o.startMs());
    s.openError = s.openError * keep + error;
    s.openLoad = o.load();
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
    return s.openWindows > 0;
  }

  boolean isWorse() {
    return known() && mean() > Math.max(tuning.minSize(), ERRORS * error());
  }

  /** Mean residual, log scale. */
  double mean() {
    return known() ? s.openResidual / s.openWindows : 0;
  }

  /** Standard error of the mean: scatter and what the reference does not know. */
  double error() {
    double scatter = watch.noise.sd(s.openLoad) * watch.noise.longRun(s.openLoad);
    double known = s.openError / s.openWindows;
    return Math.sqrt(scatter * scatter / s.openWindows + known * known);
  }

  double sigma() {
    return mean() / error();
  }

  double expected() {
    return s.openExpected / s.openDenominator;
  }

  double observed() {
    return s.openObserved / s.openDenominator;
  }

  double size() {
    return s.openObserved / s.openExpected - 1;
  }

  /** What a day at the rate of these windows takes more than expected, in units x tokens. */
  double extraPerDay() {
    return (s.openObserved - s.openExpected) / s.openMs * 86_400_000.0;
  }
}
