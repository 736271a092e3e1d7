package io.tokenwatt.quickstart.bench.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.util.List;

/** What ClickHouse says of its tables. */
final class Tables implements AutoCloseable {
  private final Store store;
  private final String database;

  Tables(StoreConfig config) {
    store = new Store(config);
    database = config.database();
  }

  /**
   * A table that was merged into as few parts as there are partitions.
   *
   * @param bytes on disk of all columns, keys, marks and indexes
   * @param measures Int64 columns with a unit that rows add up
   */
  record Size(long rows, long bytes, int measures) {
    double bytesPerValue() {
      return (double) bytes / rows / measures;
    }
  }

  Size merged(String table) {
    store.command("OPTIMIZE TABLE %s.%s FINAL".formatted(database, table));
    GenericRecord parts =
        store
            .rows(
                "SELECT toInt64(sum(rows)), toInt64(sum(bytes_on_disk)) FROM system.parts WHERE active AND database = '%s' AND table = '%s'"
                    .formatted(database, table))
            .get(0);
    long measures =
        number(
            "SELECT toInt64(count()) FROM system.columns WHERE database = '%s' AND table = '%s' AND type = 'Int64' AND name NOT IN ('source_period_ms', 'xid_last')"
                .formatted(database, table));
    return new Size(parts.getLong(1), parts.getLong(2), (int) measures);
  }

  /** Columns that take most, as "name bytes per row"; none where a part is too small to tell. */
  List<String> largest(String table, long rows, int most) {
    return store
        .rows(
            "SELECT column, toFloat64(sum(column_data_compressed_bytes)) AS bytes FROM system.parts_columns WHERE active AND database = '%s' AND table = '%s' GROUP BY column ORDER BY bytes DESC LIMIT %d"
                .formatted(database, table, most))
        .stream()
        .filter(row -> row.getDouble(2) > 0)
        .map(row -> "%s %.2f".formatted(row.getString(1), row.getDouble(2) / rows))
        .toList();
  }

  long number(String sql) {
    return store.rows(sql).get(0).getLong(1);
  }

  void command(String sql) {
    store.command(sql);
  }

  @Override
  public void close() {
    store.close();
  }
}
