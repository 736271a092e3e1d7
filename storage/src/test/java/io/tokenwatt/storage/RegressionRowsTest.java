package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.fact.RegressionRow;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegressionRowsTest {
  private static final long OPENED = 1_800_000_010_000L;

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
    database.truncate("regressions");
  }

  @Test
  void everyValueComesBackFromTheColumnOfItsName() {
    writer.writeRegressions(List.of(row("id", null, 24.0, 1)));

    GenericRecord stored = onlyRow("regressions FINAL");
    assertThat(stored.getString("regression")).isEqualTo("id");
    assertThat(stored.getString("opened_s")).isEqualTo("1800000010");
    assertThat(stored.getString("started_s")).isEqualTo("1799999990");
    assertThat(stored.getString("judged_s")).isEqualTo("1800000020");
    assertThat(stored.hasValue("closed")).isFalse();
    assertThat(stored.getString("region")).isEqualTo("eu");
    assertThat(stored.getString("cluster")).isEqualTo("c1,c2");
    assertThat(stored.getString("hardware")).isEqualTo("H100-SXM");
    assertThat(stored.getString("model")).isEqualTo("llama");
    assertThat(stored.getString("precision")).isEqualTo("fp8");
    assertThat(stored.getString("role")).isEqualTo("both");
    assertThat(stored.getString("workload")).isEqualTo("chat");
    assertThat(stored.getString("deployment")).isEqualTo("d");
    assertThat(stored.getString("measure")).isEqualTo("joules_per_output_token");
    assertThat(stored.getDouble("expected")).isEqualTo(2.0);
    assertThat(stored.getDouble("observed")).isEqualTo(2.5);
    assertThat(stored.getDouble("size")).isEqualTo(0.25);
    assertThat(stored.getDouble("size_low")).isEqualTo(0.2);
    assertThat(stored.getDouble("size_high")).isEqualTo(0.3);
    assertThat(stored.getDouble("sigma")).isEqualTo(9.0);
    assertThat(stored.<String>getList("details")).containsExactly("itl_engine_s: +20.0 %");
    assertThat(stored.getDouble("usd_per_hour")).isEqualTo(1.0);
    assertThat(stored.getDouble("usd_per_day")).isEqualTo(24.0);
    assertThat(stored.getDouble("usd_per_day_low")).isEqualTo(12.0);
    assertThat(stored.hasValue("kwh_per_day")).isFalse();
    assertThat(stored.getDouble("gpu_hours_per_day")).isEqualTo(3.5);
    assertThat(stored.getString("suspect")).isEqualTo("power_cap: 700 W to 400 W");
    assertThat(stored.getString("cause")).isEqualTo("power_cap eu H100-SXM");
    assertThat(stored.<String>getList("suspects")).containsExactly("power_cap: 700 W to 400 W");
    assertThat(stored.<String>getList("nodes")).containsExactly("n1", "n2");
    assertThat(stored.<String>getList("gpus")).containsExactly("GPU-1");
    assertThat(stored.getLong("quality")).isEqualTo(4);
    assertThat(stored.getString("version")).isEqualTo("1");
  }

  @Test
  void aLaterEntryClosesItInWhateverOrderTheyAreWritten() {
    writer.writeRegressions(List.of(row("a", OPENED + 60_000, 10.0, 3)));
    writer.writeRegressions(List.of(row("a", null, 10.0, 1), row("b", null, null, 1)));
    writer.writeRegressions(List.of(row("c", null, 7.0, 1), row("a", null, 10.0, 2)));

    assertThat(database.number("SELECT count() FROM " + database.table("regressions FINAL")))
        .isEqualTo(3);
    assertThat(
            database.text(
                "SELECT arrayStringConcat(groupArray(regression), ',') FROM "
                    + database.table("regressions_open")))
        .isEqualTo("c,b");
  }

  private static GenericRecord onlyRow(String table) {
    List<GenericRecord> rows =
        database
            .store()
            .rows(
                ("SELECT *, toUnixTimestamp(opened) AS opened_s, toUnixTimestamp(started) AS"
                        + " started_s, toUnixTimestamp(judged_to) AS judged_s FROM %s")
                    .formatted(database.table(table)));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static RegressionRow row(String id, Long closed, Double usd, long version) {
    return new RegressionRow(
        id,
        OPENED,
        closed,
        OPENED - 20_000,
        OPENED + 10_000,
        closed == null ? "" : "recovered",
        "",
        new RegressionRow.Place("eu", "H100-SXM", "llama", "fp8", "both", "chat"),
        "d",
        "c1,c2",
        "joules_per_output_token",
        2.0,
        2.5,
        new RegressionRow.Size(0.25, 0.2, 0.3),
        9.0,
        List.of("itl_engine_s: +20.0 %"),
        new RegressionRow.Extra(usd, usd == null ? null : usd / 2, null, 3.5),
        "power_cap eu H100-SXM",
        List.of("power_cap: 700 W to 400 W"),
        List.of("n1", "n2"),
        List.of("GPU-1"),
        4,
        version);
  }
}
