package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reports' facts of a period: each window once, whichever table it comes from. */
class CellsBetweenTest {
  private static final long HOUR_MS = 3_600_000;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final long hour = Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS;

  @Test
  void everyWindowOfAPeriodCountsOnceHoweverFarTheRollupsAre() {
    System.out.println("CellsBetweenTest seed " + seed);
    RandomRows rows = new RandomRows(random.nextLong());
    try (TestDatabase database = TestDatabase.withTables();
        FactWriter writer = new FactWriter(database.config())) {
      List<CellRow> all = new ArrayList<>();
      List<CellRow> rolled = rows(rows, hour - 4 * HOUR_MS, hour - HOUR_MS);
      writer.writeCells(rolled);
      database.refresh("efficiency_1m_refresh", "efficiency_1h_refresh");
      all.addAll(rolled);
      // What came since the rollups last ran is read from where it is.
      List<CellRow> fresh = rows(rows, hour - HOUR_MS, hour);
      writer.writeCells(fresh);
      all.addAll(fresh);

      compare(database, all, hour - 4 * HOUR_MS, hour);
      compare(database, all, hour - 3 * HOUR_MS - 90_000, hour - 2 * HOUR_MS + 40_000);
      for (int i = 0; i < 12; i++) {
        long a = hour - Window.SIZE_MS * random.nextInt(4 * 360);
        long b = hour - Window.SIZE_MS * random.nextInt(4 * 360);
        compare(database, all, Math.min(a, b), Math.max(a, b) + Window.SIZE_MS);
      }
      assertThat(tables(database)).as("rollups are used where they are").contains("3600", "60");
    }
  }

  private List<CellRow> rows(RandomRows rows, long fromMs, long toMs) {
    List<CellRow> all = new ArrayList<>();
    for (String model : List.of("a", "b")) {
      Cell cell = RandomRows.cell("eu", "H100-SXM", model);
      for (long at = fromMs; at < toMs; at += Window.SIZE_MS * (1 + random.nextInt(6))) {
        all.add(rows.cellRow(at, cell, 1));
      }
    }
    return all;
  }

  private static void compare(TestDatabase database, List<CellRow> rows, long fromMs, long toMs) {
    long expected =
        rows.stream()
            .filter(r -> r.windowStartMs() >= fromMs && r.windowStartMs() < toMs)
            .mapToLong(r -> r.amounts()[CellMeasure.GPU_MJ.ordinal()])
            .sum();
    String period = period(fromMs, toMs);
    assertThat(database.number("SELECT sum(gpu_mj) FROM " + database.table(period)))
        .as(period)
        .isEqualTo(expected);
  }

  private String tables(TestDatabase database) {
    return database.text(
        "SELECT toString(groupUniqArray(window_s)) FROM "
            + database.table(period(hour - 4 * HOUR_MS + 60_000, hour)));
  }

  private static String period(long fromMs, long toMs) {
    return "cells_between(since = '%s', until = '%s')".formatted(utc(fromMs), utc(toMs));
  }

  /** As the views' parameters are written. */
  static String utc(long ms) {
    return Instant.ofEpochMilli(ms).toString().replace('T', ' ').substring(0, 19);
  }
}
