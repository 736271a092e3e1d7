package io.tokenwatt.quickstart.fleet.text;

import java.math.BigDecimal;

/**
 * Numbers as Go's Prometheus client writes them: the shortest digits that give the value back, in
 * exponent form from 10^6 on (strconv's format 'g').
 */
final class GoNumbers {
  private GoNumbers() {}

  static void putLong(TextOut out, long value) {
    put(out, BigDecimal.valueOf(value));
  }

  /** A non-negative number; as many digits as it takes. */
  static void putDouble(TextOut out, double value) {
    put(out, BigDecimal.valueOf(value));
  }

  static void put(TextOut out, BigDecimal value) {
    if (value.signum() == 0) {
      out.put('0');
      return;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    if (exponent >= -4 && exponent < 6) {
      out.put(stripped.toPlainString());
      return;
    }
    String digits = stripped.unscaledValue().toString();
    out.put(digits.charAt(0));
    if (digits.length() > 1) {
      out.put('.');
      out.put(digits.substring(1));
    }
    out.put(exponent < 0 ? "e-" : "e+");
    int size = Math.abs(exponent);
    out.put(size < 10 ? "0" + size : String.valueOf(size));
  }
}
