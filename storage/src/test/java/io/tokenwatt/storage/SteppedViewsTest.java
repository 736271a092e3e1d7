package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Cell;
import io.tokenwatt.storage.schema.SteppedSql;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The views for pictures against view efficiency, which an independent computation checks: over the
 * same groups and windows both say the same, and sums do not depend on the groups or on the steps.
 */
class SteppedViewsTest {
  private static final List<Integer> STEPS = List.of(10, 60, 3600);
  private static TestDatabase database;
  private static Fleet fleet;

  @BeforeAll
  static void load() {
    database = TestDatabase.withTables();
    fleet = new Fleet(new Random().nextLong(), System.currentTimeMillis());
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(fleet.cells);
      writer.writeLatency(fleet.latencies);
    }
    fleet.loadPrices(database.store());
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void ratiosAreThoseOfTheEfficiencyViewWhereBothKnowThem() {
    int compared = 0;
    for (int step : STEPS) {
      compared +=
          same(
              "efficiency_stepped",
              step,
              List.of("output_tokens_per_joule", "joules_per_request", "sm_active", "coverage"),
              "e.energy_null_reason = ''");
      same("efficiency_stepped", step, List.of("token_coverage", "gpu_joules", "hbm_gbps"), "1");
    }
    System.out.println("ratios compared: " + compared);
    assertThat(compared).isGreaterThan(20);
  }

  @Test
  void whatTheEfficiencyViewDoubtsIsDoubtedForTheSameReason() {
    String reasons =
        "('source_period', 'no_energy', 'no_tokens', 'missing_members', 'prefill_only', 'unpaired', 'doubted_energy')";
    for (int step : STEPS) {
      String other =
          "SELECT toString(count()) FROM %s WHERE e.energy_null_reason IN %s AND s.energy_null_reason != e.energy_null_reason AND s.energy_null_reason != 'prompt_only'"
              .formatted(joined("efficiency_stepped", step), reasons);
      assertThat(rows(other).getString(1)).as("at " + step).isEqualTo("0");
    }
  }

  @Test
  void dollarsAreThoseOfTheEfficiencyView() {
    int compared = 0;
    for (int step : STEPS) {
      compared +=
          same(
              "cost_stepped",
              step,
              List.of("usd_held", "usd_active", "usd_all_in"),
              "isNotNull(e.usd_all_in)");
    }
    assertThat(compared).isGreaterThan(20);
  }

  @Test
  void quantilesAreThoseOfTheEfficiencyView() {
    for (int step : STEPS) {
      String sql =
          """
          SELECT toString(count()), toString(countIf(NOT (
              (e.p50_ttft_engine_s <=> s.p50_s) AND (e.p95_ttft_engine_s <=> s.p95_s)
              AND (e.p99_ttft_engine_s <=> s.p99_s) AND e.ttft_engine_n = s.n)))
          FROM %s(window_s = %d) AS e
          INNER JOIN (SELECT time, region, hardware, model, n, p50_s, p95_s, p99_s FROM %s WHERE measure = 'ttft') AS s USING (time, region, hardware, model)"""
              .formatted(
                  database.table("efficiency"),
                  step,
                  call("latency_stepped", step, "'region', 'hardware', 'model'"));
      GenericRecord row = rows(sql);
      assertThat(Long.parseLong(row.getString(1))).as("compared").isPositive();
      assertThat(row.getString(2)).as("different").isEqualTo("0");
    }
  }

  @Test
  void sumsDependNeitherOnGroupsNorOnStepsNorOnTheTableTheyComeFrom() {
    String before = totals();
    Rollups.refresh(database, "efficiency_1m", "efficiency_1h", "latency_1m", "latency_1h");
    assertThat(totals()).isEqualTo(before);
    for (int step : new int[] {0, 7, 10, 61, 3600, 90_000}) {
      for (String by : List.of("", "'model'", "'region', 'cluster', 'workload'")) {
        assertThat(totals(step, by)).as(step + " s by " + by).isEqualTo(before);
      }
    }
  }

