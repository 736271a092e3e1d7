package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Cell;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EfficiencyViewTest {
  private static final List<String> GROUP = List.of("region", "hardware", "model");
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
  void everyColumnEqualsAnIndependentComputationAtAnyWindow() {
    for (int windowS : new int[] {10, 60, 3600, 7200}) {
      compare("efficiency", windowS, GROUP, c -> List.of(c.region(), c.hardware(), c.model()));
    }
  }

  @Test
  void theViewOverAllDimensionsEqualsTheSameComputation() {
    compare("efficiency_cells", 60, Cell.COLUMNS, Cell::values);
  }

  @Test
  void tokensPerSecondPerWattIsTokensPerJouleAndOneOverJoulesPerToken() {
    List<GenericRecord> rows =
        rows("efficiency", 60, "output_tokens_per_joule > 0 AND joules_per_output_token > 0");
    assertThat(rows).isNotEmpty();
    for (GenericRecord row : rows) {
      double perJoule = row.getDouble("output_tokens_per_joule");
      assertThat(1 / row.getDouble("joules_per_output_token"))
          .isCloseTo(perJoule, relative(perJoule));
      assertThat(row.getDouble("kwh_per_mtok") * 3.6)
          .isCloseTo(row.getDouble("joules_per_output_token"), relative(1 / perJoule));
    }
    double tokens = number("sum(output_tokens_metered)", "efficiency_10s FINAL WHERE model = 'm0'");
    double joules = number("sum(gpu_mj_metered)", "efficiency_10s FINAL WHERE model = 'm0'") / 1000;
    double seconds = 300;
    assertThat(tokens / seconds / (joules / seconds)).isCloseTo(tokens / joules, relative(1));
  }

  @Test
  void groupsAddUpToTheTotal() {
    for (String column : List.of("output_tokens", "gpu_joules", "gpu_s", "requests_finished")) {
      String groups = "efficiency(window_s = 60)";
      String cells = "efficiency_cells(window_s = 10)";
      double total = number("sum(" + column + ")", groups);
      assertThat(number("sum(" + column + ")", cells)).isCloseTo(total, relative(total));
    }
    double boards = number("sum(gpu_ms)", "efficiency_10s FINAL") / 1000;
    assertThat(number("sum(gpu_s)", "efficiency(window_s = 3600)"))
        .isCloseTo(boards, relative(boards));
  }

  @Test
  void boardsNobodyHoldsAreSharedOutWholly() {
    String cluster =
        "WHERE region = 'eu' AND hardware = 'H100' AND time < toDateTime(%d)"
            .formatted(fleet.hourMs / 1000);
    double held = number("sum(usd_held)", "efficiency_cells(window_s = 3600) " + cluster);
    double allIn = number("sum(usd_all_in)", "efficiency_cells(window_s = 3600) " + cluster);
    assertThat(allIn).isCloseTo(held, relative(held));
  }

  @Test
  void aCorrectedPriceActsOnThePast() {
    Price old = fleet.prices.get(0);
    String where =
        "efficiency(window_s = 10) WHERE region = '%s' AND hardware = '%s' AND time < toDateTime(%d)"
            .formatted(old.region(), old.hardware(), fleet.hourMs / 1000);
    where += " AND model = 'm1'";
    double before = number("sum(usd_active)", where);
    BigDecimal doubled = old.usdPerGpuHour().multiply(BigDecimal.valueOf(2));
    LoadPrices load = new LoadPrices(database.store());
    load.load(List.of(priced(old, doubled)), 2);
    try {
      assertThat(number("sum(usd_active)", where)).isCloseTo(before * 2, relative(before));
    } finally {
      load.load(List.of(old), 3);
    }
    assertThat(number("sum(usd_active)", where)).isCloseTo(before, relative(before));
  }

  @Test
  void aWindowThatIsNoMultipleOfTenSecondsIsRefused() {
    assertThatThrownBy(() -> rows("efficiency", 15, "1"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("multiple of 10");
  }

  @Test
  void differentBoundsMeetOnTheirCommonOnesAndAreFlagged() {
    List<GenericRecord> mixed = rows("efficiency", 3600, "model = 'm1' AND e2e_engine_n > 0");
    assertThat(mixed).isNotEmpty();
    mixed.forEach(row -> assertThat(row.getStringArray("mixed_bounds")).containsExactly("e2e"));
    rows("efficiency", 3600, "model = 'm0'")
        .forEach(row -> assertThat(row.getStringArray("mixed_bounds")).isEmpty());
  }

  @Test
  void dataUpToIsTheEndOfTheNewestWindow() {
    long newest = fleet.cells.stream().mapToLong(r -> r.windowStartMs()).max().orElseThrow();
    assertThat(number("max(toUnixTimestamp(data_up_to))", "efficiency(window_s = 60)"))
        .isEqualTo(newest / 1000.0 + 10);
  }

  private static void compare(
      String view, int windowS, List<String> dimensions, Function<Cell, List<String>> of) {
    Map<EfficiencyOracle.Key, Map<String, Object>> expected =
        new EfficiencyOracle(fleet, windowS, of).groups();
    Map<EfficiencyOracle.Key, GenericRecord> actual = new HashMap<>();
    for (GenericRecord row : rows(view, windowS, "1")) {
      List<String> values = dimensions.stream().map(row::getString).toList();
      actual.put(new EfficiencyOracle.Key(Long.parseLong(row.getString("t")), values), row);
    }
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, columns) ->
            columns.forEach((column, value) -> same(key, column, actual.get(key), value)));
  }

  private static void same(
      EfficiencyOracle.Key key, String column, GenericRecord row, Object expected) {
    String what = column + " of " + key;
    if (expected == null) {
      assertThat(row.hasValue(column)).as(what + " has a value").isFalse();
    } else if (expected instanceof Double number) {
      assertThat(row.hasValue(column)).as(what + " is NULL instead of " + number).isTrue();
      assertThat(row.getDouble(column)).as(what).isCloseTo(number, relative(number));
    } else if (expected instanceof List<?> labels) {
      assertThat(List.of(row.getStringArray(column))).as(what).isEqualTo(labels);
    } else {
      assertThat(row.getString(column)).as(what).isEqualTo(expected);
    }
  }

  private static List<GenericRecord> rows(String view, int windowS, String where) {
    return database
        .store()
        .rows(
            "SELECT *, toUnixTimestamp(time) AS t FROM %s(window_s = %d) WHERE %s"
                .formatted(database.table(view), windowS, where));
  }

  private static double number(String expression, String from) {
    return Double.parseDouble(
        database.text("SELECT toString(%s) FROM %s".formatted(expression, database.table(from))));
  }

  private static Price priced(Price price, BigDecimal usd) {
    Instant from = price.effectiveFrom();
    return new Price(
        price.provider(),
        price.region(),
        price.hardware(),
        price.purchaseOption(),
        from,
        usd,
        true,
        "corrected");
  }

  private static org.assertj.core.data.Offset<Double> relative(double value) {
    return within(Math.max(Math.abs(value), 1e-9) * 1e-9);
  }
}
