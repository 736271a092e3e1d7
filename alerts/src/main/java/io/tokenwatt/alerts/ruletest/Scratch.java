package io.tokenwatt.alerts.ruletest;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.config.DurationText;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A database with our tables that lives as long as this does. Later rows have a higher version, so
 * of two rows with one key the later counts. Not thread-safe.
 */
public final class Scratch implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Store store;
  private final StoreConfig config;
  private final Set<String> versioned = new HashSet<>();
  private final Set<String> touched = new HashSet<>();
  private long version;

  /**
   * @param server an account that may create and drop databases; its database is left alone
   * @throws io.tokenwatt.storage.StoreException if ClickHouse does not answer or refuses
   */
  public Scratch(StoreConfig server) {
    String database = "tokenwatt_test_" + UUID.randomUUID().toString().replace("-", "");
    config =
        new StoreConfig(server.url(), server.user(), server.password(), database, server.tls());
    store = new Store(config);
    try {
      Schema.apply(config);
      for (GenericRecord row :
          store.rows(
              "SELECT table FROM system.columns WHERE database = '%s' AND name = 'version'"
                  .formatted(database))) {
        versioned.add(row.getString("table"));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Where rules find the rows. */
  public StoreConfig config() {
    return config;
  }

  void clear() {
    touched.forEach(table -> store.command("TRUNCATE TABLE " + config.database() + "." + table));
    touched.clear();
  }

  void insert(List<TimedRow> rows, Instant start) {
    Map<String, List<Map<String, String>>> batches = new LinkedHashMap<>();
    for (TimedRow row : rows) {
      Map<String, String> values = new LinkedHashMap<>(row.values());
      if (versioned.contains(row.table())) {
        values.putIfAbsent("version", Long.toString(++version));
      }
      String batch =
          "%s.%s (%s)"
              .formatted(config.database(), row.table(), String.join(", ", values.keySet()));
      batches.computeIfAbsent(batch, b -> new ArrayList<>()).add(values);
      touched.add(row.table());
    }
    batches.forEach(
        (batch, some) ->
            store.command(
                "INSERT INTO %s FORMAT TabSeparated\n%s\n"
                    .formatted(
                        batch,
                        some.stream()
                            .map(row -> line(row, start))
                            .collect(Collectors.joining("\n")))));
  }

  private static String line(Map<String, String> row, Instant start) {
    return row.values().stream().map(v -> field(v, start)).collect(Collectors.joining("\t"));
  }

  private static String field(String value, Instant start) {
    if (value.equals("NULL")) {
      return "\\N";
    }
    return at(value, start).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
  }

  /** {@code @5m} as the time that long after the start, {@code @-5m} as before it. */
  static String at(String value, Instant start) {
    if (!value.startsWith("@")) {
      return value;
    }
    boolean before = value.startsWith("@-");
    long seconds = DurationText.parse(value.substring(before ? 2 : 1)).toSeconds();
    return TIME.format(start.plusSeconds(before ? -seconds : seconds));
  }

  @Override
  public void close() {
    try (store) {
      store.command("DROP DATABASE IF EXISTS " + config.database() + " SYNC");
    }
  }
}
