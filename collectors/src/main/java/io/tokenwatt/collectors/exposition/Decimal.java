package io.tokenwatt.collectors.exposition;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as exporters write them: decimal with an optional fraction and exponent, or infinity or
 * NaN in any case and with any sign. Not hexadecimal, no underscores, no Java suffixes. The result
 * is bit-identical to {@link Double#parseDouble}.
 */
final class Decimal {

  /** Powers of ten that a double holds exactly. */
  private static final double[] EXACT_TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Every whole number up to here is a double. */
  private static final long MAX_EXACT = 1L << 53;

  /** A long holds any number of so many decimal digits. */
  private static final int MAX_DIGITS = 18;

  private Decimal() {}

  /**
   * The number written in the bytes [from, to).
   *
   * @throws BadLine where it is none
   */
  static double parse(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = at < to && bytes[at] == '-';
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    long mantissa = 0;
    int digits = 0;
    int significant = 0;
    int scale = 0;
    boolean fraction = false;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        digits++;
        scale += fraction ? 1 : 0;
        if (significant > 0 || digit != 0) {
          significant++;
        }
        if (significant <= MAX_DIGITS) {
          mantissa = 10 * mantissa + digit;
        }
      } else if (bytes[at] == '.' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return special(bytes, from, to);
    }
    int exponent = at == to ? 0 : exponent(bytes, at, to);
    if (significant > MAX_DIGITS) {
      return slow(bytes, from, to);
    }
    return compose(negative, mantissa, exponent - scale, bytes, from, to);
  }

  /**
   * One rounding only: both operands are exact, so the quotient or product is the nearest double
   * (W. Clinger, "How to read floating point numbers accurately", 1990).
   */
  private static double compose(
      boolean negative, long mantissa, int power, byte[] bytes, int from, int to) {
    if (mantissa > MAX_EXACT || power < -22 || power > 22) {
      return mantissa == 0 ? (negative ? -0.0 : 0.0) : slow(bytes, from, to);
    }
    double magnitude = power < 0 ? mantissa / EXACT_TENS[-power] : mantissa * EXACT_TENS[power];
    return negative ? -magnitude : magnitude;
  }

  /** The exponent from its letter on, held within ±99,999: far beyond what a double can tell. */
  private static int exponent(byte[] bytes, int from, int to) {
    int at = from + 1;
    if ((bytes[from] | 0x20) != 'e') {
      throw new BadLine("value is not a number");
    }
    boolean negative = at < to && bytes[at] == '-';
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    if (at == to) {
      throw new BadLine("value is not a number");
    }
    int exponent = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw new BadLine("value is not a number");
      }
      exponent = Math.min(99_999, 10 * exponent + digit);
    }
    return negative ? -exponent : exponent;
  }

  /** The JDK reads what is too long or too large for the short way. */
  private static double slow(byte[] bytes, int from, int to) {
    return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /** C++ exporters print NaN with a sign, so the sign is allowed though the formats do not. */
  private static double special(byte[] bytes, int from, int to) {
    boolean signed = from < to && (bytes[from] == '-' || bytes[from] == '+');
    int at = signed ? from + 1 : from;
    if (isWord(bytes, at, to, "nan")) {
      return Double.NaN;
    }
    if (isWord(bytes, at, to, "inf") || isWord(bytes, at, to, "infinity")) {
      return bytes[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    throw new BadLine("value is not a number");
  }

  private static boolean isWord(byte[] bytes, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if ((bytes[i] | 0x20) != word.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }
}
