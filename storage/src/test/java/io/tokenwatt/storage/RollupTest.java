package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.storage.schema.Retention;
import io.tokenwatt.storage.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollupTest {
  private static final long HOUR_MS = 3_600_000;

  private final RandomRows random = new RandomRows(new Random().nextLong());
  private final long hour = Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - HOUR_MS;
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
    database.truncate("efficiency_10s", "efficiency_1m", "efficiency_1h");
  }

  @Test
  void minutesAndHoursHoldTheSumsOfTheirTenSeconds() {
    List<CellRow> rows = new ArrayList<>();
    for (String model : List.of("a", "b")) {
      for (int w = 0; w < 360; w += 7) {
        Cell each = RandomRows.cell("eu", "H100-SXM", model);
        rows.add(random.cellRow(hour + w * 10_000L, each, w + 1));
      }
    }
    writer.writeCells(rows);
    refresh();

    String sums = sums("efficiency_10s");
    assertThat(sums("efficiency_1m")).isEqualTo(sums);
    assertThat(sums("efficiency_1h")).isEqualTo(sums);
    assertThat(count("efficiency_1h")).isEqualTo(2);
    assertThat(database.text("SELECT toString(max(nodes)) FROM " + finalOf("efficiency_1h")))
        .isEqualTo(Long.toString(rows.stream().mapToLong(CellRow::nodes).max().orElseThrow()));
  }

  @Test
  void aHigherVersionCorrectsTheRollupsAndAnOlderOneDoesNot() {
    writer.writeCells(
        List.of(random.cellRow(hour, cell, 3), random.cellRow(hour + 10_000, cell, 3)));
    refresh();
    CellRow corrected = random.cellRow(hour, cell, 4);
    writer.writeCells(List.of(corrected));
    refresh();
    String sums = sums("efficiency_10s");
    assertThat(sums("efficiency_1m")).isEqualTo(sums);
    assertThat(sums("efficiency_1h")).isEqualTo(sums);

    writer.writeCells(List.of(random.cellRow(hour, cell, 2)));
    refresh();
    assertThat(sums("efficiency_10s")).isEqualTo(sums);
    assertThat(sums("efficiency_1m")).isEqualTo(sums);
    assertThat(sums("efficiency_1h")).isEqualTo(sums);
  }

  @Test
  void daysOfBacklogWrittenLateAreRolledUp() {
    writer.writeCells(List.of(random.cellRow(hour, cell, 1)));
    refresh();
    writer.writeCells(List.of(random.cellRow(hour - 5 * 24 * HOUR_MS, cell, 1)));
    refresh();

    assertThat(count("efficiency_1h")).isEqualTo(2);
    assertThat(sums("efficiency_1h")).isEqualTo(sums("efficiency_10s"));
  }

  @Test
  void aWindowWhoseRowsTheRetentionTookKeepsItsRollup() {
    writer.writeCells(
        List.of(random.cellRow(hour, cell, 1), random.cellRow(hour + 10_000, cell, 1)));
    refresh();
    String sums = sums("efficiency_1m");

    String lost = "window_start = toDateTime(" + hour / 1000 + ")";
    database.store().command("DELETE FROM " + database.table("efficiency_10s") + " WHERE " + lost);
    refresh();
    assertThat(sums("efficiency_1m")).isEqualTo(sums);
    assertThat(sums("efficiency_1h")).isEqualTo(sums);
  }

  @Test
  void rowsAtTheEdgeOfTheRetentionAreNotRolledUpAgain() {
    writer.writeCells(List.of(random.cellRow(hour - 34 * 24 * HOUR_MS, cell, 1)));
    refresh();
    assertThat(count("efficiency_1m")).isZero();
  }

  /** Its end is when its rows are written; rows that came meanwhile are older than that. */
  @Test
  void rowsThatCameDuringASlowRefreshAreRolledUpByTheNext() {
    writer.writeCells(List.of(random.cellRow(hour, cell, 1)));
    refresh();
    database
        .store()
        .command(
            "INSERT INTO %1$s (* EXCEPT written_at, written_at) SETTINGS insert_allow_materialized_columns = 1 SELECT * EXCEPT written_at, now() + 1200 FROM (SELECT *, written_at FROM %1$s)"
                .formatted(database.table("efficiency_1m")));

    writer.writeCells(List.of(random.cellRow(hour + 10_000, cell, 1)));
    refresh();
    assertThat(sums("efficiency_1m")).isEqualTo(sums("efficiency_10s"));
  }

  @Test
  void halfAWindowThatTheRetentionLeftNeverReplacesAWholeOne() {
    long old = hour - 34 * 24 * HOUR_MS;
    new Schema(database.store(), new Retention(60, 180, 26)).apply();
    writer.writeCells(List.of(random.cellRow(old, cell, 1), random.cellRow(old + 10_000, cell, 1)));
    refresh();
    String sums = sums("efficiency_1m");
    assertThat(count("efficiency_1m")).isEqualTo(1);

    new Schema(database.store()).apply();
    String lost = "window_start = toDateTime(" + old / 1000 + ")";
    database.store().command("DELETE FROM " + database.table("efficiency_10s") + " WHERE " + lost);
    writer.writeCells(List.of(random.cellRow(old + 10_000, cell, 1000)));
    refresh();
    assertThat(sums("efficiency_1m")).isEqualTo(sums);
    assertThat(sums("efficiency_1h")).isEqualTo(sums);
  }

  @Test
  void costWithoutAPriceInOnePartIsUnknownInTheWhole() {
    CellRow priced = random.cellRow(hour, cell, 1);
    writer.writeCells(List.of(priced, unpriced(random.cellRow(hour + 10_000, cell, 1))));
    refresh();
    assertThat(database.text("SELECT toString(microusd_live) FROM " + finalOf("efficiency_1m")))
        .isEqualTo("-1");
  }

  private static CellRow unpriced(CellRow row) {
    return new CellRow(
        row.windowStartMs(),
        row.cell(),
        row.amounts(),
        row.quality(),
        row.sourcePeriodMs(),
        row.nodes(),
        row.attributionMethod(),
        -1,
        0,
        row.version());
  }

  private void refresh() {
    Rollups.refresh(database, "efficiency_1m", "efficiency_1h");
  }

  private long count(String table) {
    return database.number("SELECT count() FROM " + finalOf(table));
  }

  private String sums(String table) {
    List<String> sums =
        Arrays.stream(CellMeasure.values()).map(m -> "sum(" + m.column() + ")").toList();
    return database.text(
        "SELECT toString(("
            + String.join(", ", sums)
            + ", groupBitOr(quality), max(source_period_ms), sum(microusd_live), sum(version))) FROM "
            + finalOf(table));
  }

  private String finalOf(String table) {
    return database.table(table) + " FINAL";
  }
}
