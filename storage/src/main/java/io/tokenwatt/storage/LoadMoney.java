package io.tokenwatt.storage;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.money.Field;
import io.tokenwatt.storage.money.MoneyRow;
import io.tokenwatt.storage.money.MoneyTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes prices, contracts and bills. Of two entries with one key the higher version counts, so a
 * correction is a new version, and the views follow at once, for the past too. Not thread-safe.
 */
public final class LoadMoney {
  private final Store store;

  /**
   * @param store must outlive this
   * @throws StoreException if the tables do not fit this version
   */
  public LoadMoney(Store store) {
    this.store = store;
    new TableCheck(store)
        .require(Arrays.stream(MoneyTable.values()).map(t -> new InsertMoney(t, 0)).toList());
  }

  /** What {@link #merge} did, in entries. */
  public record Outcome(MoneyTable table, int added, int corrected, int unchanged) {}

  /** Writes all rows with one version. */
  public void write(Collection<MoneyRow> rows, long version) {
    rows.stream()
        .collect(Collectors.groupingBy(MoneyRow::table))
        .forEach(
            (table, some) -> store.insert(new InsertMoney(table, version), some, new RowBinary()));
  }

  /**
   * Writes what is new or differs from what is there; loading the same again changes nothing.
   *
   * @param nowMs Unix ms; the version, or one above the highest there, if a clock was ahead
   */
  public List<Outcome> merge(Collection<MoneyRow> rows, long nowMs) {
    List<Outcome> outcomes = new ArrayList<>();
    for (MoneyTable table : MoneyTable.values()) {
      List<MoneyRow> mine = rows.stream().filter(row -> row.table() == table).toList();
      if (!mine.isEmpty()) {
        outcomes.add(merge(table, mine, nowMs));
      }
    }
    return outcomes;
  }

  private Outcome merge(MoneyTable table, List<MoneyRow> rows, long nowMs) {
    Map<List<String>, List<String>> there = there(table);
    List<MoneyRow> changed = new ArrayList<>();
    int added = 0;
    for (MoneyRow row : rows) {
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

  private long highestVersion(MoneyTable table) {
    return store
        .rows(
            "SELECT toInt64(max(version)) AS v FROM %s.%s"
                .formatted(store.config().database(), table.table()))
        .get(0)
        .getLong("v");
  }

  private Map<List<String>, List<String>> there(MoneyTable table) {
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

  private static List<String> keyOf(MoneyTable table, List<String> values) {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (table.fields().get(i).key()) {
        key.add(values.get(i));
      }
    }
    return key;
  }

  private static int number(MoneyTable table, Field field) {
    return table.fields().indexOf(field);
  }
}
