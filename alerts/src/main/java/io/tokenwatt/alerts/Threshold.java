package io.tokenwatt.alerts;

/**
 * What a value is compared with. A value equal to the bound is fine either way.
 *
 * @param bound finite, in the unit of the rule's value
 */
public record Threshold(Side side, double bound) {
  /** On which side of the bound it is bad. */
  public enum Side {
    ABOVE,
    BELOW
  }

  /** Whether the value is bad; NaN is not known and so never is. */
  public boolean passedBy(double value) {
    return switch (side) {
      case ABOVE -> value > bound;
      case BELOW -> value < bound;
    };
  }

  /** Such as "&gt; 0.3". */
  @Override
  public String toString() {
    return (side == Side.ABOVE ? "> " : "< ") + NumberText.of(bound);
  }
}
