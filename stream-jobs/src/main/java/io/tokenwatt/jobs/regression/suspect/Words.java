package io.tokenwatt.jobs.regression.suspect;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Evidence as people read it: numbers before and after, how many boards, since when (UTC). */
final class Words {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** Such as "SM clock 1980 → 1410 MHz": medians over the shifts. */
  static String change(String name, Collection<Shift> shifts, String unit) {
    return name
        + ' '
        + number(middle(shifts, Shift::before))
        + " → "
        + number(middle(shifts, Shift::after))
        + (unit.isEmpty() ? "" : ' ' + unit);
  }

  static String share(String name, Collection<Shift> shifts) {
    return name
        + ' '
        + number(100 * middle(shifts, Shift::before))
        + " → "
        + number(100 * middle(shifts, Shift::after))
        + " %";
  }

  static String since(long ms) {
    return "since " + CLOCK.format(Instant.ofEpochMilli(ms));
  }

  static String at(long ms) {
    return "at " + CLOCK.format(Instant.ofEpochMilli(ms));
  }

  static String on(int affected, int all, String what) {
    return "on " + affected + " of " + all + ' ' + what + (all == 1 ? "" : "s");
  }

  static double middle(Collection<Shift> shifts, ToDoubleFunction<Shift> value) {
    return Shift.median(shifts.stream().mapToDouble(value).sorted().toArray());
  }

  /** When most of them began. */
  static long start(Collection<Shift> shifts) {
    List<Long> sorted = shifts.stream().map(Shift::sinceMs).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** Three digits that matter. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    String text = String.format(Locale.ROOT, format, value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
