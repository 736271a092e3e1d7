package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.RequestRow;
import io.tokenwatt.model.fact.SketchColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The views of requests, SLOs and boards for pictures: the same as the views that an independent
 * computation checks, whatever the table that they read, and sums that depend on no step.
 */
class SteppedRequestsTest {
  private static final long HOUR = 3_600_000;
  private static final long START = System.currentTimeMillis() / HOUR * HOUR - 3 * HOUR;
  private static final String RANGE = "since = now() - 864000, until = now() + 86400, ";
  private static final String ALL = "regions = ['*'], clusters = [], hardwares = ['*'], ";
  private static final String SAME_REQUESTS =
      """
      SELECT count() FROM (SELECT * FROM %s(window_s = %d)) AS a FULL JOIN %s(interval_s = %2$d, %s
          by = ['region', 'hardware', 'model'], %s models = ['*']) AS b USING (time, region, hardware, model)
      WHERE NOT (a.requests <=> b.requests AND a.error_ratio <=> b.error_ratio AND a.goodput_ratio <=> b.goodput_ratio
          AND a.p95_ttft_gateway_s <=> b.p95_ttft_gateway_s AND a.p99_e2e_client_s <=> b.p99_e2e_client_s AND a.ttft_gateway_n <=> b.ttft_gateway_n)""";

  private static TestDatabase database;

  @BeforeAll
  static void load() {
    database = TestDatabase.withTables();
    long seed = new Random().nextLong();
    System.out.println("SteppedRequestsTest seed " + seed);
    Random random = new Random(seed);
    List<RequestRow> requests = new ArrayList<>();
    List<GpuRow> boards = new ArrayList<>();
    RandomRows rows = new RandomRows(seed);
    for (int i = 0; i < 400; i++) {
      long window = START + random.nextInt(900) * 10_000L;
      requests.add(request(random, window, i));
      boards.add(rows.gpuRow(window, "GPU-" + i % 5, 1));
    }
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeRequests(requests);
      writer.writeGpus(boards);
    }
    database
        .store()
        .command(
            "INSERT INTO %s (slo, vantage, measure, threshold, objective, effective_from, version) VALUES ('first', 'gateway', 'ttft', 0.5, 0.9, toDateTime(0), 1)"
                .formatted(database.table("slos")));
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void requestsAreThoseOfTheRequestsViewAlsoFromTheRollups() {
    for (boolean rolled : new boolean[] {false, true}) {
      if (rolled) {
        Rollups.refresh(database, "request_1m", "request_1h");
      }
      for (int step : new int[] {10, 60, 3600}) {
        String different =
            SAME_REQUESTS.formatted(
                database.table("requests"), // one service class: both views have the same groups
                step,
                database.table("requests_stepped"),
                RANGE,
                ALL);
        assertThat(database.number(different))
            .as("rows that differ at " + step + " s, rolled up: " + rolled)
            .isZero();
      }
    }
  }

  @Test
  void sloIsJudgedAsByTheViewOfWindows() {
    for (int step : new int[] {10, 3600}) {
      String different =
          "SELECT count() FROM (SELECT * FROM %s(window_s = %d)) AS a FULL JOIN %s(interval_s = %2$d, %s %s models = ['*']) AS b USING (time, slo, region, hardware, model, service_class) WHERE NOT (a.total <=> b.total AND a.good <=> b.good AND a.burn_rate <=> b.burn_rate)"
              .formatted(
                  database.table("slo_attainment"),
                  step,
                  database.table("slo_stepped"),
                  RANGE,
                  ALL);
      assertThat(database.number(different)).as("rows that differ at " + step).isZero();
    }
    assertThat(
            database.number(
                "SELECT count() FROM " + database.table("slo_attainment(window_s = 10)")))
        .isPositive();
  }

  @Test
  void boardsHaveAllTheirEnergyInAnyStepAndGroup() {
    long facts =
        database.number("SELECT sum(energy_mj) FROM " + database.table("gpu_10s") + " FINAL");
    for (int step : new int[] {0, 10, 61, 3600}) {
      for (String by : List.of("", "'node'", "'node', 'gpu', 'gpu_index'")) {
        String sum =
            "SELECT toInt64(round(sum(joules) * 1000)) FROM %s(interval_s = %d, %s by = [%s], %s nodes = ['*'])"
                .formatted(database.table("boards_stepped"), step, RANGE, by, ALL);
        assertThat(database.number(sum)).as(step + " s by " + by).isEqualTo(facts);
      }
    }
    String mean =
        "SELECT count() FROM %s(interval_s = 0, %s by = [], %s nodes = []) AS b WHERE abs(b.temperature_c - (SELECT sum(temperature_mc_ms) / sum(temperature_observed_ms) / 1000 FROM %s FINAL)) > 1e-9 * abs(b.temperature_c)"
            .formatted(database.table("boards_stepped"), RANGE, ALL, database.table("gpu_10s"));
    assertThat(database.number(mean)).as("mean over time, not over rows").isZero();
  }

  @Test
  void whatIsWrittenOutForOneQuerySaysWhatTheViewSays() {
    long seed = new Random().nextLong();
    System.out.println("narrow seed " + seed);
    Random random = new Random(seed);
    List<String> choices = List.of("regions=eu", "clusters=", "hardwares=H100-SXM");
    List<String> cells = Stream.concat(choices.stream(), Stream.of("models=m1")).toList();
    List<String> boards = Stream.concat(choices.stream(), Stream.of("nodes=n1")).toList();
    List<String> slo = List.of("slo", "region", "hardware", "model", "service_class");
    List<String> places =
        List.of("node", "gpu", "gpu_index", "region", "cluster", "rack", "hardware");
    for (NarrowSame view :
        List.of(
            new NarrowSame(database, "requests_stepped", List.of(), Cell.COLUMNS, cells, 0),
            new NarrowSame(database, "slo_stepped", slo, List.of(), cells, 0),
            new NarrowSame(database, "boards_stepped", List.of(), places, boards, 0))) {
      assertThat(view.check(random, 5)).as(view.view()).isPositive();
    }
  }

  private static RequestRow request(Random random, long windowMs, int i) {
    long[] amounts = new long[RequestMeasure.values().length];
    Arrays.setAll(amounts, m -> random.nextInt(100));
    SketchColumns[] sketches = new SketchColumns[RequestSketch.values().length];
    Arrays.setAll(
        sketches,
        s ->
            new SketchColumns(
                new int[] {600 + random.nextInt(50), 700 + random.nextInt(50)},
                new long[] {1 + random.nextInt(9), 1 + random.nextInt(9)}));
    return new RequestRow(
        windowMs,
        RandomRows.cell("eu", "H100-SXM", "m" + i % 3),
        "chat",
        "",
        "",
        "",
        amounts,
        sketches,
        0,
        1);
  }
}
