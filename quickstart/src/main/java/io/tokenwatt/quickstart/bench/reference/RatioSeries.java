package io.tokenwatt.quickstart.bench.reference;

/**
 * The left side over the right side of a {@link RuleVariant}, window by window: by how much joules
 * per token exceed their trailing mean. Not thread-safe.
 */
final class RatioSeries {
  private final RuleVariant rule;
  private final double[] joules;
  private final double[] tokens;

  /** Joules per token by window, NaN where unknown; a ring that reaches back to the baseline. */
  private final double[] ratios;

  private double joulesNow;
  private double tokensNow;
  private double baselineSum;
  private int baselineCount;
  private long windows;

  RatioSeries(RuleVariant rule) {
    this.rule = rule;
    this.joules = new double[rule.smoothing()];
    this.tokens = new double[rule.smoothing()];
    this.ratios = new double[rule.baseline() + rule.offset() + 1];
    java.util.Arrays.fill(ratios, Double.NaN);
  }

  /**
   * The next window.
   *
   * @return j / baseline; NaN while either is unknown
   */
  double next(double windowJoules, double windowTokens) {
    int slot = (int) (windows % joules.length);
    joulesNow += windowJoules - joules[slot];
    tokensNow += windowTokens - tokens[slot];
    joules[slot] = windowJoules;
    tokens[slot] = windowTokens;
    double j = windowTokens > 0 && tokensNow > 0 ? joulesNow / tokensNow : Double.NaN;
    ratios[(int) (windows % ratios.length)] = j;
    slide(windows - rule.offset(), 1);
    slide(windows - rule.offset() - rule.baseline(), -1);
    windows++;
    // As Prometheus does: a baseline of few samples counts as much as one of many.
    return baselineCount == 0 ? Double.NaN : j / (baselineSum / baselineCount);
  }

  private void slide(long window, int sign) {
    if (window >= 0) {
      double j = ratios[(int) (window % ratios.length)];
      if (!Double.isNaN(j)) {
        baselineSum += sign * j;
        baselineCount += sign;
      }
    }
  }
}
