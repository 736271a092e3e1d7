package io.tokenwatt.alerts;

import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.util.List;

/** The test run's ClickHouse, for tests of what runs for a while. */
public final class RunDatabase {
  private static final List<String> TABLES =
      List.of("alert_incidents", "alert_deliveries", "alert_lease", "probe");

  private RunDatabase() {}

  /** Nothing kept, nothing held; and {@code probe}: a name and the value it was given last. */
  public static StoreConfig fresh() {
    StoreConfig shared = AlertsDatabase.config();
    createProbe(shared);
    TABLES.forEach(table -> command(shared, "TRUNCATE TABLE %s." + table));
    return shared;
  }

  /** Table {@code probe}, if it is not there. */
  public static void createProbe(StoreConfig database) {
    command(
        database,
        "CREATE TABLE IF NOT EXISTS %s.probe (name String, value Nullable(Float64), version UInt64)"
            + " ENGINE = ReplacingMergeTree(version) ORDER BY name");
  }

  /**
   * @param value such as 3 or NULL
   */
  public static void probe(StoreConfig database, String name, String value) {
    command(
        database,
        "INSERT INTO %s.probe VALUES ('" + name + "', " + value + ", " + System.nanoTime() + ")");
  }

  /** As a rule that reads every probe; bad above 0. */
  public static String rule(String name, String severity, String timing) {
    return """
    name: %s
    summary: A probe is above its bound.
    severity: %s
    %s
    sql: SELECT name AS region, toString(value) AS reading, value FROM probe FINAL
    threshold: {above: 0}
    unit: mJ
    labels: [region]
    details: [reading]
    runbook: {first_query: SELECT 1, safe_action: Sit down., escalation: Nobody.}
    """
        .formatted(name, severity, timing);
  }

  public static void command(StoreConfig database, String sql) {
    try (Store store = new Store(database)) {
      store.command(sql.replace("%s.", database.database() + "."));
    }
  }

  /** One number. */
  public static long count(StoreConfig database, String sql) {
    try (Store store = new Store(database)) {
      return store.rows(sql.replace("%s.", database.database() + ".")).get(0).getLong(1);
    }
  }

  /** One text. */
  public static String text(StoreConfig database, String sql) {
    try (Store store = new Store(database)) {
      return store.rows(sql.replace("%s.", database.database() + ".")).get(0).getString(1);
    }
  }
}
