package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleWasteTest {
  private static final long HOUR_MS = 3_600_000;

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
  void everyLineEqualsAnIndependentComputationFromTheRows() {
    IdleFleet fleet = new IdleFleet(new Random().nextLong(), System.currentTimeMillis());
    write(fleet.rows, fleet.prices);
    IdleFleet.MAX_BATCH.forEach(
        (deployment, batch) ->
            database
                .store()
                .command(
                    "INSERT INTO %s (time, kind, deployment, max_batch) VALUES (now64(3), 'deployment', '%s', %d)"
                        .formatted(database.table("events"), deployment, batch)));
    database.refresh("efficiency_1m_refresh", "efficiency_1h_refresh");

    Map<IdleWasteOracle.Key, IdleWasteOracle.Line> expected =
        new IdleWasteOracle(fleet.rows, fleet.prices, IdleFleet.MAX_BATCH).lines();
    Map<IdleWasteOracle.Key, GenericRecord> actual = new HashMap<>();
    rows(fleet.fromMs, fleet.toMs)
        .forEach(
            r ->
                actual.put(
                    new IdleWasteOracle.Key(
                        r.getString("cause"),
                        r.getString("region"),
                        r.getString("cluster"),
                        r.getString("hardware"),
                        r.getString("workload"),
                        r.getString("owner")),
                    r));
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    assertThat(expected.keySet())
        .extracting(IdleWasteOracle.Key::cause)
        .contains("training_idle", "over_provisioned", "busy", "unallocated");
    expected.forEach(
        (key, line) -> {
          GenericRecord row = actual.get(key);
          close(row, "gpu_h", line.hours);
          boolean energy = !key.cause().equals("throttled") && !key.cause().equals("not_observed");
          close(row, "kwh", energy ? line.kwh : null);
          boolean priced = !line.unpriced && !key.cause().equals("throttled");
          close(row, "usd", priced ? line.usd : null);
          if (row.getBoolean("waste")) {
            close(
                row,
                "floor_watts_per_gpu",
                IdleWasteOracle.floor(fleet.rows, key.hardware()).orElse(null));
          }
        });
  }

  /** Computed by hand: 8 boards for one hour, of which 2 idle, 1 free, 1 unknown; $2 an hour. */
  @Test
  void anHourThatAPersonCanCheck() {
    long hour = Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - HOUR_MS;
    Cell chat = RandomRows.cell("eu", "H100", "m");
    List<CellRow> rows = new ArrayList<>();
    for (int w = 0; w < 360; w++) {
      long[] a = new long[CellMeasure.values().length];
      a[CellMeasure.EXPECTED_MS.ordinal()] = 9 * Window.SIZE_MS;
      a[CellMeasure.OBSERVED_MS.ordinal()] = 8 * Window.SIZE_MS;
      a[CellMeasure.GPU_MS.ordinal()] = 8 * Window.SIZE_MS;
      state(a, CellMeasure.GPU_BUSY_MS, CellMeasure.GPU_BUSY_MJ, 4, 600);
      state(a, CellMeasure.GPU_LOADED_IDLE_MS, CellMeasure.GPU_LOADED_IDLE_MJ, 2, 120);
      state(a, CellMeasure.GPU_UNALLOCATED_MS, CellMeasure.GPU_UNALLOCATED_MJ, 1, 70);
      state(a, CellMeasure.GPU_UNKNOWN_MS, CellMeasure.GPU_UNKNOWN_MJ, 1, 300);
      rows.add(new CellRow(hour + w * Window.SIZE_MS, chat, a, 0, 0, 1, "exclusive", 0, 0, 1));
    }
    Instant from = Instant.ofEpochMilli(hour);
    write(
        rows,
        List.of(
            new Price(
                "acme", "eu", "H100", "on_demand", from, BigDecimal.valueOf(2), false, "hand")));

    Map<String, GenericRecord> byCause = new HashMap<>();
    rows(hour, hour + HOUR_MS).forEach(r -> byCause.put(r.getString("cause"), r));
    GenericRecord idle = byCause.get("loaded_idle");
    assertThat(idle.getBoolean("waste")).isTrue();
    close(idle, "gpu_h", 2.0);
    close(idle, "watts", 240.0);
    close(idle, "watts_per_gpu", 120.0);
    close(idle, "kwh", 0.24);
    close(idle, "usd", 4.0);
    close(idle, "floor_watts_per_gpu", 70.0);
    close(idle, "kwh_above_floor", 0.1);
    close(idle, "share_of_gpu_h", 0.25);
    close(idle, "coverage", 8.0 / 9);
    close(idle, "span_hours", 1.0);
    assertThat(byCause.get("unknown").getBoolean("waste")).isFalse();
    close(byCause.get("unknown"), "usd", 2.0);
    close(byCause.get("not_observed"), "gpu_h", 1.0);
    close(byCause.get("not_observed"), "kwh", null);
    close(byCause.get("not_observed"), "usd", 2.0);
    close(byCause.get("unallocated"), "kwh", 0.07);
    close(byCause.get("busy"), "kwh", 2.4);
  }

  /** By hand: 0.24 kWh of idle boards at a facility that takes 1.5 times the boards', 0.2 $/kWh. */
  @Test
  void electricityThatIsBilledOnTopIsPartOfWhatIdlingCosts() {
    long hour = Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - HOUR_MS;
    long[] a = new long[CellMeasure.values().length];
    a[CellMeasure.EXPECTED_MS.ordinal()] = 2 * HOUR_MS;
    a[CellMeasure.GPU_MS.ordinal()] = 2 * HOUR_MS;
    a[CellMeasure.GPU_LOADED_IDLE_MS.ordinal()] = 2 * HOUR_MS;
    a[CellMeasure.GPU_LOADED_IDLE_MJ.ordinal()] = 240 * HOUR_MS;
    a[CellMeasure.GPU_MJ.ordinal()] = 240 * HOUR_MS;
    long[] noMeter = a.clone();
    a[CellMeasure.FACILITY_MJ.ordinal()] = 360 * HOUR_MS;
    Cell metered = RandomRows.cell("eu", "H100", "m");
    Cell blind = RandomRows.cell("us", "H100", "m");
    database
        .store()
        .command(
            "INSERT INTO %s (provider, region, hardware, purchase_option, effective_from, per_gpu_hour, currency, energy_billing, per_kwh, version) VALUES ('acme', '', 'H100', 'on_demand', '2020-01-01 00:00:00', 1, 'USD', 'metered', 0.2, 1)"
                .formatted(database.table("prices")));
    write(
        List.of(
            new CellRow(hour, metered, a, 0, 0, 1, "exclusive", 0, 0, 1),
            new CellRow(hour, blind, noMeter, 0, 0, 1, "exclusive", 0, 0, 1)),
        List.of());
    Map<String, GenericRecord> byRegion = new HashMap<>();
    rows(hour, hour + HOUR_MS).forEach(r -> byRegion.put(r.getString("region"), r));
    close(byRegion.get("eu"), "usd", 2 + 0.36 * 0.2);
    close(byRegion.get("us"), "usd", null);
    assertThat(byRegion.get("us").getString("usd_null_reason")).isEqualTo("no_facility_energy");
  }

  private static void state(long[] a, CellMeasure ms, CellMeasure mj, int boards, int watts) {
    a[ms.ordinal()] = boards * Window.SIZE_MS;
    a[mj.ordinal()] = boards * watts * Window.SIZE_MS;
  }

  private void write(List<CellRow> rows, List<Price> prices) {
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(rows);
    }
    new LoadPrices(database.store()).load(prices, 1);
  }

  private List<GenericRecord> rows(long fromMs, long toMs) {
    return database
        .store()
        .rows(
            "SELECT * FROM %s(since = '%s', until = '%s')"
                .formatted(
                    database.table("idle_waste"),
                    CellsBetweenTest.utc(fromMs),
                    CellsBetweenTest.utc(toMs)));
  }

  private static void close(GenericRecord row, String column, Double expected) {
    String what = column + " of " + row.getString("cause") + " " + row.getString("workload");
    if (expected == null) {
      assertThat(row.hasValue(column)).as(what + " has a value").isFalse();
    } else {
      assertThat(row.hasValue(column)).as(what + " is NULL").isTrue();
      assertThat(row.getDouble(column))
          .as(what)
          .isCloseTo(expected, Offset.offset(Math.max(1e-9, Math.abs(expected) * 1e-9)));
    }
  }
}
