package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.storage.schema.Retention;
import io.tokenwatt.storage.schema.Schema;
import io.tokenwatt.storage.schema.ScriptStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSecondApplicationFindsNothingToDo() {
    Schema schema = new Schema(database.store());
    assertThat(schema.status())
        .extracting(ScriptStatus::state)
        .containsOnly(ScriptStatus.State.PENDING);
    assertThat(schema.apply()).hasSize(schema.status().size());
    assertThat(schema.apply()).isEmpty();
    assertThat(schema.status())
        .extracting(ScriptStatus::state)
        .containsOnly(ScriptStatus.State.APPLIED);
  }

  @Test
  void fourProcessesAtOnceEndWithTheSameTablesAsOne() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(pool.submit(() -> Schema.apply(database.config())));
    }
    for (Future<?> each : all) {
      each.get();
    }
    pool.shutdown();

    try (TestDatabase alone = TestDatabase.fresh()) {
      Schema.apply(alone.config());
      assertThat(tables(database)).isEqualTo(tables(alone)).hasSizeGreaterThan(15);
    }
    new FactWriter(database.config()).close();
  }

  @Test
  void applyingEveryScriptAgainKeepsTheRows() {
    Schema.apply(database.config());
    RandomRows random = new RandomRows(1);
    long window = RandomRows.window(System.currentTimeMillis(), 6);
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(List.of(random.cellRow(window, RandomRows.cell("eu", "L4", "m"), 1)));
    }
    database.store().command("TRUNCATE TABLE " + database.table("schema_history"));

    assertThat(new Schema(database.store()).apply()).isNotEmpty();
    assertThat(database.number("SELECT count() FROM " + database.table("efficiency_10s")))
        .isEqualTo(1);
  }

  @Test
  void anEditedVersionedScriptIsRefusedAndNamed() {
    Schema schema = new Schema(database.store());
    schema.apply();
    database
        .store()
        .command(
            "INSERT INTO %s VALUES ('V1__facts.sql', 'other', now64(3) + 60)"
                .formatted(database.table("schema_history")));

    assertThatThrownBy(schema::apply)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("V1__facts.sql was edited");
  }

  @Test
  void anotherRetentionIsAppliedToAllTables() {
    new Schema(database.store()).apply();
    Schema shorter = new Schema(database.store(), new Retention(7, 60, 30));
    assertThat(shorter.apply())
        .contains("R1__retention.sql", "R2__rollups.sql efficiency_1m", "R2__rollups.sql gpu_1h")
        .allMatch(script -> script.matches("R[12]__.*"));
    for (String facts : List.of("efficiency", "gpu", "engine", "latency", "request", "node")) {
      assertThat(engine(facts + "_10s")).contains("toIntervalDay(7)");
      assertThat(engine(facts + "_1m")).contains("toIntervalDay(60)");
      if (!facts.equals("node")) {
        assertThat(engine(facts + "_1h")).contains("toIntervalMonth(30)");
      }
    }
  }

  @Test
  void everyColumnOfEveryTableSaysItsUnit() {
    Schema.apply(database.config());
    List<GenericRecord> columns =
        database
            .store()
            .rows(
                "SELECT table || '.' || name AS column, comment FROM system.columns"
                    + " WHERE database = {d:String} AND table IN (SELECT name FROM system.tables"
                    + " WHERE database = {d:String} AND engine LIKE '%MergeTree')",
                Map.of("d", database.config().database()));
    assertThat(columns).hasSizeGreaterThan(300);
    for (GenericRecord column : columns) {
      assertThat(column.getString("comment"))
          .as(column.getString("column"))
          .matches("\\[[^]]+] .{4,}");
    }
  }

  @Test
  void tablesHaveTheMeasuresOfTheEnumsInTheirOrder() {
    Schema.apply(database.config());
    for (String table : List.of("efficiency_10s", "efficiency_1m", "efficiency_1h")) {
      assertThat(measures(table)).isEqualTo(names(CellMeasure.values(), CellMeasure::column));
      assertThat(columns(table)).containsSubsequence(Cell.COLUMNS);
    }
    for (String table : List.of("request_10s", "request_1m", "request_1h")) {
      List<String> columns = columns(table);
      int first = columns.indexOf("adapter") + 1;
      assertThat(columns.subList(first, first + RequestMeasure.values().length))
          .isEqualTo(names(RequestMeasure.values(), RequestMeasure::column));
      assertThat(columns).containsSubsequence(Cell.COLUMNS);
    }
    for (String table : List.of("gpu_10s", "gpu_1m", "gpu_1h")) {
      assertThat(measures(table)).isEqualTo(names(GpuMeasure.values(), GpuMeasure::column));
    }
    for (String table : List.of("node_10s", "node_1m")) {
      assertThat(measures(table)).isEqualTo(names(NodeMeasure.values(), NodeMeasure::column));
    }
    for (String table : List.of("engine_10s", "engine_1m", "engine_1h")) {
      assertThat(measures(table)).isEqualTo(names(EngineMeasure.values(), EngineMeasure::column));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1_roles.sql", "2_owner_rows.sql"})
  void accessScriptsParse(String script) throws IOException {
    try (InputStream in = Schema.class.getResourceAsStream("/db/access/" + script)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String statement : text.replaceAll("(?m)^--.*$", "").split(";")) {
        if (!statement.isBlank()) {
          assertThat(
                  database
                      .store()
                      .rows("SELECT formatQuery({s:String}) AS f", Map.of("s", statement.strip())))
              .as(statement)
              .hasSize(1);
        }
      }
    }
  }

  /** The Int64 columns between the dimensions and the quality column. */
  private List<String> measures(String table) {
    List<String> columns = columns(table);
    String before =
        switch (table.substring(0, 4)) {
          case "effi" -> "cell_id";
          case "gpu_" -> "xid_last";
          case "node" -> "rack";
          default -> "role";
        };
    return columns.subList(columns.indexOf(before) + 1, columns.indexOf("quality"));
  }

  private List<String> columns(String table) {
    return database
        .store()
        .rows(
            "SELECT name FROM system.columns WHERE database = {d:String} AND table = {t:String}"
                + " ORDER BY position",
            Map.of("d", database.config().database(), "t", table))
        .stream()
        .map(row -> row.getString("name"))
        .toList();
  }

  private String engine(String table) {
    return database.text(
        "SELECT engine_full FROM system.tables WHERE database = '%s' AND name = '%s'"
            .formatted(database.config().database(), table));
  }

  private static List<String> tables(TestDatabase database) {
    return database
        .store()
        .rows(
            "SELECT name || ' ' || replaceAll(create_table_query, {d:String}, 'd') AS t"
                + " FROM system.tables WHERE database = {d:String} ORDER BY name",
            Map.of("d", database.config().database()))
        .stream()
        .map(row -> row.getString("t"))
        .toList();
  }

  private static <M> List<String> names(M[] measures, Function<M, String> column) {
    Stream<M> stream = Arrays.stream(measures);
    return stream.map(column).toList();
  }
}
