package io.tokenwatt.quickstart.backfill;

import io.tokenwatt.quickstart.backfill.HistoryScene.Reading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the history of a counter amounts to, computed from its readings alone. */
final class SlowHours {
  private static final long HOUR_MS = 3_600_000;
  private static final long MAX_GAP_MS = 300_000;

  private SlowHours() {}

  /** What a counter grew by between its first and last reading; after a restart all it shows. */
  static long grown(List<Reading> readings) {
    long sum = 0;
    for (int i = 1; i < readings.size(); i++) {
      long before = readings.get(i - 1).value();
      long value = readings.get(i).value();
      sum += value < before ? value : value - before;
    }
    return sum;
  }

  /** Growth laid evenly on the time between two readings, hour by hour; gaps left out. */
  static Map<Long, Double> hours(List<Reading> readings, long shiftMs) {
    Map<Long, Double> hours = new TreeMap<>();
    for (int i = 1; i < readings.size(); i++) {
      long from = readings.get(i - 1).atMs() + shiftMs;
      long to = readings.get(i).atMs() + shiftMs;
      long before = readings.get(i - 1).value();
      long value = readings.get(i).value();
      double grown = value < before ? value : value - before;
      if (to - from > MAX_GAP_MS) {
        continue;
      }
      for (long hour = Math.floorDiv(from, HOUR_MS) * HOUR_MS; hour < to; hour += HOUR_MS) {
        double part = Math.min(to, hour + HOUR_MS) - Math.max(from, hour);
        hours.merge(hour, grown * part / (to - from), Double::sum);
      }
    }
    return hours;
  }
}
