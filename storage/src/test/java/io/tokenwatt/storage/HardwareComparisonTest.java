package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HardwareComparisonTest {
  private static final long HOUR_MS = 3_600_000;

  private final HardwareFleet fleet = new HardwareFleet();
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.withTables();
    database
        .store()
        .command(
            "INSERT INTO %s (slo, model, measure, vantage, comparison, threshold, objective, effective_from, version) VALUES ('s', '', 'e2e', 'gateway', '<=', 2, 0.9, '2020-01-01 00:00:00', 1)"
                .formatted(database.table("slos")));
  }

  @AfterEach
  void close() {
    database.close();
  }

  /**
   * By hand: A makes 1,000 tokens/s on a board of $2/h, 0.5556 $/Mtok; B 500 on one of $0.5/h, so
   * 0.2778: half the money. At 32 running requests both keep the SLO, at 64 A does not.
   */
  @Test
  void eachHardwareCountsAtTheHighestLoadThatKeepsItsSlo() {
    for (int hour = 1; hour <= 24; hour++) {
      fleet.cell(hour, "A", "w1", 1000, 8, 1.0);
      fleet.cell(hour, "A", "w2", 1000, 32, 0.95);
      fleet.cell(hour, "A", "w3", 1500, 64, 0.8);
      fleet.cell(hour, "B", "w4", 500, 32, 0.95);
      fleet.cell(hour, "C", "w5", 500, 32, 0.5);
    }
    prices(Map.of("A", 2.0, "B", 0.5, "C", 0.5));
    fleet.write(database.config());
    database
        .store()
        .command(
            "INSERT INTO %s (alias, model, precision, parameters_b, version) VALUES ('m', 'm', 'fp8', 70, 1)"
                .formatted(database.table("models")));
    database
        .store()
        .command(
            "INSERT INTO %s (hardware, memory_mib, version) VALUES ('A', 81920, 1), ('B', 65536, 1)"
                .formatted(database.table("hardware")));
    Map<String, GenericRecord> rows = byHardware(20, 1000);

    GenericRecord a = rows.get("A");
    close(a, "running_per_engine_from", 32.0);
    close(a, "slo_attainment", 0.95);
    close(a, "usd_per_mtok_output", 2 / 3.6);
    close(a, "output_tokens_per_s_per_gpu", 1000.0);
    close(a, "output_tokens_per_joule", 2.5);
    assertThat(a.getString("saving_null_reason")).isEqualTo("baseline");
    GenericRecord b = rows.get("B");
    close(b, "usd_per_mtok_output", 0.5 / 1.8);
    close(b, "usd_saving_share", 0.5);
    close(b, "usd_saving_share_low", 0.5);
    close(b, "usd_saving_share_high", 0.5);
    close(b, "joules_saving_share", -1.0);
    assertThat(b.getString("baseline_hardware")).isEqualTo("A");
    // All cells of an hour make 4,500 tokens/s; at 500 an engine 9 carry it, and one more.
    close(b, "demand_output_tokens_per_s", 4500.0);
    assertThat(b.getLong("replicas_needed")).isEqualTo(10);
    assertThat(a.getLong("replicas_needed")).isEqualTo(6);
    // 70 x 10^9 bytes are 65.2 GiB: more than 0.85 of 64 GiB and less than 0.85 of 80.
    close(a, "weights_gib", 70e9 / (1 << 30));
    assertThat(a.getBoolean("memory_fit")).isTrue();
    assertThat(b.getBoolean("memory_fit")).isFalse();
    assertThat(rows.get("C").getString("null_reason")).isEqualTo("slo_not_met");
    close(rows.get("C"), "usd_per_mtok_output", null);
    close(rows.get("C"), "usd_saving_share", null);
    assertThat(rows.get("C").hasValue("memory_fit")).isFalse();
  }

  @Test
  void tooLittleEvidenceGivesTheReasonInsteadOfANumber() {
    for (int hour = 1; hour <= 10; hour++) {
      fleet.cell(hour, "A", "w1", 1000, 8, 1.0);
      fleet.cell(hour, "B", "w4", 500, 32, 1.0);
    }
    fleet.cell(1, "D", "w6", 500, 32, 1.0);
    fleet.write(database.config());
    assertThat(byHardware(20, 1000).get("A").getString("null_reason")).isEqualTo("few_hours");
    database.truncate("prices");
    prices(Map.of("A", 2.0, "B", 0.5, "D", 0.5));
    GenericRecord ten = byHardware(1, 1000).get("B");
    close(ten, "usd_saving_share", 0.5);
    GenericRecord one = byHardware(1, 1000).get("D");
    close(one, "usd_per_mtok_output", 0.5 / 1.8);
    close(one, "usd_saving_share", null);
    assertThat(one.getString("usd_saving_null_reason")).as("no interval").isEqualTo("few_hours");
    assertThat(byHardware(5, 10_000_000).get("A").getString("null_reason"))
        .isEqualTo("few_requests");
    database.truncate("prices");
    GenericRecord unpriced = byHardware(5, 1000).get("B");
    assertThat(unpriced.getString("usd_null_reason")).isEqualTo("no_price");
    assertThat(unpriced.getString("usd_saving_null_reason")).isEqualTo("no_price");
    close(unpriced, "output_tokens_per_joule", 1.25);
    database.truncate("slos");
    assertThat(byHardware(5, 1000).get("A").getString("null_reason")).isEqualTo("no_slo");
  }

  @Test
  void everyLineEqualsAnIndependentComputationFromTheRows() {
    long seed = new Random().nextLong();
    System.out.println("HardwareComparisonTest seed " + seed);
    Random random = new Random(seed);
    for (int hour = 1; hour <= 60; hour++) {
      for (int w = 0; w < 8; w++) {
        int[] loads = {5, 11, 23, 47};
        int load = loads[random.nextInt(4)];
        double kept = w == 7 ? 0.4 : Math.min(1, 1.15 - load / 120.0 + random.nextDouble() / 10);
        int rate = (w % 2 == 0 ? 40 : 25) * load + random.nextInt(200);
        fleet.cell(hour, w % 2 == 0 ? "A" : "B", "w" + w, rate, load, w == 6 ? -1 : kept);
      }
    }
    fleet.jitter(random);
    prices(Map.of("A", 3.0, "B", 3.0));
    fleet.write(database.config());
    database.refresh(
        "efficiency_1m_refresh",
        "efficiency_1h_refresh",
        "request_1m_refresh",
        "request_1h_refresh",
        "latency_1m_refresh",
        "latency_1h_refresh");

    HardwareOracle oracle =
        new HardwareOracle(fleet.cells, fleet.requests, fleet.latencies, 3.0, 2.0, 0.9);
    Map<HardwareOracle.Key, HardwareOracle.Line> expected = oracle.lines(6, 1000);
    Map<HardwareOracle.Key, GenericRecord> actual = new HashMap<>();
    rows(6, 1000).forEach(row -> actual.put(key(row), row));
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((key, line) -> compare(line, base(expected, key.mix()), actual.get(key)));
    assertThat(expected.values()).extracting(l -> l.reason).contains("");
  }

  private static HardwareOracle.Line base(
      Map<HardwareOracle.Key, HardwareOracle.Line> lines, HardwareOracle.Mix mix) {
    return lines.entrySet().stream()
        .filter(e -> e.getKey().mix().equals(mix))
        .map(Map.Entry::getValue)
        .max(java.util.Comparator.comparingDouble(l -> l.allTokens))
        .orElseThrow();
  }

  private static void compare(
      HardwareOracle.Line line, HardwareOracle.Line base, GenericRecord row) {
    assertThat(row.getString("null_reason")).isEqualTo(line.reason);
    close(row, "usd_per_mtok_output", line.usdPerMtok);
    close(row, "output_tokens_per_joule", line.tokensPerJoule);
    close(row, "slo_attainment", line.attainment);
    close(row, "demand_output_tokens_per_s", line.peakTokensPerS);
    if (line.reason.isEmpty()) {
      assertThat(row.getLong("hours")).isEqualTo(line.hours);
      assertThat(row.getLong("replicas_needed"))
          .isEqualTo((long) Math.ceil(line.peakTokensPerS / line.tokensPerEngineS) + 1);
    }
    boolean comparable = line != base && line.reason.isEmpty() && base.reason.isEmpty();
    if (comparable) {
      double ratio = line.usdPerMtok / base.usdPerMtok;
      double width = 2.1 * Math.sqrt(line.usdVariance + base.usdVariance);
      close(row, "usd_saving_share", 1 - ratio);
      close(row, "usd_saving_share_low", 1 - ratio * Math.exp(width));
      close(row, "usd_saving_share_high", 1 - ratio / Math.exp(width));
    } else {
      close(row, "usd_saving_share", null);
    }
  }

  private void prices(Map<String, Double> usd) {
    new LoadPrices(database.store()).load(fleet.prices(usd), 1);
  }

  private Map<String, GenericRecord> byHardware(int minHours, int minRequests) {
    Map<String, GenericRecord> rows = new HashMap<>();
    rows(minHours, minRequests).forEach(row -> rows.put(row.getString("hardware"), row));
    return rows;
  }

  private List<GenericRecord> rows(int minHours, int minRequests) {
    return database
        .store()
        .rows(
            "SELECT * FROM %s(since = '%s', until = '%s', min_hours = %d, min_requests = %d)"
                .formatted(
                    database.table("hardware_comparison"),
                    CellsBetweenTest.utc(fleet.toMs - 100 * HOUR_MS),
                    CellsBetweenTest.utc(fleet.toMs),
                    minHours,
                    minRequests));
  }

  private static HardwareOracle.Key key(GenericRecord row) {
    return new HardwareOracle.Key(
        new HardwareOracle.Mix(
            row.getString("model"),
            power(row.getDouble("prompt_tokens_per_request_about")),
            power(row.getDouble("output_tokens_per_request_about")),
            row.getInteger("cached_share_quarter")),
        row.getString("hardware"));
  }

  private static int power(double value) {
    return (int) Math.round(Math.log(value) / Math.log(2));
  }

  private static void close(GenericRecord row, String column, Double expected) {
    String what = column + " of " + row.getString("hardware") + " " + row.getString("null_reason");
    assertThat(row.hasValue(column)).as(what + " is known").isEqualTo(expected != null);
    if (expected != null) {
      assertThat(row.getDouble(column))
          .as(what)
          .isCloseTo(expected, Offset.offset(Math.max(1e-9, Math.abs(expected) * 1e-9)));
    }
  }
}
