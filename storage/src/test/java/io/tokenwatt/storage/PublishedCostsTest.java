package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.storage.KnownFleet.Node;
import io.tokenwatt.storage.load.LoadedCsv;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Figures that others published, got from rows in the store. Each model is one example. */
class PublishedCostsTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long T =
      Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - 3 * HOUR_MS;

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /**
   * InferenceX-app, chart-utils.test.ts: 2.8 $/GPU-h at 1000 tok/s per GPU are 2.8 / 3.6 $/Mtok.
   */
  @Test
  void inferenceXsDollarsPerMillionTokens() {
    price("h-inferencex", "2.8,USD,inclusive,");
    write(fleet("h-inferencex").read(new Node(1, 700, 1_000, 1_000), T, T + HOUR_MS));
    assertThat(efficiency("h-inferencex").getDouble("usd_per_mtok_output_all_in"))
        .isCloseTo(2.8 / 3.6, within(1e-9));
  }

  /**
   * The corpus' EXPECTED.md, from MLPerf Inference v4.1: 8 boards at 1.41 $/h, 23113.14 tok/s and
   * 6.280214 kW make 0.135565 $/Mtok, and at 0.10 $/kWh 0.0075477 $/Mtok of electricity on top.
   */
  @Test
  void mlperfsCostWithAndWithoutElectricity() {
    price("h-mlperf", "1.41,USD,inclusive,");
    price("h-mlperf-metered", "1.41,USD,metered,0.10");
    for (String hardware : List.of("h-mlperf", "h-mlperf-metered")) {
      KnownFleet fleet = fleet(hardware).read(new Node(8, 700, 6_000, 0), T, T + HOUR_MS);
      fleet.add(T, CellMeasure.OUTPUT_TOKENS, 83_207_304);
      for (long at = T; at < T + HOUR_MS; at += 10_000) {
        fleet.add(at, CellMeasure.FACILITY_MJ, 62_802_140);
        fleet.add(at, CellMeasure.FACILITY_OBSERVED_MS, 10_000);
      }
      write(fleet);
    }
    double board = efficiency("h-mlperf").getDouble("usd_per_mtok_output_all_in");
    double both = efficiency("h-mlperf-metered").getDouble("usd_per_mtok_output_all_in");
    assertThat(board).isCloseTo(0.135565, within(5e-7));
    assertThat(both - board).isCloseTo(0.0075477, within(5e-8));
  }

  /** The same as the line before, but no meter tells the machine's energy: not known, not cheap. */
  @Test
  void withoutFacilityEnergyAMeteredPriceIsNotKnown() {
    price("h-unmetered", "1.41,USD,metered,0.10");
    write(fleet("h-unmetered").read(new Node(8, 700, 6_000, 100), T, T + HOUR_MS));
    GenericRecord row = efficiency("h-unmetered");
    assertThat(row.hasValue("usd_held")).isFalse();
    assertThat(row.hasValue("usd_per_mtok_output_all_in")).isFalse();
    assertThat(row.getString("usd_null_reason")).isEqualTo("no_facility_energy");
  }

  /** InferenceX, test_aggregate_power_multinode.py: 84,000 J for 32,768 in and 4,096 out. */
  @Test
  void inferenceXsJoulesPerToken() {
    KnownFleet fleet = fleet("h-joules").read(new Node(1, 0, 0, 0), T, T + 10_000);
    fleet.add(T, CellMeasure.GPU_MJ_METERED, 84_000_000);
    fleet.add(T, CellMeasure.OUTPUT_TOKENS_METERED, 4_096);
    fleet.add(T, CellMeasure.PROMPT_TOKENS_COMPUTED_METERED, 32_768);
    fleet.add(T, CellMeasure.PROMPT_COMPUTED_OBSERVED_MS, 10_000);
    write(fleet);
    GenericRecord row = efficiency("h-joules");
    assertThat(row.getDouble("joules_per_output_token")).isCloseTo(20.507812, within(1e-6));
    assertThat(1 / row.getDouble("total_tokens_per_joule")).isCloseTo(2.278646, within(1e-6));
  }

  /**
   * OpenCost, docs/inference-cost-tracking.md: 3.20 $, 12 M prompt tokens of which 0.8 M cached, 3
   * M generated, half of the time each: 0.213 blended, 0.143 input and 0.533 output $/Mtok.
   */
  @Test
  void openCostsWorkedExample() {
    price("h-opencost", "3.20,USD,inclusive,");
    KnownFleet fleet = fleet("h-opencost").read(new Node(1, 700, 1_000, 0), T, T + HOUR_MS);
    fleet.add(T, CellMeasure.PROMPT_TOKENS, 12_000_000);
    fleet.add(T, CellMeasure.PROMPT_TOKENS_CACHED, 800_000);
    fleet.add(T, CellMeasure.OUTPUT_TOKENS, 3_000_000);
    fleet.add(T, CellMeasure.PROMPT_CACHED_OBSERVED_MS, HOUR_MS);
    write(fleet);
    List<LatencyRow> halves = new ArrayList<>();
    for (String phase : List.of("prefill", "decode")) {
      halves.add(
          new LatencyRow(
              T,
              fleet.cell(),
              "engine",
              phase,
              1,
              new long[] {1},
              new long[] {0, 9},
              1_800_000_000,
              1));
    }
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeLatency(halves);
    }
    GenericRecord row =
        database
            .store()
            .rows(
                "SELECT *, toFloat64(usd) AS total FROM %s(since = %s, until = %s) WHERE model = 'h-opencost'"
                    .formatted(database.table("chargeback"), time(T), time(T + HOUR_MS)))
            .get(0);
    assertThat(row.getString("basis")).isEqualTo("time");
    assertThat(row.getDouble("total") / 15).isCloseTo(0.213, within(5e-4));
    assertThat(row.getDouble("usd_prompt") / 11.2).isCloseTo(0.143, within(5e-4));
    assertThat(row.getDouble("usd_output") / 3).isCloseTo(0.533, within(5e-4));
  }

  private static KnownFleet fleet(String hardware) {
    return new KnownFleet(hardware, hardware);
  }

  private static void write(KnownFleet fleet) {
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(fleet.rows());
    }
  }

  private static void price(String hardware, String price) {
    List<String> lines =
        List.of(
            "provider,region,hardware,purchase_option,effective_from,per_gpu_hour,currency,energy_billing,per_kwh",
            "acme,eu,%s,on_demand,2026-01-01,%s".formatted(hardware, price));
    new LoadRows(database.store()).merge(LoadedCsv.read("p.csv", lines).orThrow(), 1);
  }

  private static GenericRecord efficiency(String hardware) {
    List<GenericRecord> rows =
        database
            .store()
            .rows(
                "SELECT * FROM "
                    + database.table("efficiency")
                    + "(window_s = 3600) WHERE hardware = {h:String}",
                Map.of("h", hardware));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static String time(long ms) {
    return "toDateTime(%d, 'UTC')".formatted(ms / 1000);
  }
}
