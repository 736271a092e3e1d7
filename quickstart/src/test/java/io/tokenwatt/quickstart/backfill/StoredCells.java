package io.tokenwatt.quickstart.backfill;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import java.util.Map;
import java.util.TreeMap;

/** What a store says of its efficiency tables, corrections applied. */
record StoredCells(Store store) {
  private String database() {
    return store.config().database();
  }

  long total(String measure, String region) {
    return number(
        "SELECT sum(%s) FROM %s.efficiency_10s FINAL WHERE region = '%s'"
            .formatted(measure, database(), region));
  }

  Map<Long, Double> stored(String table, String measure, String region) {
    Map<Long, Double> hours = new TreeMap<>();
    for (GenericRecord row :
        store.rows(
            "SELECT toUnixTimestamp(toStartOfHour(window_start)) * 1000 AS hour, sum(%s) AS s FROM %s.%s FINAL WHERE region = '%s' GROUP BY hour HAVING s != 0"
                .formatted(measure, database(), table, region))) {
      hours.put(row.getLong("hour"), (double) row.getLong("s"));
    }
    return hours;
  }

  long ratios(int window) {
    return number(
        "SELECT count(output_tokens_per_joule) FROM %s.efficiency(window_s = %d) WHERE region = 'eu'"
            .formatted(database(), window));
  }

  /** All rows but their versions. */
  String rows() {
    return store
        .rows(
            "SELECT toString(groupArray(line)) AS s FROM (SELECT toString(tuple(* EXCEPT version)) AS line FROM %s.efficiency_10s FINAL ORDER BY line)"
                .formatted(database()))
        .get(0)
        .getString("s");
  }

  long number(String sql) {
    return Long.parseLong(
        store
            .rows("SELECT toString(x) AS s FROM (SELECT (" + sql + ") AS x)")
            .get(0)
            .getString("s"));
  }
}
