package io.tokenwatt.storage.load;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * How a field of a CSV is written and what it becomes: String, Instant, BigDecimal, Long, Boolean,
 * Double, a list of strings, or null where {@link #nullable()}.
 */
public enum FieldType {
  /** Few different values: LowCardinality(String). */
  NAME("LowCardinality(String)"),
  TEXT("String"),
  CURRENCY("LowCardinality(String)"),
  HOUR("DateTime('UTC')"),
  HOUR_OR_NONE("Nullable(DateTime('UTC'))"),
  AMOUNT("Decimal(18, 6)"),
  SIGNED_AMOUNT("Decimal(18, 6)"),
  AMOUNT_OR_NONE("Nullable(Decimal(18, 6))"),
  RATE("Decimal(18, 9)"),
  WHOLE("Int64"),
  WHOLE_OR_NONE("Nullable(Int64)"),
  MONTHS_OR_NONE("Nullable(UInt32)"),
  FLAG("Bool"),
  /** Not negative, at most six decimals. */
  REAL("Float64"),
  REAL_OR_NONE("Nullable(Float64)"),
  /** Names separated by spaces. */
  NAMES("Array(String)");

  private final String type;

  FieldType(String type) {
    this.type = type;
  }

  /** ClickHouse's type of the column. */
  public String columnType() {
    return type;
  }

  public boolean nullable() {
    return type.startsWith("Nullable");
  }

  int decimals() {
    return this == RATE ? 9 : 6;
  }

  /**
   * @throws IllegalArgumentException saying what the text should look like
   */
  Object parse(String text) {
    if (text.isEmpty() && nullable()) {
      return null;
    }
    return switch (this) {
      case NAME, TEXT -> text;
      case CURRENCY -> currency(text);
      case HOUR, HOUR_OR_NONE -> hour(text);
      case AMOUNT, AMOUNT_OR_NONE, RATE -> notNegative(number(text));
      case SIGNED_AMOUNT -> number(text);
      case WHOLE, WHOLE_OR_NONE, MONTHS_OR_NONE -> whole(text);
      case FLAG -> flag(text);
      case REAL, REAL_OR_NONE -> notNegative(number(text)).doubleValue();
      case NAMES -> text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    };
  }

  private static String currency(String text) {
    if (!text.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException(
          "is a currency of three capitals such as EUR, not " + text);
    }
    return text;
  }

  private static Instant hour(String text) {
    Instant time;
    try {
      time =
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "is a UTC time such as 2026-01-01 or 2026-01-01T06:00:00Z, not " + text, e);
    }
    if (Math.floorMod(time.getEpochSecond(), 3600L) != 0 || time.getNano() != 0) {
      throw new IllegalArgumentException("is a whole UTC hour, not " + text);
    }
    if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("2105-01-01T00:00:00Z"))) {
      throw new IllegalArgumentException("lies between 1970 and 2105, not " + text);
    }
    return time;
  }

  private BigDecimal number(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a number: " + text, e);
    }
    if (number.stripTrailingZeros().scale() > decimals()) {
      throw new IllegalArgumentException("has at most " + decimals() + " decimals: " + text);
    }
    if (number.abs().compareTo(new BigDecimal("999999999")) > 0) {
      throw new IllegalArgumentException("is at most 999999999, not " + text);
    }
    return number.setScale(decimals());
  }

  private static BigDecimal notNegative(BigDecimal number) {
    if (number.signum() < 0) {
      throw new IllegalArgumentException("is not negative: " + number.toPlainString());
    }
    return number;
  }

  private static Long whole(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("is a whole number, not " + text);
    }
    return Long.valueOf(text);
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new IllegalArgumentException("is true or false, not " + text);
    };
  }
}
