package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.storage.load.LoadedCsv;
import io.tokenwatt.storage.load.LoadedRow;
import io.tokenwatt.storage.report.ReportMain;
import io.tokenwatt.storage.schema.Schema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One owner tries to see another's cost, on the engine, with what db/access gives to owners. */
class OwnerRowsTest {
  private static final long HOUR_MS = 3_600_000;
  private static final OwnerUsers USERS = new OwnerUsers();

  @TempDir private static Path folder;
  private static EmbeddedClickHouse engine;
  private static Store chat;

  @BeforeAll
  static void open() throws IOException {
    assumeTrue(System.getProperty("tokenwatt.test.clickhouse", "").isEmpty(), "embedded only");
    Files.createDirectories(folder.resolve("users.d"));
    Files.writeString(folder.resolve("users.d").resolve("owners.xml"), USERS.xml("chat", "secret"));
    engine = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(folder));
    StoreConfig config = StoreConfig.of(engine.httpUrl());
    Schema.apply(config);
    long hour = Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - HOUR_MS;
    try (FactWriter writer = new FactWriter(config)) {
      writer.writeCells(List.of(row(hour, "chat", 1_000), row(hour, "secret", 7_777_000)));
    }
    try (Store store = new Store(config)) {
      new LoadRows(store).merge(money(), 1);
      store.command(
          "INSERT INTO tokenwatt.request_10s (window_start, owner, cell_id, tenant, requests, version)"
              + " SELECT window_start, owner, cell_id, concat('tenant-of-', owner), 1, 1 FROM tokenwatt.efficiency_10s");
      store.command(
          "INSERT INTO tokenwatt.latency_10s (window_start, owner, cell_id, vantage, measure, bounds_ns, counts, version)"
              + " SELECT window_start, owner, cell_id, 'engine', 'ttft', [1], [1, 0], 1 FROM tokenwatt.efficiency_10s");
      for (String facts : List.of("efficiency", "request", "latency")) {
        for (String rollup : List.of("_1m", "_1h")) {
          store.command("SYSTEM REFRESH VIEW tokenwatt.%s%s_refresh".formatted(facts, rollup));
          store.command("SYSTEM WAIT VIEW tokenwatt.%s%s_refresh".formatted(facts, rollup));
        }
      }
    }
    chat = new Store(new StoreConfig(engine.httpUrl(), "chat", "", "tokenwatt"));
  }

  @AfterAll
  static void close() {
    if (engine != null) {
      chat.close();
      engine.close();
    }
  }

  @Test
  void everyTableAnOwnerMayReadAndThatHasOwnersIsFiltered() {
    try (Store all = new Store(StoreConfig.of(engine.httpUrl()))) {
      List<String> owned =
          all
              .rows(
                  "SELECT DISTINCT table FROM system.columns WHERE database = 'tokenwatt' AND name = 'owner'"
                      + " AND table IN (SELECT name FROM system.tables WHERE database = 'tokenwatt'"
                      + " AND engine LIKE '%MergeTree')")
              .stream()
              .map(row -> row.getString(1))
              .filter(USERS::mayRead)
              .filter(table -> !table.equals("slos"))
              .toList();
      assertThat(owned).hasSizeGreaterThanOrEqualTo(10);
      assertThat(USERS.filters.keySet()).containsAll(owned);
      for (String table : owned) {
        List<String> owners = names(all, "SELECT DISTINCT owner FROM tokenwatt." + table);
        assertThat(owners).as(table + " as seen by all").contains("chat", "secret");
        assertThat(names(chat, "SELECT DISTINCT owner FROM tokenwatt." + table))
            .as(table + " as seen by chat")
            .containsExactly("chat");
      }
    }
  }

  @Test
  void eachViewAndEachTableWithOwnersIsGrantedOrRefusedWithAReason() {
    try (Store all = new Store(StoreConfig.of(engine.httpUrl()))) {
      List<String> open =
          names(
              all,
              "SELECT name FROM system.tables WHERE database = 'tokenwatt' AND (engine = 'View'"
                  + " OR (engine LIKE '%MergeTree' AND name IN (SELECT table FROM system.columns"
                  + " WHERE database = 'tokenwatt' AND name = 'owner')))");
      assertThat(open).contains("efficiency", "efficiency_10s", "slos");
      assertThat(open)
          .as("decide in db/access/1_roles.sql: GRANT SELECT ON …, or -- No SELECT ON …: why")
          .allSatisfy(name -> assertThat(USERS.mayRead(name)).isNotEqualTo(refused(name)));
      assertThat(open).as("what is refused exists").containsAll(USERS.refused);
    }
  }

  private static boolean refused(String name) {
    return USERS.refused.contains(name);
  }

  @Test
  void eachViewAnOwnerMayReadAnswersAndTellsOfNoOther() {
    String since = CellsBetweenTest.utc(System.currentTimeMillis() - 6 * HOUR_MS);
    String until = CellsBetweenTest.utc(System.currentTimeMillis() + HOUR_MS);
    int own = 0;
    try (Store all = new Store(StoreConfig.of(engine.httpUrl()))) {
      for (GenericRecord view :
          all.rows(
              "SELECT name, create_table_query FROM system.tables WHERE database = 'tokenwatt' AND engine = 'View'")) {
        String name = view.getString(1);
        if (!USERS.mayRead(name)) {
          continue;
        }
        String call = ViewCall.of(name, view.getString(2), since, until);
        String said = String.join("\n", names(chat, "SELECT toString(tuple(*)) FROM " + call));
        assertThat(said)
            .as(call)
            .doesNotContain("secret")
            .doesNotContainPattern("(?<!\\d)7\\.?777");
        own += said.contains("-of-chat") ? 1 : 0;
      }
    }
    assertThat(own).as("views that told of chat").isGreaterThanOrEqualTo(8);
  }

  @Test
  void sumsHoldNothingOfOthersHoweverTheyAreAsked() {
    for (String sql :
        List.of(
            "SELECT sum(gpu_ms) FROM tokenwatt.efficiency_10s",
            "SELECT sum(gpu_ms) FROM tokenwatt.efficiency_10s FINAL",
            "SELECT sum(gpu_ms) FROM tokenwatt.efficiency_1h FINAL PREWHERE owner != 'chat' OR 1",
            "SELECT toInt64(sum(gpu_s) * 1000) FROM tokenwatt.efficiency(window_s = 60)",
            "SELECT toInt64(sum(gpu_s) * 1000) FROM tokenwatt.efficiency_cells(window_s = 10)",
            "SELECT toInt64(sum(held_ms)) FROM tokenwatt.cost_lines(since = now() - 20000, until = now() + 9)",
            "SELECT toInt64(round(sum(gpu_h) * 3.6e6)) FROM tokenwatt.cost_audit(since = now() - 20000, until = now() + 9)")) {
      assertThat(chat.rows(sql).get(0).getLong(1)).as(sql).isEqualTo(1_000);
    }
    assertThat(chat.rows("SELECT count() FROM tokenwatt.commitments").get(0).getLong(1)).isZero();
    assertThat(chat.rows("SELECT count() FROM tokenwatt.invoices").get(0).getLong(1)).isZero();
  }

  @Test
  void waysAroundAreRefused() {
    for (String sql :
        List.of(
            "SELECT * FROM tokenwatt.gpu_10s",
            "SELECT * FROM tokenwatt.node_10s",
            "SELECT * FROM tokenwatt.rejects",
            "SELECT * FROM tokenwatt.events",
            "SELECT * FROM tokenwatt.idle_waste(since = now() - 9, until = now())",
            "SELECT * FROM merge('tokenwatt', 'gpu_10s')",
            "SELECT query FROM system.query_log",
            "SELECT * FROM remote('127.0.0.1', tokenwatt.efficiency_10s)",
            "ALTER TABLE tokenwatt.efficiency_10s DELETE WHERE 1",
            "INSERT INTO tokenwatt.prices (provider) VALUES ('x')",
            "CREATE VIEW tokenwatt.v AS SELECT 1")) {
      assertThatThrownBy(() -> chat.rows(sql)).as(sql).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void theReportsOfOneOwnerNameNoOther() {
    for (String report :
        List.of("cost-audit", "benchmark", "chargeback", "prices", "hardware", "regions")) {
      StringWriter text = new StringWriter();
      int code =
          ReportMain.commandLine(Clock.systemUTC())
              .setOut(new PrintWriter(text))
              .setErr(new PrintWriter(text))
              .execute(report, "--url", engine.httpUrl(), "--user", "chat", "--last", "6h");
      assertThat(code).as(text.toString()).isZero();
      assertThat(text.toString()).as(report).doesNotContain("secret").doesNotContain("7777");
      if (report.equals("cost-audit")) {
        // 1 s at 3.6 USD/h; 7,777 s of the other owner would be 7.777 USD.
        assertThat(text.toString()).contains("Cost audit = observed 0.001 ");
      }
    }
  }

  private static List<String> names(Store store, String sql) {
    return store.rows(sql).stream().map((GenericRecord row) -> row.getString(1)).toList();
  }

  private static CellRow row(long hour, String owner, long boardMs) {
    long[] amounts = new long[CellMeasure.values().length];
    for (CellMeasure measure :
        List.of(CellMeasure.EXPECTED_MS, CellMeasure.GPU_MS, CellMeasure.GPU_BUSY_MS)) {
      amounts[measure.ordinal()] = boardMs;
    }
    Cell cell =
        new Cell(
            "eu",
            "c1",
            "cloud",
            "acme",
            "reserved",
            "H100",
            "model-of-" + owner,
            "fp8",
            "work-of-" + owner,
            owner,
            "",
            "vllm",
            "both",
            "generate",
            "inference");
    return new CellRow(hour, cell, amounts, 0, 0, 1, "exclusive", 0, 0, 1);
  }

  private static List<LoadedRow> money() {
    List<LoadedRow> rows = new ArrayList<>();
    for (List<String> file :
        List.of(
            List.of(
                "provider,region,hardware,purchase_option,effective_from,per_gpu_hour",
                "acme,eu,H100,reserved,2026-01-01,3.6"),
            List.of(
                "commitment,provider,region,hardware,purchase_option,boards,per_gpu_hour,starts,ends",
                "secret-1,acme,eu,H100,reserved,9,3.6,2026-01-01,2100-01-01"),
            List.of(
                "invoice,provider,starts,ends,amount",
                "secret-2,acme,2026-01-01,2026-02-01,777777"),
            List.of(
                "spend,provider,model,owner,starts,ends,amount",
                "a,tokens-inc,x,secret,2026-01-01,2100-01-01,777777",
                "b,tokens-inc,x,chat,2020-01-01,2020-02-01,1"),
            List.of(
                "provider,model,effective_from,per_mtok_prompt,per_mtok_cached,per_mtok_output",
                "tokens-inc,*,2026-01-01,1,1,1"))) {
      rows.addAll(LoadedCsv.read("money.csv", file).orThrow());
    }
    return rows;
  }
}
