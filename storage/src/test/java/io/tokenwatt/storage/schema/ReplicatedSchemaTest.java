package io.tokenwatt.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.storage.Engine;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts as a replicated database takes them. What the embedded engine cannot do, for it has
 * no port between servers and so keeps replicated tables read-only: a {@code Replicated} database,
 * ALTER, rows. {@code ReplicatedClickHouseXIT} does that where Docker is.
 */
class ReplicatedSchemaTest {
  private static final Layout REPLICATED = new Layout("tokenwatt", "replicas", true);
  private static final List<Script> SCRIPTS = Schema.scripts("tokenwatt", Retention.DEFAULT);
  private static final List<String> STATEMENTS =
      SCRIPTS.stream().flatMap(script -> script.statements().stream()).toList();
  // The engine's own stand-in for a Keeper, in its memory.
  private static final String KEEPER =
      """
      <clickhouse>
        <zookeeper>
          <implementation>testkeeper</implementation>
          <node><host>127.0.0.1</host><port>1</port></node>
        </zookeeper>
        <macros><shard>1</shard><replica>one</replica></macros>
        <default_replica_path>/tables/{database}/{table}/{shard}</default_replica_path>
      </clickhouse>
      """;

  @TempDir Path folder;

  /** What is recorded of a plain server's scripts stays true. */
  @Test
  void checksumsOfScriptsThatWereReleasedAreWhatTheyWere() throws IOException {
    Properties released = new Properties();
    try (InputStream in = getClass().getResourceAsStream("checksums.properties")) {
      released.load(in);
    }
    assertThat(released).hasSizeGreaterThan(15);
    released.forEach(
        (name, checksum) ->
            assertThat(SCRIPTS)
                .filteredOn(script -> script.name().equals(name))
                .singleElement()
                .extracting(Script::checksum)
                .as(name.toString())
                .isEqualTo(checksum));
  }

  @Test
  void oneServersStatementsAreSentAsTheyStand() {
    Layout plain = new Layout("tokenwatt", "", false);
    assertThat(STATEMENTS).allSatisfy(sql -> assertThat(plain.sql(sql)).isSameAs(sql));
    assertThat(plain.createDatabase()).isEqualTo("CREATE DATABASE IF NOT EXISTS tokenwatt");
  }

  /** The engine's own formatter reads both, so text in comments cannot hide anything. */
  @Test
  void everyStatementParsesAndDiffersInTheEngineOnly() {
    int tables = 0;
    try (Store store = new Store(StoreConfig.of(Engine.url()))) {
      for (String statement : STATEMENTS) {
        String plain = formatted(store, statement);
        String replicated = formatted(store, REPLICATED.sql(statement));
        boolean table = plain.startsWith("CREATE TABLE");
        assertThat(replicated)
            .isEqualTo(
                table ? plain.replaceFirst("\nENGINE = (?=Repl)", "\nENGINE = Replicated") : plain);
        assertThat(replicated.contains("ENGINE = ReplicatedReplacingMergeTree")).isEqualTo(table);
        tables += table ? 1 : 0;
      }
      assertThat(formatted(store, REPLICATED.createDatabase()))
          .startsWith("CREATE DATABASE IF NOT EXISTS tokenwatt ON CLUSTER replicas");
    }
    assertThat(tables).isGreaterThan(30);
  }

  private static String formatted(Store store, String statement) {
    String quoted = statement.replace("\\", "\\\\").replace("'", "\\'");
    return store.rows("SELECT formatQuery('" + quoted + "') AS sql").get(0).getString("sql");
  }

  @Test
  void anEngineWithAKeeperMakesEveryTableReplicated() throws IOException {
    Files.createDirectories(folder.resolve("config.d"));
    Files.writeString(folder.resolve("config.d/keeper.xml"), KEEPER);
    try (EmbeddedClickHouse engine = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(folder));
        Store store = new Store(StoreConfig.of(engine.httpUrl()))) {
      store.command("CREATE DATABASE tokenwatt");
      List<String> tables =
          STATEMENTS.stream().filter(s -> s.contains("CREATE TABLE")).map(REPLICATED::sql).toList();
      tables.forEach(store::command);
      List<String> engines =
          store.rows("SELECT engine FROM system.tables WHERE database = 'tokenwatt'").stream()
              .map(row -> row.getString("engine"))
              .toList();
      assertThat(engines).hasSameSizeAs(tables).containsOnly("ReplicatedReplacingMergeTree");
    }
  }

  @Test
  void whatADatabaseIsNobodyHasToSayAgain() {
    try (TestDatabase database = TestDatabase.fresh()) {
      String name = database.config().database();
      assertThat(Layout.of(database.store(), "")).isEqualTo(new Layout(name, "", false));
      assertThat(Layout.of(database.store(), "replicas"))
          .isEqualTo(new Layout(name, "replicas", true));
      database.store().command("CREATE DATABASE " + name);
      assertThat(Layout.of(database.store(), "")).isEqualTo(new Layout(name, "", false));
      Schema schema = new Schema(database.store(), Retention.DEFAULT, "replicas");
      assertThatThrownBy(schema::apply)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is of engine Atomic")
          .hasMessageContaining("--database");
      List<GenericRecord> made = database.store().rows("SHOW TABLES FROM " + name);
      assertThat(made).isEmpty();
    }
  }

  @Test
  void aNameThatCannotBeOneIsRefused() {
    assertThatThrownBy(() -> Layout.requireName("a' ENGINE = Memory --"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a name of a cluster");
  }
}
