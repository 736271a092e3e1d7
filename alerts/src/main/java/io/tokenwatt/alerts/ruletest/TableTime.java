package io.tokenwatt.alerts.ruletest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How rows of a table lie in time. Facts of windows are there when their window has ended, the
 * others when they happen; a table without a time of its own holds what its columns say.
 */
record TableTime(String table) {

  /** One row per value of the series; one row at {@code from} if there is none. */
  List<TimedRow> rows(
      Map<String, String> constants,
      Duration from,
      Duration step,
      Map<String, List<BigDecimal>> series) {
    int count = series.values().stream().mapToInt(List::size).max().orElse(1);
    List<TimedRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, String> values = new LinkedHashMap<>(constants);
      Duration at = from.plus(step.multipliedBy(i));
      column().ifPresent(column -> values.putIfAbsent(column, "@" + at.toSeconds() + "s"));
      if (fill(values, series, i)) {
        rows.add(new TimedRow(table, at.plus(window()), values));
      }
    }
    return rows;
  }

  /** False where a column has no value: there is no row then. */
  private static boolean fill(
      Map<String, String> values, Map<String, List<BigDecimal>> series, int i) {
    for (Map.Entry<String, List<BigDecimal>> column : series.entrySet()) {
      BigDecimal value = column.getValue().get(i);
      if (value == null) {
        return false;
      }
      values.put(column.getKey(), value.toPlainString());
    }
    return true;
  }

  private Optional<String> column() {
    if (!window().isZero()) {
      return Optional.of("window_start");
    }
    return table.equals("rejects") || table.equals("events")
        ? Optional.of("time")
        : Optional.empty();
  }

  private Duration window() {
    if (table.endsWith("_10s")) {
      return Duration.ofSeconds(10);
    }
    if (table.endsWith("_1m")) {
      return Duration.ofMinutes(1);
    }
    return table.endsWith("_1h") ? Duration.ofHours(1) : Duration.ZERO;
  }
}
