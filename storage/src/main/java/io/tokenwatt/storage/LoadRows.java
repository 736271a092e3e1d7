package io.tokenwatt.storage;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.load.Field;
import io.tokenwatt.storage.load.LoadedRow;
import io.tokenwatt.storage.load.LoadedTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes rows of the tables that people fill. Of two entries with one key the higher version
 * counts, so a correction is a new version, and the views follow at once, for the past too. Not
 * thread-safe.
 */
public final class LoadRows {
  private final Store store;

  /**
   * @param store must outlive this
   * @throws StoreException if the tables do not fit this version
   */
  public LoadRows(Store store) {
    this.store = store;
    new TableCheck(store)
        .require(Arrays.stream(LoadedTable.values()).map(t -> new InsertLoaded(t, 0)).toList());
  }

  /** What {@link #merge} did, in entries. */
  public record Outcome(LoadedTable table, int added, int corrected, int unchanged) {}

  /** Writes all rows with one version. */
  public void write(Collection<LoadedRow> rows, long version) {
    rows.stream()
        .collect(Collectors.groupingBy(LoadedRow::table))
        .forEach(
            (table, some) -> store.insert(new InsertLoaded(table, version), some, new RowBinary()));
  }

  /**
   * Writes what is new or differs from what is there; loading the same again changes nothing.
   *
   * @param nowMs Unix ms; the version, or one above the highest there, if a clock was ahead
   */
  public List<Outcome> merge(Collection<LoadedRow> rows, long nowMs) {
    List<Outcome> outcomes = new ArrayList<>();
    for (LoadedTable table : LoadedTable.values()) {
      List<LoadedRow> mine = rows.stream().filter(row -> row.table() == table).toList();
      if (!mine.isEmpty()) {
        outcomes.add(merge(table, mine, nowMs));
      }
    }
    return outcomes;
  }

  private Outcome merge(LoadedTable table, List<LoadedRow> rows, long nowMs) {
    Map<List<String>, List<String>> there = there(table);
    List<LoadedRow> changed = new ArrayList<>();
    int added = 0;
    for (LoadedRow row : rows) {
      List<String> old = there.get(keyOf(table, row.canonical()));
      if (old == null) {
        added++;
      }
      if (!row.canonical().equals(old)) {
        changed.add(row);
      }
    }
    write(changed, Math.max(nowMs, highestVersion(table) + 1));
    return new Outcome(table, added, changed.size() - added, rows.size() - changed.size());
  }

  private long highestVersion(LoadedTable table) {
    return store
        .rows(
            "SELECT toInt64(max(version)) AS v FROM %s.%s"
                .formatted(store.config().database(), table.table()))
        .get(0)
        .getLong("v");
  }

  private Map<List<String>, List<String>> there(LoadedTable table) {
    String columns =
        table.fields().stream()
            .map(f -> "ifNull(toString(%s), '') AS c%d".formatted(f.name(), number(table, f)))
            .collect(Collectors.joining(", "));
    Map<List<String>, List<String>> entries = new HashMap<>();
    for (GenericRecord row :
        store.rows(
            "SELECT %s FROM %s.%s FINAL"
                .formatted(columns, store.config().database(), table.table()))) {
      List<String> values =
          table.fields().stream().map(f -> row.getString("c" + number(table, f))).toList();
      entries.put(keyOf(table, values), values);
    }
    return entries;
  }

  private static List<String> keyOf(LoadedTable table, List<String> values) {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (table.fields().get(i).key()) {
        key.add(values.get(i));
      }
    }
    return key;
  }

  private static int number(LoadedTable table, Field field) {
    return table.fields().indexOf(field);
  }
}
