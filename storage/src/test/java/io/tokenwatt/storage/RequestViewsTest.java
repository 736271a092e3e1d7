package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.RequestRow;
import io.tokenwatt.model.fact.SketchColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The views over requests, against sums and sorted values in plain Java. */
class RequestViewsTest {
  private static final long HOUR = 3_600_000;
  private static final long WINDOW =
      System.currentTimeMillis() / HOUR * HOUR - 2 * HOUR; // a whole hour
  private static TestDatabase database;
  private static FactWriter writer;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

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
    database.truncate("request_10s", "efficiency_10s", "slos");
  }

  /** Values and amounts of one row; what is not set is 0. */
  private static final class Draft {
    final Map<RequestMeasure, Long> amounts = new EnumMap<>(RequestMeasure.class);
    final Map<RequestSketch, List<Double>> values = new EnumMap<>(RequestSketch.class);
    String model = "llama";
    String serviceClass = "chat";

    Draft with(RequestMeasure measure, long amount) {
      amounts.put(measure, amount);
      return this;
    }

    Draft seconds(RequestSketch sketch, Double... seconds) {
      values.computeIfAbsent(sketch, s -> new ArrayList<>()).addAll(List.of(seconds));
      return this;
    }

    RequestRow row(long windowMs) {
      long[] all = new long[RequestMeasure.values().length];
      amounts.forEach((measure, amount) -> all[measure.ordinal()] = amount);
      SketchColumns[] sketches =
          Arrays.stream(RequestSketch.values())
              .map(s -> sketch(values.getOrDefault(s, List.of())))
              .toArray(SketchColumns[]::new);
      Cell cell = RandomRows.cell("eu", "H100-SXM", model);
      return new RequestRow(windowMs, cell, serviceClass, "t", "", "", all, sketches, 0, 1);
    }

    /** By the formula in V7__requests.sql. */
    private static SketchColumns sketch(List<Double> seconds) {
      Map<Integer, Long> buckets = new TreeMap<>();
      for (double s : seconds) {
        int index = (int) Math.ceil(Math.log(s * 1e6) / Math.log(1.01 / 0.99));
        buckets.merge(index, 1L, Long::sum);
      }
      return new SketchColumns(
          buckets.keySet().stream().mapToInt(i -> i).toArray(),
          buckets.values().stream().mapToLong(n -> n).toArray());
    }
  }

  private static GenericRecord only(String sql) {
    List<GenericRecord> rows = database.store().rows(sql);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static GenericRecord requests(int windowS) {
    return only("SELECT * FROM %s(window_s = %d)".formatted(database.table("requests"), windowS));
  }

  @Test
  void quantilesOfSummedSketchesAreWithinOnePercentOfTheSortedValues() {
    List<Double> all = new ArrayList<>();
    List<RequestRow> rows = new ArrayList<>();
    for (int w = 0; w < 30; w++) {
      Draft draft = new Draft();
      int n = random.nextInt(60);
      for (int i = 0; i < n; i++) {
        double seconds = 0.001 * Math.pow(3.6e6, random.nextDouble());
        all.add(seconds);
        draft.seconds(RequestSketch.E2E_CLIENT, seconds);
      }
      rows.add(draft.row(WINDOW + w * 10_000L));
    }
    writer.writeRequests(rows);

    GenericRecord row = requests(300);
    List<Double> sorted = all.stream().sorted().toList();
    assertThat(row.getLong("e2e_client_n")).isEqualTo(all.size());
    for (int percent : new int[] {50, 95, 99}) {
      double exact = sorted.get((int) Math.ceil(percent / 100.0 * all.size()) - 1);
      assertThat(row.getDouble("p" + percent + "_e2e_client_s"))
          .as("p%d, seed %d", percent, seed)
          .isCloseTo(exact, within(exact * 0.01000001));
    }
    assertThat(row.hasValue("p50_ttft_gateway_s")).isFalse();
    assertThat(row.getLong("ttft_gateway_n")).isZero();
  }

  @Test
  void ratiosAreOverTheRequestsThatTold() {
    writer.writeRequests(
        List.of(
            new Draft()
                .with(RequestMeasure.REQUESTS, 10)
                .with(RequestMeasure.REQUESTS_OK, 7)
                .with(RequestMeasure.REQUESTS_ERROR, 2)
                .with(RequestMeasure.REQUESTS_ABORTED, 1)
                .with(RequestMeasure.OUTPUT_TOKENS, 900)
                .with(RequestMeasure.REQUESTS_OUTPUT_KNOWN, 6)
                .with(RequestMeasure.REASONING_TOKENS, 300)
                .with(RequestMeasure.REQUESTS_REASONING_KNOWN, 3)
                .with(RequestMeasure.OUTPUT_TOKENS_REASONING_KNOWN, 400)
                .with(RequestMeasure.REQUESTS_UNRESOLVED, 5)
                .row(WINDOW),
            new Draft().with(RequestMeasure.REQUESTS, 0).row(WINDOW + 50_000)));
    GenericRecord row = requests(60);
    assertThat(row.getDouble("error_ratio")).isEqualTo(0.2);
    assertThat(row.getDouble("aborted_ratio")).isEqualTo(0.1);
    assertThat(row.getDouble("output_tokens_per_request")).isEqualTo(150);
    assertThat(row.getDouble("reasoning_multiplier")).isEqualTo(4);
    assertThat(row.getDouble("resolved_share")).isEqualTo(0.5);
    assertThat(row.getDouble("requests_per_s")).isCloseTo(10 / 60.0, within(1e-12));
    for (String unknown :
        List.of(
            "prompt_tokens",
            "prompt_tokens_cached",
            "cached_share",
            "goodput_ratio",
            "goodput_requests_per_s")) {
      assertThat(row.hasValue(unknown)).as(unknown).isFalse();
    }
  }

  private static void slo(String values) {
    database
        .store()
        .command(
            "INSERT INTO %s (slo, model, service_class, vantage, measure, threshold, objective, effective_from, version) VALUES %s"
                .formatted(database.table("slos"), values));
  }

  @Test
  void attainmentCountsFailuresAgainstTheSloAndActsOnThePast() {
    Draft draft =
        new Draft()
            .with(RequestMeasure.FAILED_GATEWAY, 2)
            .seconds(RequestSketch.TTFT_GATEWAY, 0.1, 0.1, 0.2, 0.3, 0.4, 0.45, 0.9, 2.0);
    writer.writeRequests(List.of(draft.row(WINDOW)));
    slo("('chat-ttft', 'llama', '', 'gateway', 'ttft', 0.5, 0.75, toDateTime(0), 1)");

    String sql = "SELECT * FROM %s(window_s = 60)".formatted(database.table("slo_attainment"));
    GenericRecord row = only(sql);
    assertThat(row.getLong("total")).isEqualTo(10);
    assertThat(row.getDouble("good")).isEqualTo(6);
    assertThat(row.getDouble("attainment")).isEqualTo(0.6);
    assertThat(row.getBoolean("met")).isFalse();
    assertThat(row.getDouble("burn_rate")).isCloseTo(1.6, within(1e-9));

    slo("('chat-ttft', 'llama', '', 'gateway', 'ttft', 1.0, 0.65, toDateTime(0), 2)");
    row = only(sql);
    assertThat(row.getDouble("attainment")).isEqualTo(0.7);
    assertThat(row.getBoolean("met")).isTrue();
  }

  @Test
  void whetherAnSloIsMetIsUnknownInsideTheBucketOfItsTarget() {
    writer.writeRequests(
        List.of(new Draft().seconds(RequestSketch.E2E_GATEWAY, 1.0, 1.0, 1.0, 9.0).row(WINDOW)));
    slo("('x', '', '', 'gateway', 'e2e', 1.0, 0.75, toDateTime(0), 1)");
    GenericRecord row =
        only("SELECT * FROM %s(window_s = 60)".formatted(database.table("slo_attainment")));
    assertThat(row.getDouble("attainment_lo")).isZero();
    assertThat(row.getDouble("attainment_hi")).isEqualTo(0.75);
    assertThat(row.hasValue("met")).isFalse();
    assertThat(row.getDouble("attainment")).isStrictlyBetween(0.0, 0.75);
  }

  @Test
  void theMostParticularSloThatIsInForceCounts() {
    Draft other = new Draft().seconds(RequestSketch.TTFT_GATEWAY, 1.0);
    other.model = "qwen";
    writer.writeRequests(
        List.of(
            new Draft().seconds(RequestSketch.TTFT_GATEWAY, 1.0).row(WINDOW), other.row(WINDOW)));
    long later = WINDOW / 1000 + 3600;
    slo(
        "('any', '', '', 'gateway', 'ttft', 2, 0.9, toDateTime(0), 1),"
            + "('class', '', 'chat', 'gateway', 'ttft', 3, 0.9, toDateTime(0), 1),"
            + "('llama', 'llama', '', 'gateway', 'ttft', 4, 0.9, toDateTime(0), 1),"
            + "('llama', 'llama', '', 'gateway', 'ttft', 0, 0.9, toDateTime("
            + later
            + "), 1),"
            + "('old', 'llama', 'chat', 'gateway', 'ttft', 5, 0.9, toDateTime(0), 1),"
            + "('old', 'llama', 'chat', 'gateway', 'ttft', 0, 0.9, toDateTime(60), 1)");
    List<GenericRecord> rows =
        database
            .store()
            .rows(
                "SELECT model, slo FROM %s(window_s = 60) ORDER BY model"
                    .formatted(database.table("slo_attainment")));
    assertThat(rows)
        .extracting(r -> r.getString("model") + " " + r.getString("slo"))
        .containsExactly("llama llama", "qwen class");
  }

  @Test
  void targetsInNeighbouringBucketsAreJudgedEachByItsOwn() {
    Double[] seconds = {
      0.5, 0.995, 1.01, 3.0
    }; // 0.995 is in the bucket of 1.0, 1.01 in that of 1.02
    Draft other = new Draft().seconds(RequestSketch.TTFT_GATEWAY, seconds);
    other.model = "qwen";
    writer.writeRequests(
        List.of(
            new Draft().seconds(RequestSketch.TTFT_GATEWAY, seconds).row(WINDOW),
            other.row(WINDOW)));
    slo(
        "('llama', 'llama', '', 'gateway', 'ttft', 1.0, 0.9, toDateTime(0), 1),"
            + "('qwen', 'qwen', '', 'gateway', 'ttft', 1.02, 0.9, toDateTime(0), 1)");
    assertThat(
            database
                .store()
                .rows(
                    "SELECT toString((slo, good_lo, good_hi, total)) FROM %s(window_s = 60) ORDER BY slo"
                        .formatted(database.table("slo_attainment"))))
        .extracting(r -> r.getString(1))
        .containsExactly("('llama',1,2,4)", "('qwen',2,3,4)");
  }

  @Test
  void goodputPerJouleIsTheEnginesTimesTheGoodShare() {
    long[] amounts = new long[CellMeasure.values().length];
    amounts[CellMeasure.OUTPUT_TOKENS.ordinal()] = 2_000;
    amounts[CellMeasure.TOKENS_OBSERVED_MS.ordinal()] = 10_000;
    amounts[CellMeasure.OUTPUT_TOKENS_METERED.ordinal()] = 2_000;
    amounts[CellMeasure.GPU_MJ_METERED.ordinal()] = 1_000_000;
    Cell cell = RandomRows.cell("eu", "H100-SXM", "llama");
    writer.writeCells(List.of(new CellRow(WINDOW, cell, amounts, 0, 0, 1, "exclusive", 0, 0, 1)));
    writer.writeRequests(
        List.of(
            new Draft()
                .with(RequestMeasure.REQUESTS, 10)
                .with(RequestMeasure.OUTPUT_TOKENS, 1_000)
                .with(RequestMeasure.REQUESTS_OUTPUT_KNOWN, 10)
                .with(RequestMeasure.REQUESTS_JUDGED, 8)
                .with(RequestMeasure.REQUESTS_GOOD, 6)
                .with(RequestMeasure.OUTPUT_TOKENS_JUDGED, 800)
                .with(RequestMeasure.OUTPUT_TOKENS_GOOD, 200)
                .row(WINDOW)));
    GenericRecord row =
        only("SELECT * FROM %s(window_s = 10)".formatted(database.table("goodput")));
    assertThat(row.getDouble("output_tokens_per_joule")).isEqualTo(2);
    assertThat(row.getDouble("goodput_output_tokens_per_joule")).isEqualTo(0.5);
    assertThat(row.getDouble("goodput_ratio")).isEqualTo(0.75);
    assertThat(row.getDouble("goodput_requests_per_s")).isEqualTo(0.6);
    assertThat(row.getDouble("token_share")).isEqualTo(0.5);
  }
}
