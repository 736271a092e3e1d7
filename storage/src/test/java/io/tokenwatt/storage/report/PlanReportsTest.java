package io.tokenwatt.storage.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.TestDatabase;
import io.tokenwatt.storage.TestFacts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What idle, power-headroom, hardware and regions print for a person, and that machines can read
 * it.
 */
class PlanReportsTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long HOUR =
      Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - HOUR_MS;
  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
    TestFacts.writeSteadyNode(database, HOUR, HOUR + HOUR_MS);
    insert(
        "node_10s (window_start, node, site, rack, expected_ms, board_expected_ms, board_observed_ms, board_mj, machine_observed_ms, machine_mj, tokens_expected_ms, tokens_observed_ms, output_tokens, version)",
        "toDateTime(%d) + number * 10, 'n1', 'fra', 'r1', 10000, 80000, 80000, 26000000, 10000, 40000000, 10000, 10000, 8000, 1 FROM numbers(361)"
            .formatted(HOUR / 1000));
    insert(
        "power_budgets (scope, site, name, effective_from, limit_kw, nodes, version)",
        "'rack', 'fra', name, '2020-01-01 00:00:00', 6, 1, 1 FROM (SELECT arrayJoin(['r1']) AS name)");
    insert(
        "request_10s (window_start, region, client_region, tenant, requests, ttft_client_index, ttft_client_count, version)",
        "toDateTime(%d), 'eu', client, 't', 1000, [600], [1000], 1 FROM (SELECT arrayJoin(['eu', 'br']) AS client)"
            .formatted(HOUR / 1000));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void powerHeadroomSaysWhatIsLeftAndWhatWouldFit() {
    // 4 kW of 6 are drawn; 800 tokens/s at 4 kW are 200,000 per MW, so 2 kW would carry 400.
    assertThat(run("power-headroom", "table"))
        .containsPattern(
            "rack +fra +r1 +1 +6,000 +4,000 +4,000 +measured +100.0 +2,000 +2,600 +800.0 +200,000 +400.0")
        .contains("– in “limit”, “stranded”, “would fit”: no entry in power_budgets");
  }

  @Test
  void regionsFlagsClientsWithoutAnEndpoint() {
    assertThat(run("regions", "table"))
        .contains("No endpoint near br, where 50.0 % of requests come from.")
        .containsPattern("br +eu +1,000 +50.0+ +100.0 +0\\.16")
        .contains("no_policy, 2 of 2 rows");
  }

  @Test
  void idleNamesEveryPartOfTheTimeAndNoEvidenceIsSaidAsSuch() {
    assertThat(run("idle", "table"))
        .containsPattern("no +busy +eu +c1 +H100-SXM +chat +team-a +8.0+ +100.0 +2,600 +325")
        .contains("the price book has no price")
        .contains("Waste (loaded_idle, unallocated, training_idle): 0.0 of 8.0 GPU-h read");
    assertThat(run("hardware", "table")).contains("No rows.");
  }

  @Test
  void csvAndJsonHoldTheSameRows() {
    for (String name : List.of("idle", "power-headroom", "regions", "hardware")) {
      List<String> lines = run(name, "csv").lines().toList();
      int columns = lines.get(0).split(",", -1).length;
      for (String line : lines) {
        assertThat(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)).as(line).hasSize(columns);
      }
      assertThat(rowsOfJson(run(name, "json"))).as(name).isEqualTo(lines.size() - 1);
    }
  }

  /** Parsed by ClickHouse, which is no part of what wrote it. */
  private static int rowsOfJson(String json) {
    return Integer.parseInt(
        database
            .store()
            .rows(
                "SELECT toString(if(isValidJSON({j:String}), length(JSONExtractArrayRaw({j:String}, 'rows')), -1)) AS n",
                java.util.Map.of("j", json.replaceAll("\\s+", " ")))
            .get(0)
            .getString("n"));
  }

  private static void insert(String table, String select) {
    database.store().command("INSERT INTO " + database.table(table) + " SELECT " + select);
  }

  private static String run(String report, String format) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> arguments =
        new ArrayList<>(List.of(report, "--last", "1h", "--format", format, "--url"));
    arguments.addAll(List.of(database.config().url(), "--database", database.config().database()));
    Clock clock = Clock.fixed(Instant.ofEpochMilli(HOUR + HOUR_MS), ZoneOffset.UTC);
    int code =
        ReportMain.commandLine(Reports.ALL, clock)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    assertThat(code).as(report + ": " + err).isZero();
    return out.toString();
  }
}
