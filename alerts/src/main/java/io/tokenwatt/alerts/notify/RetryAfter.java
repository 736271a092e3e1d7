package io.tokenwatt.alerts.notify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The Retry-After header of RFC 9110 10.2.3: seconds, or a date. Pure. */
final class RetryAfter {
  /** A receiver cannot silence a page for longer than this. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private RetryAfter() {}

  /**
   * @param header null = none
   * @return zero if there is none or it says nothing; at most {@link #LONGEST}
   */
  static Duration of(String header, Instant now) {
    if (header == null) {
      return Duration.ZERO;
    }
    Duration wait = parsed(header.strip(), now);
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private static Duration parsed(String text, Instant now) {
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Duration.between(now, date.toInstant());
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
