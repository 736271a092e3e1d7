package io.tokenwatt.alerts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers for people and for JSON: four significant digits, never 1.2E-4, never 3.0. */
public final class NumberText {
  private static final MathContext DIGITS = new MathContext(4);

  private NumberText() {}

  public static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    // Whole numbers are counts and seconds; those keep all their digits.
    BigDecimal shown =
        Math.abs(value) >= 1000 ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(DIGITS);
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }
}
