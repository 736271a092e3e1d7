package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.model.fact.NodeRow;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FactWriterTest {
  private final long seed = new Random().nextLong();
  private final RandomRows random = new RandomRows(seed);
  private final long window = RandomRows.window(System.currentTimeMillis(), 6);
  private final Cell cell = RandomRows.cell("eu", "H100-SXM", "llama");

  private static TestDatabase database;
  private static FactWriter writer;

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
    writer = new FactWriter(database.config());
  }

  @AfterAll
  static void close() {
    writer.close();
    database.close();
  }

  @BeforeEach
  void empty() {
    FactWriter.INSERTS.forEach(insert -> database.truncate(insert.table()));
  }

  @Test
  void everyValueOfACellRowComesBackFromTheColumnOfItsName() {
    CellRow row = random.cellRow(window, cell, 5);
    writer.writeCells(List.of(row));

    GenericRecord stored = onlyRow("efficiency_10s");
    for (int i = 0; i < Cell.COLUMNS.size(); i++) {
      assertThat(stored.getString(Cell.COLUMNS.get(i))).isEqualTo(cell.values().get(i));
    }
    for (CellMeasure measure : CellMeasure.values()) {
      assertThat(stored.getLong(measure.column()))
          .as(measure.column())
          .isEqualTo(row.amounts()[measure.ordinal()]);
    }
    assertThat(stored.getString("window_s")).isEqualTo(Long.toString(window / 1000));
    assertThat(stored.getString("cell_id")).isEqualTo(Long.toUnsignedString(cell.id()));
    assertThat(stored.getLong("quality")).isEqualTo(row.quality());
    assertThat(stored.getLong("source_period_ms")).isEqualTo(row.sourcePeriodMs());
    assertThat(stored.getLong("nodes")).isEqualTo(row.nodes());
    assertThat(stored.getString("attribution_method")).isEqualTo("exclusive");
    assertThat(stored.getLong("microusd_live")).isEqualTo(row.microusdLive());
    assertThat(stored.getLong("price_version")).isEqualTo(row.priceVersion());
    assertThat(stored.getString("version")).isEqualTo("5");
  }

  @Test
  void everyValueOfALatencyRowComesBackFromTheColumnOfItsName() {
    LatencyRow row = random.latencyRow(window, cell, 5);
    writer.writeLatency(List.of(row));

    GenericRecord stored = onlyRow("latency_10s");
    assertThat(stored.getString("model")).isEqualTo("llama");
    assertThat(stored.getString("vantage")).isEqualTo("engine");
    assertThat(stored.getString("measure")).isEqualTo("ttft");
    assertThat(stored.getString("bounds_id")).isEqualTo(Long.toUnsignedString(row.boundsId()));
    assertThat(stored.getLongArray("bounds_ns")).isEqualTo(row.boundsNs());
    assertThat(stored.getLongArray("counts")).isEqualTo(row.counts());
    assertThat(stored.getLong("sum_us")).isEqualTo(row.sumUs());
  }

  @Test
  void everyValueOfABoardAnEngineAndAnIntakeRowComesBackFromTheColumnOfItsName() {
    GpuRow gpu = random.gpuRow(window, "GPU-1", 5);
    EngineRow engine = random.engineRow(window, "h:8000", 5);
    IntakeRow intake = random.intakeRow(window, "late", 5);
    writer.writeGpus(List.of(gpu));
    writer.writeEngines(List.of(engine));
    writer.writeIntake(List.of(intake));
    NodeRow node = random.nodeRow(window, 5);
    writer.writeNodes(List.of(node));

    GenericRecord board = onlyRow("gpu_10s");
    for (GpuMeasure measure : GpuMeasure.values()) {
      assertThat(board.getLong(measure.column()))
          .as(measure.column())
          .isEqualTo(gpu.amounts()[measure.ordinal()]);
    }
    assertThat(board.getString("node")).isEqualTo("node-ä");
    assertThat(board.getString("gpu")).isEqualTo("GPU-1");
    assertThat(board.getString("throttle_reasons"))
        .isEqualTo(Long.toUnsignedString(gpu.throttleReasons()));
    assertThat(board.getLong("xid_last")).isEqualTo(gpu.xidLast());
    GenericRecord instance = onlyRow("engine_10s");
    for (EngineMeasure measure : EngineMeasure.values()) {
      assertThat(instance.getLong(measure.column()))
          .as(measure.column())
          .isEqualTo(engine.amounts()[measure.ordinal()]);
    }
    assertThat(instance.getString("role")).isEqualTo("both");
    for (NodeMeasure measure : NodeMeasure.values()) {
      assertThat(onlyRow("node_10s").getLong(measure.column()))
          .as(measure.column())
          .isEqualTo(node.amounts()[measure.ordinal()]);
    }
    assertThat(onlyRow("intake_10s").getLong("records")).isEqualTo(intake.records());
  }

  @Test
  void aRejectKeepsItsReasonAndTheFirstKilobyteOfItsPayload() {
    byte[] payload = "x".repeat(5000).getBytes(StandardCharsets.UTF_8);
    Reject reject = new Reject(window, "t", 3, 77, "n", "bad", "field 7", payload.length, payload);
    writer.writeRejects(List.of(reject));
    writer.writeRejects(List.of(reject));

    GenericRecord stored = onlyRow("rejects");
    assertThat(stored.getString("reason")).isEqualTo("bad");
    assertThat(stored.getLong("offset")).isEqualTo(77);
    assertThat(stored.getLong("payload_bytes")).isEqualTo(5000);
    assertThat(stored.getString("payload")).isEqualTo("x".repeat(Reject.KEPT_BYTES));
  }

  @Test
  void rowsWrittenTwiceInAnyOrderAndOlderVersionsLaterChangeNothing() {
    List<CellRow> last = new ArrayList<>();
    List<CellRow> all = new ArrayList<>();
    for (int w = 0; w < 20; w++) {
      for (String model : List.of("a", "b", "c")) {
        Cell each = RandomRows.cell("eu", "H100-SXM", model);
        long start = window - w * 10_000L;
        all.add(random.cellRow(start, each, 1));
        all.add(random.cellRow(start, each, 2));
        last.add(random.cellRow(start, each, (1L << 40) + 3));
      }
    }
    writer.writeCells(last);
    String truth = content("efficiency_10s");

    all.addAll(last);
    Collections.shuffle(all, new Random(seed));
    all.forEach(row -> writer.writeCells(List.of(row)));
    writer.writeCells(all);

    assertThat(content("efficiency_10s")).isEqualTo(truth);
    database.store().command("OPTIMIZE TABLE " + database.table("efficiency_10s") + " FINAL");
    assertThat(content("efficiency_10s")).isEqualTo(truth);
  }

  @Test
  void anEmptyListWritesNothing() {
    writer.writeCells(List.of());
    assertThat(database.number("SELECT count() FROM " + database.table("efficiency_10s"))).isZero();
  }

  @Test
  void aDriftedTableIsRefusedAndEveryColumnIsNamed() {
    try (TestDatabase drifted = TestDatabase.withTables();
        FactWriter open = new FactWriter(drifted.config())) {
      String cells = drifted.table("efficiency_10s");
      drifted.store().command("ALTER TABLE " + cells + " DROP COLUMN nodes");
      drifted.store().command("ALTER TABLE " + cells + " MODIFY COLUMN price_version Int32");
      drifted
          .store()
          .command("ALTER TABLE " + drifted.table("intake_10s") + " DROP COLUMN records");

      assertThatThrownBy(() -> new FactWriter(drifted.config()))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.retryable()).isFalse())
          .hasMessageContaining("efficiency_10s.nodes is missing")
          .hasMessageContaining("efficiency_10s.price_version is Int32, not Int64")
          .hasMessageContaining("schema apply");
      assertThatThrownBy(() -> open.writeIntake(List.of(random.intakeRow(window, "late", 1))))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.retryable()).isFalse())
          .hasMessageContaining("records");
    }
  }

  @Test
  void aClickHouseThatDoesNotAnswerIsWorthARetry() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> new FactWriter(StoreConfig.of("http://127.0.0.1:" + port)))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.retryable()).isTrue())
        .hasMessageContaining(Integer.toString(port));
  }

  @Test
  void passwordsAreNotShown() {
    StoreConfig config = new StoreConfig("http://h:1", "writer", "hunter2", "tokenwatt");
    assertThat(config.toString()).doesNotContain("hunter2").contains("writer");
  }

  private GenericRecord onlyRow(String table) {
    String time = table.equals("rejects") ? "time" : "window_start";
    List<GenericRecord> rows =
        database
            .store()
            .rows(
                "SELECT *, toUnixTimestamp(%s) AS window_s FROM %s FINAL"
                    .formatted(time, database.table(table)));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private String content(String table) {
    String columns =
        String.join(
            ", ",
            Arrays.stream(CellMeasure.values())
                .map(m -> m.name().toLowerCase(Locale.ROOT))
                .toList());
    return database.text(
        "SELECT toString(groupArray(x)) FROM (SELECT (window_start, cell_id, version, quality, "
            + columns
            + ") AS x FROM "
            + database.table(table)
            + " FINAL ORDER BY window_start, cell_id)");
  }
}
