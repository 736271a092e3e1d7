package io.tokenwatt.collectors.exporters;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * From an exporter's unit to ours: {@code round(value × factor)}, half to even, of the exact
 * decimal product of the value as printed and the factor as written. 112.252 W × 1000 is 112252 mW.
 */
record Scale(BigDecimal factor, double approximate) {
  static final Scale ONE = new Scale(BigDecimal.ONE, 1);
  private static final double LONG_LIMIT = 0x1p63;

  /** A positive decimal such as 1000, 0.001 or 1e-9. */
  static Scale of(String text) {
    BigDecimal factor = decimal(text);
    if (factor.signum() <= 0 || !isOrdinary(factor)) {
      throw new IllegalArgumentException("expected a positive decimal such as 1000 or 0.001");
    }
    return new Scale(factor, factor.doubleValue());
  }

  /** From 1e-30 to 1e30 in size: exact arithmetic with 1e999999999 would fill the memory. */
  static boolean isOrdinary(BigDecimal number) {
    return Math.abs((long) number.precision() - number.scale()) <= 30;
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("expected a positive decimal such as 1000 or 0.001", e);
    }
  }

  boolean isOne() {
    return factor.compareTo(BigDecimal.ONE) == 0;
  }

  /** The result fits a long. False for NaN and infinities. */
  boolean fits(double value) {
    return Math.abs(value * approximate) < LONG_LIMIT;
  }

  /** Call only where {@link #fits}. */
  long apply(double value) {
    double product = value * approximate;
    double nearest = Math.rint(product);
    // The product is off by less than 2^-51 of itself: where no tie is that near, rounding is sure.
    if (0.5 - Math.abs(product - nearest) > Math.abs(product) * 0x1p-50) {
      return (long) nearest;
    }
    return exact(value);
  }

  private long exact(double value) {
    // Double.toString gives back the digits the exporter printed, where it printed 15 or fewer.
    return new BigDecimal(Double.toString(value))
        .multiply(factor)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
