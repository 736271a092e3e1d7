package io.tokenwatt.quickstart.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for people: three significant digits, and a dash for what is not known. */
final class Numbers {
  static final String UNKNOWN = "–";

  private static final MathContext THREE = new MathContext(3);

  private Numbers() {}

  /** 0.0123, 4.57, 12.3, 1230. */
  static String significant(Double value) {
    if (value == null || !Double.isFinite(value)) {
      return UNKNOWN;
    }
    BigDecimal rounded = new BigDecimal(value).round(THREE);
    boolean large = rounded.abs().compareTo(BigDecimal.valueOf(1000)) >= 0;
    return large || rounded.scale() < 0 ? whole(value) : rounded.toPlainString();
  }

  static String whole(Double value) {
    return value == null || !Double.isFinite(value)
        ? UNKNOWN
        : String.format(Locale.ROOT, "%.0f", value);
  }

  /** Rounded down: 99.96 % is not all. */
  static String percent(Double share) {
    return share == null ? UNKNOWN : (long) Math.floor(share * 100 + 1e-9) + " %";
  }

  static String dollars(Double usd) {
    return usd == null ? UNKNOWN : "$" + significant(usd);
  }

  /**
   * @param floor shown as "> floor" where there is no value
   */
  static String seconds(Double value, Double floor) {
    if (value == null) {
      return floor == null ? UNKNOWN : "> " + seconds(floor, null);
    }
    return value < 1 ? significant(value * 1000) + " ms" : significant(value) + " s";
  }
}