  @Test
  void choicesKeepWhatIsNamedAndAllKeepsAlsoWhatHasNoName() {
    long all =
        database.number(
            "SELECT toInt64(round(sum(gpu_joules) * 1000)) FROM "
                + call("efficiency_stepped", 0, ""));
    long facts =
        database.number("SELECT sum(gpu_mj) FROM " + database.table("efficiency_10s") + " FINAL");
    assertThat(all).isEqualTo(facts);
    String eu =
        call("efficiency_stepped", 0, "'region'").replace("regions = ['*']", "regions = ['eu']");
    assertThat(database.text("SELECT toString(groupUniqArray(region)) FROM " + eu))
        .isEqualTo("['eu']");
  }

  @Test
  void whatIsWrittenOutForOneQuerySaysWhatTheViewSays() {
    List<String> choices = List.of("regions=eu", "clusters=", "hardwares=L4", "models=m1");
    long seed = new Random().nextLong();
    System.out.println("narrow seed " + seed);
    Random random = new Random(seed);
    NarrowSame efficiency =
        new NarrowSame(database, "efficiency_stepped", List.of(), Cell.COLUMNS, choices, 0);
    assertThat(efficiency.check(random, 8)).isPositive();
    assertThat(
            new NarrowSame(
                    database, "latency_stepped", List.of("measure"), Cell.COLUMNS, choices, 0)
                .check(random, 6))
        .isPositive();
    assertThat(
            new NarrowSame(database, "cost_stepped", List.of(), Cell.COLUMNS, choices, 1e-9)
                .check(random, 6))
        .isPositive();
  }

  @Test
  void whatOneModelPaysOfFreeBoardsStaysWhenItIsWrittenOut() {
    String sql =
        """
        SELECT toString(groupArray((region, hardware, round(usd_all_in, 6)))) FROM (
            SELECT region, hardware, usd_all_in
            FROM %scost_stepped(interval_s = 0, since = now() - 24000, until = now() + 60, by = ['region', 'hardware'],
                regions = ['*'], clusters = ['*'], hardwares = ['*'], models = [%s])
            WHERE usd_all_in > 0 ORDER BY region, hardware)""";
    String name = database.config().database();
    String view = database.text(sql.formatted(name + ".", "'m1'"));
    assertThat(view).isNotEqualTo("[]");
    assertThat(rows(sql.formatted("", "'m1'")).getString(1)).isEqualTo(view);
  }

  private static String totals() {
    return totals(0, "");
  }

  private static String totals(int step, String by) {
    return rows("SELECT toString((round(sum(gpu_h) * 3.6e6), round(sum(ifNull(busy_share, 0) * gpu_h) * 3.6e6))) FROM "
            + call("efficiency_stepped", step, by))
        .getString(1);
  }

  /** Asserts that columns are equal in every row that both views have; how many rows. */
  private static int same(String view, int step, List<String> columns, String where) {
    String different =
        columns.stream()
            .map(
                "toString(countIf(NOT ifNull(abs(e.%1$s - s.%1$s) <= 1e-9 * abs(e.%1$s), isNull(e.%1$s) AND isNull(s.%1$s))))"
                    ::formatted)
            .collect(Collectors.joining(", "));
    GenericRecord row =
        rows(
            "SELECT toString(count()), %s FROM %s WHERE %s"
                .formatted(different, joined(view, step), where));
    for (int i = 0; i < columns.size(); i++) {
      assertThat(row.getString(i + 2))
          .as(view + " " + columns.get(i) + " at " + step)
          .isEqualTo("0");
    }
    return Integer.parseInt(row.getString(1));
  }

  /** As panels ask: written out. */
  private static GenericRecord rows(String sql) {
    return database.store().rows(SteppedSql.narrow(sql, database.config().database())).get(0);
  }

  private static String joined(String view, int step) {
    return "%s(window_s = %d) AS e INNER JOIN %s AS s USING (time, region, hardware, model)"
        .formatted(
            database.table("efficiency"), step, call(view, step, "'region', 'hardware', 'model'"));
  }

  private static String call(String view, int step, String by) {
    return """
        %s(interval_s = %d, since = now() - 864000, until = now() + 86400, by = [%s],
            regions = ['*'], clusters = [], hardwares = ['*'], models = ['*'])"""
        .formatted(database.table(view), step, by);
  }
}
