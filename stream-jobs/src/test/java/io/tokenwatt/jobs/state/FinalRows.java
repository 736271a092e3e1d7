package io.tokenwatt.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.storage.StoreConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The final rows of all tables that the jobs write, versions included. */
final class FinalRows {
  /** Which column tells when a row's newest facts are of. */
  private static final Map<String, String> TIMES = times();

  private FinalRows() {}

  private static Map<String, String> times() {
    Map<String, String> times = new LinkedHashMap<>();
    for (String table :
        List.of(
            "efficiency_10s",
            "latency_10s",
            "gpu_10s",
            "engine_10s",
            "node_10s",
            "intake_10s",
            "request_10s",
            "request_intake_10s")) {
      times.put(table, "window_start");
    }
    times.put("events", "time");
    times.put("regressions", "judged_to");
    times.put("judged_windows", "hour + 3599");
    return times;
  }

  /**
   * Holds that a run which began in the middle wrote nothing that a run of all has not, and all of
   * what is newer than its beginning.
   */
  static void goOn(StoreConfig restored, StoreConfig whole, long cutMs) {
    TIMES.forEach(
        (table, time) -> {
          String newer = "%s >= toDateTime(%d, 'UTC')".formatted(time, cutMs / 1000);
          assertThat(missing(restored, table, "true", whole)).as("%s, not of all", table).isEmpty();
          assertThat(missing(whole, table, newer, restored)).as("%s, missing", table).isEmpty();
          assertThat(Engines.shared().rows(whole, rows(whole, table, newer)))
              .as("%s has rows after the savepoint", table)
              .isNotEmpty();
        });
  }

  /** Rows of the one that the other has not. */
  private static List<String> missing(StoreConfig of, String table, String where, StoreConfig in) {
    return Engines.shared()
        .rows(
            of,
            "SELECT line FROM (%s EXCEPT %s) ORDER BY line LIMIT 3"
                .formatted(rows(of, table, where), rows(in, table, "true")));
  }

  private static String rows(StoreConfig store, String table, String where) {
    // Rows of nothing but zeroes are left by a cell that a lagging node turned out not to hold; the
    // sentinel's count is written when its window closes, which only the end of a log does.
    String some =
        switch (table) {
          case "efficiency_10s" ->
              " AND (version % 1099511627776 > 0 OR expected_ms != 0 OR tokens_expected_ms != 0)";
          case "intake_10s" -> " AND node != 'sentinel'";
          default -> "";
        };
    return "SELECT toString(tuple(*)) AS line FROM %s.%s FINAL WHERE %s%s"
        .formatted(store.database(), table, where, some);
  }
}
