package io.tokenwatt.storage.report;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * The time a report is asked about: whole UTC hours, because prices hold from whole hours.
 *
 * @param since inclusive
 * @param until exclusive, after since
 */
public record Span(Instant since, Instant until) {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration USUAL = Duration.ofDays(30);

  public Span {
    if (!since.isBefore(until)) {
      throw new IllegalArgumentException("--from " + since + " is not before --to " + until);
    }
  }

  /**
   * From the options. A start inside an hour is taken back to its beginning, an end inside an hour
   * on to the next. Nothing given: the 30 days up to {@code now}.
   *
   * @throws IllegalArgumentException saying which option is wrong and how it is written
   */
  static Span of(Optional<String> from, Optional<String> to, Optional<String> last, Instant now) {
    if (from.isPresent() && last.isPresent()) {
      throw new IllegalArgumentException("give --from or --last, not both");
    }
    Instant end = to.map(text -> time("--to", text)).orElse(now);
    Instant start =
        from.map(text -> time("--from", text))
            .orElseGet(() -> end.minus(last.map(Span::length).orElse(USUAL)));
    Instant until = end.truncatedTo(ChronoUnit.HOURS);
    return new Span(
        start.truncatedTo(ChronoUnit.HOURS), until.equals(end) ? until : until.plus(HOUR));
  }

  long hours() {
    return Duration.between(since, until).toHours();
  }

  private static Instant time(String option, String text) {
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          option + " is a UTC day or time, 2026-11-01 or 2026-11-01T13:00:00Z, not " + text, e);
    }
  }

  private static Duration length(String text) {
    if (!text.matches("[1-9][0-9]{0,4}[hd]")) {
      throw new IllegalArgumentException("--last is hours or days, 12h or 30d, not " + text);
    }
    String number = text.substring(0, text.length() - 1);
    boolean days = text.toLowerCase(Locale.ROOT).endsWith("d");
    return days
        ? Duration.ofDays(Long.parseLong(number))
        : Duration.ofHours(Long.parseLong(number));
  }
}
