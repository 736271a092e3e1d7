package io.tokenwatt.storage.schema;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import java.util.HashMap;
import java.util.Map;

/** Table {@code schema_history}: the last application of each script. */
final class History {
  record Entry(String checksum, String appliedAt) {}

  private final Store store;
  private final String database;

  History(Store store) {
    this.store = store;
    this.database = store.config().database();
  }

  /** The database and the table, where they are not there. */
  void create(Layout layout) {
    store.command(layout.createDatabase());
    store.command(layout.sql(createTable()));
  }

  private String createTable() {
    return "CREATE TABLE IF NOT EXISTS "
        + database
        + ".schema_history (script String COMMENT '[text] resource name',"
        + " checksum String COMMENT '[hex] first 8 bytes of SHA-256 of the filled-in text',"
        + " applied_at DateTime64(3, 'UTC') COMMENT '[UTC ms] when its last statement was done')"
        + " ENGINE = ReplacingMergeTree(applied_at) ORDER BY script"
        + " COMMENT 'SQL scripts applied to this database, by ./tokenwatt schema apply'";
  }

  boolean exists() {
    return !store
        .rows(
            "SELECT 1 AS found FROM system.tables"
                + " WHERE database = {database:String} AND name = 'schema_history'",
            Map.of("database", database))
        .isEmpty();
  }

  Map<String, Entry> entries() {
    Map<String, Entry> entries = new HashMap<>();
    for (GenericRecord row :
        store.rows(
            "SELECT script, checksum, toString(applied_at) AS at FROM "
                + database
                + ".schema_history FINAL")) {
      entries.put(
          row.getString("script"), new Entry(row.getString("checksum"), row.getString("at")));
    }
    return entries;
  }

  void add(Script script) {
    store.command(
        "INSERT INTO %s.schema_history VALUES ('%s', '%s', now64(3))"
            .formatted(database, script.name(), script.checksum()));
  }
}
