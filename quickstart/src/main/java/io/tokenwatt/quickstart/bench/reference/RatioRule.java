package io.tokenwatt.quickstart.bench.reference;

/** A {@link RuleVariant} at one series: when it begins to fire. Not thread-safe. */
public final class RatioRule {
  private final RuleVariant variant;
  private final RatioSeries ratio;
  private int pending;

  public RatioRule(RuleVariant variant) {
    this.variant = variant;
    this.ratio = new RatioSeries(variant);
  }

  public RuleVariant variant() {
    return variant;
  }

  /**
   * The next window; 0 and 0 for one that is missing.
   *
   * @return whether the alert begins to fire at its end
   */
  public boolean next(double joules, double tokens) {
    boolean above = ratio.next(joules, tokens) > variant.factor();
    pending = above ? pending + 1 : 0;
    // Pending from the first window above; firing when it has been so for the whole time.
    return pending == variant.pending() + 1;
  }
}
