package io.tokenwatt.storage.backfill;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a backfill asks of the store before it writes and does to it afterwards. Facts are never
 * deleted: a row that no longer holds is replaced by one of the same key and a higher version that
 * holds nothing, which the rollups follow.
 */
public final class BackfillStore {
  /** Tables of windows; each has region and cluster. */
  private static final List<String> TABLES =
      List.of("efficiency_10s", "latency_10s", "gpu_10s", "engine_10s", "node_10s", "intake_10s");

  private static final Pattern DAYS = Pattern.compile("toIntervalDay\\((\\d+)\\)");

  /** Numbers that say what a row is, not how much. */
  private static final Set<String> KEYS = Set.of("cell_id", "bounds_id", "gpu_index");

  private final Store store;

  public BackfillStore(Store store) {
    this.store = store;
  }

  /**
   * How far back rows are kept and rolled up: 10 s rows older than this would be lost. The rollups
   * leave the last day of the retention alone.
   */
  public Duration reach() {
    String engine =
        store
            .rows(
                "SELECT engine_full FROM system.tables WHERE database = '%s' AND name = 'efficiency_10s'"
                    .formatted(database()))
            .stream()
            .map(row -> row.getString("engine_full"))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        database() + " has no tables; run ./tokenwatt schema apply first"));
    Matcher days = DAYS.matcher(engine);
    return days.find()
        ? Duration.ofDays(Long.parseLong(days.group(1)) - 1)
        : Duration.ofDays(36500);
  }

  /** Windows between the two times that were not observed live. */
  public BackfillWindows windows(long fromMs, long toMs) {
    BackfillWindows windows = new BackfillWindows(fromMs, toMs);
    store
        .rows(
            "SELECT region, cluster, toUnixTimestamp(window_start) AS at FROM ("
                + live(windows)
                + ")")
        .forEach(
            row ->
                windows.addLive(
                    row.getString("region"), row.getString("cluster"), row.getLong("at") * 1000));
    return windows;
  }

  /** An epoch above that of every earlier backfill of these windows. */
  public int nextEpoch(BackfillWindows windows) {
    int next = BackfillEpoch.FIRST;
    for (String table : TABLES) {
      GenericRecord row =
          store
              .rows(
                  "SELECT toInt64(intDiv(max(version), 1099511627776)) AS epoch FROM %s WHERE %s"
                      .formatted(table(table), within(windows)))
              .get(0);
      next = Math.max(next, (int) row.getLong("epoch") + 1);
    }
    if (next > BackfillEpoch.LAST) {
      throw new IllegalStateException("these windows were backfilled too often");
    }
    return next;
  }

  /**
   * Puts out of the way what was there before of the windows that this backfill wrote: rows of
   * earlier backfills that this one did not replace, and expectations of nodes that were not read.
   */
  public void retire(BackfillWindows windows, int epoch) {
    for (String table : TABLES) {
      Map<String, String> types = types(table);
      store.command(
          """
          INSERT INTO %1$s (%2$s)
          SELECT %3$s FROM %1$s FINAL
          WHERE %4$s AND version < %5$d
            AND (region, cluster, window_start) NOT IN (%6$s)
          """
              .formatted(
                  table(table),
                  String.join(", ", types.keySet()),
                  types.entrySet().stream()
                      .map(column -> emptied(column.getKey(), column.getValue(), epoch))
                      .collect(Collectors.joining(", ")),
                  within(windows),
                  BackfillEpoch.version(epoch),
                  live(windows)));
    }
  }

  /** Runs the rollups now, so that hours are there when the backfill ends. */
  public void rollUp() {
    for (String length : List.of("1m", "1h")) {
      for (String facts : List.of("efficiency", "latency", "gpu", "engine")) {
        String view = table(facts + "_" + length + "_refresh");
        store.command("SYSTEM WAIT VIEW " + view);
        store.command("SYSTEM REFRESH VIEW " + view);
        store.command("SYSTEM WAIT VIEW " + view);
      }
    }
  }

  /** What the backfill of that epoch wrote, a line per region and cluster for people. */
  public List<String> summary(BackfillWindows windows, int epoch) {
    return store
        .rows(
            """
            SELECT format('{}/{}: {} hours, {} kWh, {} output tokens, coverage {} %%, {} cells',
                region, cluster, toString(uniqExact(toStartOfHour(window_start))),
                toString(round(sum(gpu_mj + gpu_mj_bridged) / 3.6e9, 3)),
                toString(sum(output_tokens + output_tokens_bridged)),
                toString(ifNull(round(100 * sum(observed_ms) / nullIf(sum(expected_ms), 0), 1), 0)),
                toString(uniqExact(cell_id))) AS line
            FROM %s FINAL WHERE %s AND version >= %d AND expected_ms + tokens_expected_ms > 0 GROUP BY region, cluster ORDER BY region, cluster
            """
                .formatted(table("efficiency_10s"), within(windows), BackfillEpoch.version(epoch)))
        .stream()
        .map(row -> row.getString("line"))
        .toList();
  }

  /** Region, cluster and window_start of what a live job observed. */
  private String live(BackfillWindows windows) {
    return """
        SELECT DISTINCT region, cluster, window_start FROM %s FINAL
        WHERE %s AND version < %d AND (observed_ms > 0 OR tokens_observed_ms > 0 OR gpu_ms > 0)"""
        .formatted(
            table("efficiency_10s"), within(windows), BackfillEpoch.version(BackfillEpoch.FIRST));
  }

  private static String within(BackfillWindows windows) {
    return "window_start >= toDateTime(%d, 'UTC') AND window_start < toDateTime(%d, 'UTC')"
        .formatted(windows.fromMs() / 1000, windows.toMs() / 1000);
  }

  /** Stored columns and their types. */
  private Map<String, String> types(String table) {
    Map<String, String> types = new LinkedHashMap<>();
    store
        .rows(
            "SELECT name, type FROM system.columns WHERE database = '%s' AND table = '%s'"
                    .formatted(database(), table)
                + " AND default_kind != 'MATERIALIZED' ORDER BY position")
        .forEach(row -> types.put(row.getString("name"), row.getString("type")));
    return types;
  }

  private static String emptied(String column, String type, int epoch) {
    if (column.equals("version")) {
      return "toUInt64(" + BackfillEpoch.version(epoch) + ")";
    }
    if (column.equals("counts")) {
      return "arrayMap(n -> toInt64(0), counts)";
    }
    boolean amount = type.matches("U?Int(32|64)") && !KEYS.contains(column);
    return amount ? "CAST(0, '" + type + "')" : column;
  }

  private String table(String name) {
    return database() + "." + name;
  }

  private String database() {
    return store.config().database();
  }
}
