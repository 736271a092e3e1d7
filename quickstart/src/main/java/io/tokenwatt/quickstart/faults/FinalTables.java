package io.tokenwatt.quickstart.faults;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The final rows of all tables that the jobs write from node samples, compared in ClickHouse. */
final class FinalTables implements AutoCloseable {
  /** Of a rejected record, the topic's name differs from run to run, and it alone. */
  private static final Map<String, String> TABLES = tables();

  private static final int SHOWN = 3;
  private final Store store;

  FinalTables(StoreConfig config) {
    store = new Store(config);
  }

  private static Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    // Rows of nothing but zeroes are left by a cell that a lagging node turned out not to hold.
    tables.put(
        "efficiency_10s",
        "* FROM %s.efficiency_10s FINAL WHERE version %% 1099511627776 > 0 OR expected_ms != 0"
            + " OR tokens_expected_ms != 0");
    for (String table :
        List.of(
            "latency_10s",
            "gpu_10s",
            "engine_10s",
            "node_10s",
            "intake_10s",
            "regressions",
            "judged_windows",
            "events")) {
      tables.put(table, "* FROM %s." + table + " FINAL");
    }
    tables.put("rejects", "* EXCEPT topic FROM %s.rejects FINAL");
    return tables;
  }

  /** Rows of each table. */
  Map<String, Long> count(String database) {
    Map<String, Long> counts = new TreeMap<>();
    TABLES.forEach(
        (table, rows) ->
            counts.put(
                table, number("SELECT count() FROM (SELECT " + rows.formatted(database) + ")")));
    return counts;
  }

  /**
   * Rows, versions included, that only one of two databases has: a line for each; empty = equal.
   */
  List<String> differences(String one, String other) {
    List<String> found = new ArrayList<>();
    TABLES.forEach(
        (table, rows) -> {
          only(found, table, rows, one, other);
          only(found, table, rows, other, one);
        });
    return found;
  }

  private void only(List<String> found, String table, String rows, String in, String notIn) {
    List<GenericRecord> more =
        store.rows(
            "SELECT toString(tuple(*)) AS line FROM (SELECT %s) EXCEPT SELECT toString(tuple(*)) AS line FROM (SELECT %s) ORDER BY line"
                .formatted(rows.formatted(in), rows.formatted(notIn)));
    if (!more.isEmpty()) {
      found.add("%s: %d rows only in %s".formatted(table, more.size(), in));
      more.stream().limit(SHOWN).forEach(row -> found.add("  " + row.getString("line")));
    }
  }

  /** How many regressions each workload has. */
  Map<String, Long> incidents(String database) {
    Map<String, Long> incidents = new TreeMap<>();
    store
        .rows(
            "SELECT workload, count() AS n FROM %s.regressions FINAL GROUP BY workload"
                .formatted(database))
        .forEach(row -> incidents.put(row.getString("workload"), row.getLong("n")));
    return incidents;
  }

  long number(String sql) {
    return store.rows(sql).get(0).getLong(1);
  }

  @Override
  public void close() {
    store.close();
  }
}
