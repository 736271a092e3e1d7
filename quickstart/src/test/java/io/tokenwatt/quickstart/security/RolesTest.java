package io.tokenwatt.quickstart.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreException;
import io.tokenwatt.storage.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles of db/access try to do more than they should, on the engine. */
class RolesTest {
  private static final List<String> ROLES = List.of("writer", "editor", "grafana");

  /** Ways out of one's rights that every role tries. */
  private static final List<String> NOBODY_MAY =
      List.of(
          "DROP TABLE tokenwatt.efficiency_10s",
          "TRUNCATE TABLE tokenwatt.prices",
          "ALTER TABLE tokenwatt.efficiency_10s DELETE WHERE 1",
          "ALTER TABLE tokenwatt.prices UPDATE per_gpu_hour = 0 WHERE 1",
          "CREATE TABLE tokenwatt.mine (x UInt8) ENGINE = Memory",
          "CREATE VIEW tokenwatt.mine AS SELECT 1",
          "CREATE DATABASE mine",
          "CREATE USER mine",
          "GRANT SELECT ON *.* TO writer",
          "SELECT * FROM url('http://127.0.0.1:1/', LineAsString)",
          "SELECT * FROM file('/etc/passwd', LineAsString)",
          "SELECT * FROM remote('127.0.0.1', tokenwatt.prices)",
          "SELECT * FROM system.users",
          "SYSTEM STOP MERGES tokenwatt.prices",
          "SYSTEM SHUTDOWN");

  @TempDir private static Path folder;
  private static EmbeddedClickHouse engine;

  @BeforeAll
  static void open() throws IOException {
    Path users = Files.createDirectories(folder.resolve("users.d"));
    for (String role : ROLES) {
      Files.writeString(
          users.resolve(role + ".xml"), RoleUsers.xml("tokenwatt_" + role, role, "pw"));
    }
    engine = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(folder));
    Schema.apply(StoreConfig.of(engine.httpUrl()));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static Store as(String role) {
    return new Store(new StoreConfig(engine.httpUrl(), role, "pw", "tokenwatt"));
  }

  private static List<GenericRecord> all(String sql) {
    try (Store store = new Store(StoreConfig.of(engine.httpUrl()))) {
      return store.rows(sql);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "editor", "grafana"})
  void noRoleFindsAWayOut(String role) {
    try (Store store = as(role)) {
      for (String sql : NOBODY_MAY) {
        StoreException refusal = catchThrowableOfType(StoreException.class, () -> store.rows(sql));
        assertThat(refusal).as(sql).isNotNull();
        assertThat(refusal.getMessage()).as(sql).containsAnyOf("ACCESS_DENIED", "READONLY");
      }
    }
    assertThat(all("SELECT name FROM system.tables WHERE name = 'mine'")).isEmpty();
  }

  @Test
  void theWriterWritesFactsAndReadsPricesOnly() {
    try (Store store = as("writer")) {
      for (String table : RoleUsers.tables("tokenwatt_writer", "INSERT")) {
        String column =
            all("SELECT name FROM system.columns WHERE database = 'tokenwatt' AND table = '"
                    + table
                    + "' AND type LIKE 'LowCardinality(String)' OR (database = 'tokenwatt' AND table = '"
                    + table
                    + "' AND type = 'String') LIMIT 1")
                .get(0)
                .getString(1);
        assertThatCode(
                () ->
                    store.command(
                        "INSERT INTO tokenwatt.%s (%s) VALUES ('x')".formatted(table, column)))
            .as(table)
            .doesNotThrowAnyException();
        if (!table.equals("sites")) {
          assertThatThrownBy(() -> store.rows("SELECT * FROM tokenwatt." + table))
              .as("SELECT " + table)
              .hasMessageContaining("SELECT");
        }
      }
      for (String table : List.of("prices", "sites", "slos", "alert_incidents", "models")) {
        assertThatThrownBy(
                () ->
                    store.command(
                        "INSERT INTO tokenwatt."
                            + table
                            + " SELECT * FROM tokenwatt.prices LIMIT 0"))
            .as("INSERT " + table)
            .isInstanceOf(StoreException.class);
      }
    }
  }

  @Test
  void theEditorChangesPricesAndNoFacts() {
    try (Store store = as("editor")) {
      store.rows("SELECT count() FROM tokenwatt.efficiency_10s");
      for (String table : List.of("efficiency_10s", "gpu_10s", "rejects", "alert_incidents")) {
        assertThatThrownBy(
                () ->
                    store.command(
                        "INSERT INTO tokenwatt.%1$s SELECT * FROM tokenwatt.%1$s".formatted(table)))
            .as(table)
            .hasMessageContaining("INSERT");
      }
    }
  }

  @Test
  void grafanaReadsWithinItsLimitsAndChangesNothing() {
    try (Store store = as("grafana")) {
      store.rows("SELECT * FROM tokenwatt.efficiency(window_s = 60)");
      store.rows("SELECT 1 SETTINGS max_execution_time = 60");
      for (String more :
          List.of("max_execution_time = 61", "max_memory_usage = 8000000001", "readonly = 0")) {
        assertThatThrownBy(() -> store.rows("SELECT 1 SETTINGS " + more))
            .as(more)
            .isInstanceOf(StoreException.class);
      }
      assertThatThrownBy(
              () ->
                  store.rows(
                      "SELECT max(length(groupArray(number))) FROM numbers(2000000000) GROUP BY number % 2"))
          .isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> store.rows("SELECT payload FROM tokenwatt.rejects"))
          .as("rejected payloads")
          .hasMessageContaining("SELECT");
      store.rows("SELECT reason FROM tokenwatt.rejects");
      for (String table : List.of("efficiency_10s", "prices", "events")) {
        assertThatThrownBy(
                () ->
                    store.command(
                        "INSERT INTO tokenwatt.%1$s SELECT * FROM tokenwatt.%1$s".formatted(table)))
            .as(table)
            .isInstanceOf(StoreException.class);
      }
    }
  }
}
