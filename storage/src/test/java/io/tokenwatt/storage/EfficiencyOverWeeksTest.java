package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.storage.KnownFleet.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The efficiency views over rollups: the same text, so the same ratios, from fewer rows. */
class EfficiencyOverWeeksTest {
  private static final long HOUR_MS = 3_600_000;
  private static final int DAYS = 30;
  private static final int CELLS = 300;

  private final long hour =
      Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - 3 * HOUR_MS;
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.withTables();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void minutesAndHoursGiveTheRatiosOfTheTenSeconds() {
    write();
    Rollups.refresh(database, "efficiency_1m", "efficiency_1h", "latency_1m", "latency_1h");
    for (String view : List.of("efficiency", "efficiency_cells")) {
      String tenSeconds = row(view);
      assertThat(known(view, "output_tokens_per_joule")).isEqualTo(1);
      assertThat(known(view, "p50_ttft_engine_s")).isEqualTo(1);
      assertThat(row(view + "_by_minute")).isEqualTo(tenSeconds);
      assertThat(row(view + "_by_hour")).isEqualTo(tenSeconds);
    }
  }

  @Test
  void hoursOutliveTheirTenSeconds() {
    write();
    Rollups.refresh(database, "efficiency_1m", "efficiency_1h", "latency_1m", "latency_1h");
    String before = row("efficiency_by_hour");
    database.truncate("efficiency_10s", "latency_10s", "efficiency_1m", "latency_1m");
    Rollups.refresh(database, "efficiency_1m", "efficiency_1h", "latency_1m", "latency_1h");
    assertThat(row("efficiency_by_hour")).isEqualTo(before);
  }

  @Test
  void aWindowThatHoursCannotTellIsRefused() {
    write();
    Rollups.refresh(database, "efficiency_1m", "efficiency_1h");
    assertThat(
            catchThrowable(
                () -> database.store().rows("SELECT * FROM " + view("efficiency_by_hour", 60))))
        .hasMessageContaining("window_s must be a multiple of 3600 seconds");
  }

  /** Measured, not judged: the budget of panels is checked by the benchmarks. */
  @Test
  void thirtyDaysOfHoursAreReadInSecondsNotMinutes() {
    database
        .store()
        .command(
            """
            INSERT INTO %s (window_start, region, hardware, model, workload, cell_id, expected_ms, observed_ms,
                gpu_ms, gpu_busy_ms, gpu_mj, gpu_mj_metered, tokens_expected_ms, tokens_observed_ms,
                output_tokens, output_tokens_metered, version)
            SELECT toStartOfHour(now()) - INTERVAL (1 + intDiv(number, %d)) HOUR, 'r' || toString(number %% 5), 'H100-SXM',
                'm' || toString(number %% 20), 'w' || toString(number %% %d), number %% %d, 3600000, 3600000, 3600000,
                3000000, 1000000000, 1000000000, 3600000, 3600000, 4000000, 4000000, 1
            FROM numbers(%d)
            """
                .formatted(
                    database.table("efficiency_1h"), CELLS, CELLS, CELLS, DAYS * 24 * CELLS));
    for (String view : List.of("efficiency_by_hour", "efficiency_cells_by_hour")) {
      long start = System.nanoTime();
      long rows =
          database.number("SELECT count(output_tokens_per_joule) FROM " + view(view, 86_400));
      System.out.printf(
          "%s: %d days of %d cells from efficiency_1h, %d rows by day, %d ms%n",
          view, DAYS, CELLS, rows, (System.nanoTime() - start) / 1_000_000);
      assertThat(rows).isPositive();
    }
  }

  private void write() {
    KnownFleet fleet =
        new KnownFleet("llama")
            .read(new Node(8, 325, 4_000, 800), hour - HOUR_MS, hour + 2 * HOUR_MS);
    for (long at = hour - HOUR_MS; at < hour + 2 * HOUR_MS; at += 10_000) {
      fleet.add(at, CellMeasure.GPU_MJ_METERED, 26_000_000);
      fleet.add(at, CellMeasure.OUTPUT_TOKENS_METERED, 8_000);
    }
    RandomRows random = new RandomRows(7);
    List<LatencyRow> latencies = new ArrayList<>();
    for (long at = hour; at < hour + HOUR_MS; at += 60_000) {
      latencies.add(random.latencyRow(at, fleet.rows().get(0).cell(), 1));
    }
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(fleet.rows());
      writer.writeLatency(latencies);
    }
  }

  /** All columns of the hour in the middle. */
  private String row(String view) {
    return database.text("SELECT toString(tuple(* EXCEPT data_up_to)) FROM " + middle(view));
  }

  private long known(String view, String column) {
    return database.number("SELECT count(" + column + ") FROM " + middle(view));
  }

  private String middle(String view) {
    return view(view, 3600) + " WHERE time = toDateTime(" + hour / 1000 + ")";
  }

  private String view(String view, int seconds) {
    return database.table(view) + "(window_s = " + seconds + ")";
  }
}
