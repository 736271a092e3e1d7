package io.tokenwatt.quickstart.bench.panels;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Fills the tables with what a fleet of 100,000 boards leaves in them, by SQL in the engine itself.
 * The newest hour is written several times over, as the rollups' refreshes do, so FINAL has its
 * work.
 */
final class Fill {
  private static final String ALL = "1";

  /**
   * The sorting keys start with day and region (boards: node), so what is left out of other regions
   * would cost a query of this one no granule.
   */
  private static final String ONE_REGION = "region = '" + PanelScope.REGION + "'";

  private static final String OTHER_REGIONS = "region != '" + PanelScope.REGION + "'";
  private static final int HOUR = 3_600;
  private static final int MINUTE = 60;
  private static final int WINDOW = 10;
  private static final int REWRITES = 5;
  private static final int NODES = 25;

  private final Engine engine;
  private final String database;
  private final boolean quick;
  private final PrintWriter err;
  private final long now;

  Fill(Engine engine, String database, boolean quick, Instant now, PrintWriter err) {
    this.engine = engine;
    this.database = database;
    this.quick = quick;
    this.err = err;
    this.now = now.getEpochSecond();
  }

  /** The tables exist already and are empty; their refreshes are stopped. */
  void run() throws IOException, InterruptedException {
    insert("cells.sql", Map.of("regions", quick ? "1" : "10"));
    insert("books.sql", Map.of());
    insert("slos.sql", Map.of());
    for (String facts : List.of("efficiency", "latency", "request")) {
      hours(facts);
      rows(facts, "1m", MINUTE, quick ? 120 : 25 * 60, ONE_REGION);
      rows(facts, "10s", WINDOW, 90, ONE_REGION);
    }
    rows("efficiency", "1m", MINUTE, 120, OTHER_REGIONS);
    rows("efficiency", "10s", WINDOW, 90, OTHER_REGIONS);
    hours("gpu");
    rows("gpu", "1m", MINUTE, quick ? 120 : 25 * 60, ALL);
    rows("gpu", "10s", WINDOW, 90, ALL);
  }

  private void hours(String facts) throws IOException, InterruptedException {
    rows(facts, "1h", HOUR, (quick ? 1 : 7) * 24 + 1, ALL);
    for (int i = 0; i < REWRITES; i++) {
      rows(facts, "1h", HOUR, 1, ALL);
    }
  }

  /** The last windows, the one that is not over included. */
  private void rows(String facts, String table, int seconds, int windows, String where)
      throws IOException, InterruptedException {
    long newest = now / seconds * seconds;
    insert(
        facts + ".sql",
        Map.of(
            "table", facts + "_" + table,
            "seconds", Integer.toString(seconds),
            "from", Long.toString(newest - (long) (windows - 1) * seconds),
            "windows", Integer.toString(windows),
            "where", where,
            "nodes", Integer.toString(NODES)));
  }

  private void insert(String resource, Map<String, String> values)
      throws IOException, InterruptedException {
    String sql = read(resource).replace("${database}", database);
    for (Map.Entry<String, String> value : values.entrySet()) {
      sql = sql.replace("${" + value.getKey() + "}", value.getValue());
    }
    double seconds = engine.run(sql).elapsedMs() / 1000;
    err.printf("  %s %s: %.1f s%n", resource, values.getOrDefault("table", ""), seconds);
    err.flush();
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = Fill.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
