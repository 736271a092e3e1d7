package io.tokenwatt.quickstart.fleet.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Numbers as Python's prometheus_client writes them: every value is a float; from a million on it
 * takes Go's exponent form, whose exponent is "+0" and the number, even for two digits
 * (prometheus_client/utils.py, floatToGoString).
 */
final class PythonNumbers {
  private PythonNumbers() {}

  /** A count. */
  static void putCount(TextOut out, long count) {
    if (count < 1_000_000) {
      out.putLong(count);
      out.put(".0");
    } else {
      putDecimal(out, BigDecimal.valueOf(count));
    }
  }

  /** {@code units} / {@code scale}, exactly; scale is 1 or 1,000,000. */
  static void putScaled(TextOut out, long units, int scale) {
    if (scale == 1) {
      putCount(out, units);
    } else {
      putDecimal(out, BigDecimal.valueOf(units, 6));
    }
  }

  /** Any non-negative double, with the fewest digits that give it back. */
  static void putDouble(TextOut out, double value) {
    putDecimal(out, BigDecimal.valueOf(value));
  }

  /** A bucket's bound in its label. */
  static String bound(double bound) {
    TextOut out = new TextOut(16);
    putDouble(out, bound);
    return new String(out.toBytes(), StandardCharsets.US_ASCII);
  }

  private static void putDecimal(TextOut out, BigDecimal value) {
    if (value.signum() == 0) {
      out.put("0.0");
      return;
    }
    if (value.compareTo(BigDecimal.valueOf(1, 4)) < 0) {
      putSmall(out, value);
      return;
    }
    String plain = value.stripTrailingZeros().toPlainString();
    String python = plain.indexOf('.') < 0 ? plain + ".0" : plain;
    int dot = python.indexOf('.');
    if (dot <= 6) {
      out.put(python);
    } else {
      String digits = python.substring(1, dot) + python.substring(dot + 1);
      out.put(stripZerosAndDots(python.charAt(0) + "." + digits));
      out.put("e+0" + (dot - 1));
    }
  }

  /** Python's repr below 0.0001: 3.7e-05. */
  private static void putSmall(TextOut out, BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    BigDecimal mantissa =
        stripped.scaleByPowerOfTen(-exponent).setScale(16, RoundingMode.HALF_EVEN);
    out.put(mantissa.stripTrailingZeros().toPlainString());
    out.put(exponent > -10 ? "e-0" + -exponent : "e" + exponent);
  }

  private static String stripZerosAndDots(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '0' || text.charAt(end - 1) == '.')) {
      end--;
    }
    return text.substring(0, end);
  }
}
