package io.tokenwatt.quickstart.backfill;

import io.tokenwatt.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * From when to when, on the edges of windows.
 *
 * @param fromMs inclusive
 * @param toMs exclusive
 */
record BackfillSpan(long fromMs, long toMs) {
  /** What was just scraped may not be stored yet, and its intervals have not ended. */
  static final Duration SETTLED = Duration.ofMinutes(15);

  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  /**
   * @param from 2026-11-01, 2026-11-01T12:00:00Z, or 30d, 12h, 90m ago
   * @param to the same; "" = the last whole hour. What is told as "ago" counts from there, so that
   *     the same words mean the same span for an hour
   * @throws IllegalArgumentException saying what is wrong
   */
  static BackfillSpan parse(String from, String to, Instant now) {
    Instant latest = now.minus(SETTLED);
    Instant whole = latest.truncatedTo(ChronoUnit.HOURS);
    Instant begin = instant(from, whole);
    Instant end = to.isEmpty() ? whole : instant(to, whole);
    if (end.isAfter(latest)) {
      throw new IllegalArgumentException(
          "--to must lie " + SETTLED.toMinutes() + " minutes back or more");
    }
    BackfillSpan span =
        new BackfillSpan(Window.startOf(begin.toEpochMilli()), Window.startOf(end.toEpochMilli()));
    if (span.fromMs >= span.toMs) {
      throw new IllegalArgumentException("--from must lie before --to");
    }
    return span;
  }

  private static Instant instant(String text, Instant whole) {
    if (text.matches("[1-9][0-9]{0,4}[mhd]")) {
      String number = text.substring(0, text.length() - 1);
      String unit = text.substring(text.length() - 1);
      return whole.minus(
          Duration.parse(
              unit.equals("d")
                  ? "P" + number + "D"
                  : "PT" + number + unit.toUpperCase(java.util.Locale.ROOT)));
    }
    try {
      return text.length() <= 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no time such as 2026-11-01, 2026-11-01T12:00:00Z or 30d", e);
    }
  }

  /** The same for the same span: what is published of it goes on there. */
  String topic() {
    return "tokenwatt.backfill-"
        + COMPACT.format(Instant.ofEpochMilli(fromMs))
        + "-"
        + COMPACT.format(Instant.ofEpochMilli(toMs));
  }

  @Override
  public String toString() {
    return Instant.ofEpochMilli(fromMs) + " to " + Instant.ofEpochMilli(toMs);
  }
}
