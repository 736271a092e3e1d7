package io.tokenwatt.storage;

import com.clickhouse.client.api.query.GenericRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what inserts write with the tables that are there, before the first byte is sent:
 * RowBinary names no types, so a drifted table would take wrong values instead of refusing them.
 */
final class TableCheck {
  private final Store store;

  TableCheck(Store store) {
    this.store = store;
  }

  void require(List<? extends Insert<?>> inserts) {
    Map<String, String> types = types();
    List<String> problems = new ArrayList<>();
    for (Insert<?> insert : inserts) {
      for (Column column : insert.columns()) {
        String name = insert.table() + "." + column.name();
        String type = types.get(name);
        if (type == null) {
          problems.add(name + " is missing");
        } else if (!type.equals(column.type())) {
          problems.add(name + " is " + type + ", not " + column.type());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw StoreException.refused(message(problems), null);
    }
  }

  private Map<String, String> types() {
    Map<String, String> types = new HashMap<>();
    for (GenericRecord row :
        store.rows(
            "SELECT table, name, type FROM system.columns WHERE database = {database:String}",
            Map.of("database", store.config().database()))) {
      types.put(row.getString("table") + "." + row.getString("name"), row.getString("type"));
    }
    return types;
  }

  private String message(List<String> problems) {
    int shown = Math.min(problems.size(), 10);
    String rest = problems.size() > shown ? " and " + (problems.size() - shown) + " more" : "";
    return store.config()
        + ": the tables do not fit this version: "
        + String.join("; ", problems.subList(0, shown))
        + rest
        + ". Run: ./tokenwatt schema apply --url "
        + store.config().url();
  }
}
