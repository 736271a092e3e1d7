package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Views cost_audit and chargeback against sums made by hand, over random cells and contracts. */
class CostAuditTest {
  private static TestDatabase database;
  private static CostFleet fleet;

  @BeforeAll
  static void load() {
    database = TestDatabase.withTables();
    fleet = new CostFleet(new Random().nextLong(), System.currentTimeMillis());
    fleet.load(database);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void everyUseOwnerAndRegionCostsWhatItsBoardTimeCosts() {
    Map<String, Double> expected = new TreeMap<>();
    Set<String> unknown = new HashSet<>();
    for (CellRow row : fleet.cells) {
      Cell cell = row.cell();
      boolean free = cell.workload().equals(Cell.UNALLOCATED);
      String owner = free ? "(unallocated)" : cell.owner();
      double idle =
          ms(row, CellMeasure.GPU_LOADED_IDLE_MS) + ms(row, CellMeasure.GPU_UNALLOCATED_MS);
      String use = free ? "idle" : cell.kind();
      add(expected, unknown, use, owner, cell, ms(row, CellMeasure.GPU_MS) - idle);
      add(expected, unknown, "idle", owner, cell, idle);
    }
    Map<String, Double> actual = new TreeMap<>();
    for (GenericRecord row :
        rows(
            "SELECT use, owner, region, sum(usd_known) AS known, max(usd_null_reason) AS why,"
                + " countIf(usd IS NULL) AS missing FROM %s WHERE gpu_h > 0 AND NOT startsWith(use, '(')"
                + " GROUP BY ALL",
            "cost_audit")) {
      String key =
          row.getString("use") + " " + row.getString("owner") + " " + row.getString("region");
      actual.put(key, row.getDouble("known"));
      assertThat(row.getLong("missing") > 0).as(key).isEqualTo(unknown.contains(key));
      assertThat(row.getString("why")).as(key).isEqualTo(unknown.contains(key) ? "no_price" : "");
    }
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, usd) -> assertThat(actual.get(key)).as(key).isCloseTo(usd, within(1e-9)));
  }

  /** Hour by hour: boards of the contract less those seen, never below none, never twice. */
  @Test
  void whatIsCommittedAndNotObservedIsShownOnce() {
    double eu = 0;
    double any = 0;
    for (int hour = 0; hour < CostFleet.HOURS; hour++) {
      long start = fleet.firstMs + hour * CostFleet.HOUR_MS;
      double seenInEu = reserved(start, Set.of("eu"));
      double seenElsewhere = reserved(start, Set.of("us", "jp"));
      double ofEu = CostFleet.CONTRACT[0] * (double) CostFleet.HOUR_MS;
      double anywhere = CostFleet.CONTRACT[1] * (double) CostFleet.HOUR_MS;
      eu += Math.max(0, ofEu - seenInEu);
      any += Math.max(0, anywhere - seenElsewhere - Math.max(0, seenInEu - ofEu));
    }
    String sql =
        "SELECT sum(usd_known) AS total, sum(gpu_h) AS h, countIf(usd IS NULL) AS missing FROM %s WHERE use = '(committed_unobserved)' AND region = ";
    GenericRecord inEu = rows(sql + "'eu'", "cost_audit").get(0);
    GenericRecord elsewhere = rows(sql + "''", "cost_audit").get(0);
    assertThat(inEu.getDouble("h")).isCloseTo(eu / 3.6e6, within(1e-9));
    assertThat(elsewhere.getDouble("h")).isCloseTo(any / 3.6e6, within(1e-9));
    assertThat(inEu.getDouble("total")).isCloseTo(eu / 3.6e6 * 1.500001, within(1e-9));
    assertThat(elsewhere.getDouble("total")).isCloseTo(any / 3.6e6 * 1.500001, within(1e-9));
  }

  /** 1.50 USD bought over the six hours; the invoice says 1.75. */
  @Test
  void boughtTokensAreSpreadEvenlyAndComparedWithTheirInvoice() {
    GenericRecord api =
        rows("SELECT sum(usd) AS usd FROM %s WHERE use = 'api'", "cost_audit").get(0);
    assertThat(api.getDouble("usd")).isCloseTo(1.5, within(1e-9));
    GenericRecord bill = rows("SELECT * FROM %s", "invoice_check").get(0);
    assertThat(bill.getDouble("usd_accounted")).isCloseTo(1.5, within(1e-9));
    assertThat(bill.getDouble("usd_difference")).isCloseTo(0.25, within(1e-9));
    long half = fleet.firstMs + 3 * CostFleet.HOUR_MS;
    String sql = "SELECT sum(usd) FROM %s(since = %s, until = %s) WHERE use = 'api'";
    double part =
        database
            .store()
            .rows(sql.formatted(database.table("cost_audit"), time(fleet.firstMs), time(half)))
            .get(0)
            .getDouble(1);
    assertThat(part).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void chargebackAddsUpToTheEnginesCostExactly() {
    BigInteger engines = BigInteger.ZERO;
    for (CellRow row : fleet.cells) {
      Cell cell = row.cell();
      if (!cell.model().isEmpty() && rate(cell) >= 0) {
        engines =
            engines.add(
                BigInteger.valueOf(row.amounts()[CellMeasure.GPU_MS.ordinal()])
                    .multiply(BigInteger.valueOf(rate(cell) * 1000)));
      }
    }
    String sum =
        rows("SELECT toString(sum(cost)) AS x FROM %s", "chargeback").get(0).getString("x");
    assertThat(new BigInteger(sum)).isEqualTo(engines);
    assertThat(rows("SELECT * FROM %s WHERE cost < 0", "chargeback")).isEmpty();
  }

  /** One tenant's bill, hour by hour as the view's text says, in floating point. */
  @Test
  void aTenantPaysForItsTokensOfAllThatTheEngineMade() {
    Map<String, Double> expected = new TreeMap<>();
    for (CostFleet.Request r : fleet.requests) {
      List<CellRow> engine =
          fleet.cells.stream()
              .filter(row -> row.cell().equals(r.cell()) && hourOf(row) == r.hourMs())
              .toList();
      List<CostFleet.Request> all =
          fleet.requests.stream()
              .filter(o -> o.cell().equals(r.cell()) && o.hourMs() == r.hourMs())
              .toList();
      CellRow row = engine.get(0);
      double busy =
          (ms(row, CellMeasure.GPU_MS) - ms(row, CellMeasure.GPU_LOADED_IDLE_MS))
              / 3.6e6
              * Math.max(0, rate(r.cell()))
              / 1e6;
      double prompt =
          ms(row, CellMeasure.PROMPT_TOKENS) - ms(row, CellMeasure.PROMPT_TOKENS_CACHED);
      double output = ms(row, CellMeasure.OUTPUT_TOKENS);
      double toPrompt = busy * prompt / Math.max(1, prompt + 2.5 * output);
      double told = all.stream().mapToDouble(o -> o.prompt() - o.cached()).sum();
      double made = all.stream().mapToDouble(CostFleet.Request::output).sum();
      double usd =
          toPrompt * (r.prompt() - r.cached()) / Math.max(1, Math.max(prompt, told))
              + (prompt + output == 0 ? 0 : busy - toPrompt)
                  * r.output()
                  / Math.max(1, Math.max(output, made));
      expected.merge(r.cell().workload() + " " + r.tenant(), usd, Double::sum);
    }
    Map<String, Double> actual = new TreeMap<>();
    rows(
            "SELECT workload, tenant, sum(cost) / 3.6e15 AS usd FROM %s WHERE NOT startsWith(tenant, '(') GROUP BY ALL",
            "chargeback")
        .forEach(
            row ->
                actual.put(
                    row.getString("workload") + " " + row.getString("tenant"),
                    row.getDouble("usd")));
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, usd) -> assertThat(actual.get(key)).as(key).isCloseTo(usd, within(1e-9)));
  }

  private static void add(
      Map<String, Double> sums,
      Set<String> unknown,
      String use,
      String owner,
      Cell cell,
      double ms) {
    if (ms > 0) {
      String key = use + " " + owner + " " + cell.region();
      if (rate(cell) < 0) {
        unknown.add(key);
      }
      sums.merge(key, ms / 3.6e6 * Math.max(0, rate(cell)) / 1e6, Double::sum);
    }
  }

  private static long rate(Cell cell) {
    return switch (cell.purchaseOption()) {
      case "reserved" -> CostFleet.RESERVED;
      case "on_demand" -> CostFleet.ON_DEMAND;
      default -> -1;
    };
  }

  private static double reserved(long hour, Set<String> regions) {
    return fleet.cells.stream()
        .filter(row -> hourOf(row) == hour && regions.contains(row.cell().region()))
        .filter(row -> row.cell().purchaseOption().equals("reserved"))
        .mapToDouble(row -> ms(row, CellMeasure.GPU_MS))
        .sum();
  }

  private static long hourOf(CellRow row) {
    return Math.floorDiv(row.windowStartMs(), CostFleet.HOUR_MS) * CostFleet.HOUR_MS;
  }

  private static double ms(CellRow row, CellMeasure measure) {
    return row.amounts()[measure.ordinal()];
  }

  private static List<GenericRecord> rows(String sql, String view) {
    String from =
        "%s(since = %s, until = %s)"
            .formatted(
                database.table(view),
                time(fleet.firstMs),
                time(fleet.firstMs + CostFleet.HOURS * CostFleet.HOUR_MS));
    return database.store().rows(sql.formatted(from));
  }

  private static String time(long ms) {
    return "toDateTime(%d, 'UTC')".formatted(ms / 1000);
  }
}
