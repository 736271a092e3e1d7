package io.tokenwatt.quickstart.documents;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tables and views of a real store, and their columns in order. */
final class Relations {
  /** Also a multiple of every window that a view accepts. */
  private static final String ANY_NUMBER = "3600";

  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+):(\\w+)[^}]*}");

  private final Store store;
  private final String database;
  private final Map<String, Map<String, Boolean>> described = new HashMap<>();

  /**
   * @param store must outlive this
   */
  Relations(Store store) {
    this.store = store;
    this.database = store.config().database();
  }

  record Table(String name, String comment, List<Column> columns) {}

  record Column(String name, String comment) {}

  List<Table> tables() {
    return of("engine LIKE '%MergeTree'").stream()
        .map(row -> new Table(row.getString("name"), row.getString("comment"), columns(row)))
        .toList();
  }

  private List<Column> columns(GenericRecord table) {
    return store
        .rows(
            "SELECT name, comment FROM system.columns WHERE database = {d:String}"
                + " AND table = {t:String} ORDER BY position",
            Map.of("d", database, "t", table.getString("name")))
        .stream()
        .map(row -> new Column(row.getString("name"), row.getString("comment")))
        .toList();
  }

  List<String> views() {
    return of("engine = 'View'").stream().map(row -> row.getString("name")).toList();
  }

  /** By name, whether it may be NULL. */
  Map<String, Boolean> columnsOfView(String view) {
    String query =
        of("name = '" + view + "'").get(0).getString("create_table_query").replace("\\", "");
    // Views of one text over tables of several resolutions: the engine plans the text only once.
    String text = query.replaceAll("_by_(minute|hour)|\\d+[smh]\\b|\\b(10|60|3600)\\b", "");
    return described.computeIfAbsent(text, same -> describe(view, query));
  }

  private Map<String, Boolean> describe(String view, String query) {
    List<String> given =
        PARAMETER
            .matcher(query)
            .results()
            .map(p -> p.group(1) + " = " + anyOf(p.group(2)))
            .distinct()
            .toList();
    String call = given.isEmpty() ? "" : "(" + String.join(", ", given) + ")";
    Map<String, Boolean> columns = new LinkedHashMap<>();
    store
        .rows("DESCRIBE TABLE (SELECT * FROM %s.%s%s)".formatted(database, view, call))
        .forEach(
            row -> columns.put(row.getString("name"), row.getString("type").contains("Nullable")));
    return columns;
  }

  private static String anyOf(String type) {
    return switch (type) {
      case "DateTime" -> "'2026-01-01 00:00:00'";
      case "Array" -> "['region']";
      default -> ANY_NUMBER;
    };
  }

  private List<GenericRecord> of(String which) {
    return store.rows(
        "SELECT name, comment, create_table_query FROM system.tables"
            + " WHERE database = {d:String} AND "
            + which
            + " ORDER BY name",
        Map.of("d", database));
  }
}
