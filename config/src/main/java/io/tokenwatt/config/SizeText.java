package io.tokenwatt.config;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes as people write them: {@code 512B}, {@code 16MiB} (2^20), {@code 10MB} (10^6). */
public final class SizeText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s?([A-Za-z]+)");
  private static final Map<String, Long> BYTES =
      Map.of(
          "B", 1L,
          "kB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40);

  private SizeText() {}

  /**
   * Whole bytes, never negative.
   *
   * @throws IllegalArgumentException without a unit, with a part of a byte or beyond 2^63 - 1
   */
  public static long parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    Long unit = form.matches() ? BYTES.get(form.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("expected a size such as 512B, 64KiB, 16MiB or 10MB");
    }
    try {
      return new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("expected a whole number of bytes below 2^63", e);
    }
  }
}
