package io.tokenwatt.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 1.5s}, {@code 5m}, {@code 2h}, {@code 7d}.
 */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s?([a-z]+)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L);

  private DurationText() {}

  /**
   * Exact to the nanosecond, never negative.
   *
   * @throws IllegalArgumentException without a unit, below a nanosecond or beyond 292 years
   */
  public static Duration parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    Long unit = form.matches() ? NANOS.get(form.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("expected a duration such as 500ms, 1s, 5m or 7d");
    }
    try {
      BigDecimal nanos = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
      return Duration.ofNanos(nanos.longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("expected a duration of 1ns to 292 years", e);
    }
  }

  /** The shortest form that {@link #parse} reads back, in one whole unit. */
  public static String of(Duration duration) {
    long nanos = duration.toNanos();
    for (String unit : new String[] {"d", "h", "m", "s", "ms", "us"}) {
      if (nanos != 0 && nanos % NANOS.get(unit) == 0) {
        return nanos / NANOS.get(unit) + unit;
      }
    }
    return nanos == 0 ? "0s" : nanos + "ns";
  }
}
