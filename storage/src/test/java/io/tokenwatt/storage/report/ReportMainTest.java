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

class ReportMainTest {
  private static final Report TWO =
      Report.of(
              "two-rows",
              "Does the frame work?",
              "SELECT arrayJoin(['a', 'b']) AS name, if(name = 'a', {factor:Float64}, NULL) AS usd,"
                  + " if(name = 'a', '', 'no_price') AS why",
              List.of(
                  ReportColumn.text("name", "name"),
                  ReportColumn.of("usd", "cost", Unit.USD).because("why")))
          .with(new Parameter("factor", "Float64", "2", "times this"))
          .explaining("no_price", "nobody told the price")
          .noting("SELECT concat('since ', toString({since:DateTime('UTC')})) AS note")
          .remarking("It is a test.");

  private static final long HOUR_MS = 3_600_000;
  private static TestDatabase database;
  private static long hourMs;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
    hourMs = Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - HOUR_MS;
    TestFacts.writeSteadyNode(database, hourMs, hourMs + 600_000);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void aTableSaysWhatWasAskedObservedAndUnknown() {
    assertThat(run("two-rows", "--last", "2h")).isZero();
    assertThat(out.toString())
        .contains("Does the frame work?")
        .contains("1 of 2 h have data, and boards were read for 100.0 %")
        .contains("* since ")
        .contains("– in “cost”: nobody told the price (no_price, 1 of 2 rows).")
        .contains("* It is a test.");
  }

  @Test
  void aSettingReachesTheQuery() {
    assertThat(run("two-rows", "--set", "factor=7.5", "--format", "csv")).isZero();
    assertThat(out.toString()).startsWith("name,usd,why\r\na,7.5,\r\nb,,no_price\r\n");
    assertThat(err.toString()).contains("Nothing is extrapolated");
  }

  @Test
  void theListNamesReportsAndSettings() {
    assertThat(run("--list")).isZero();
    assertThat(out.toString()).contains("two-rows").contains("--set factor=2");
  }

  @Test
  void wrongUsageIsTwoAndAFailureIsOne() {
    assertThat(run("no-such")).isEqualTo(2);
    assertThat(err.toString()).contains("there are two-rows");
    assertThat(run("two-rows", "--set", "x=1")).isEqualTo(2);
    assertThat(run("two-rows", "--last", "soon")).isEqualTo(2);
    assertThat(run("two-rows", "--set", "factor=x")).isEqualTo(1);
    assertThat(run("two-rows", "--url", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString()).contains("http://127.0.0.1:1");
  }

  @Test
  void everyShippedReportRunsOnAnEmptyDatabaseAndOnOneWithFacts() {
    try (TestDatabase empty = TestDatabase.withTables()) {
      for (TestDatabase each : List.of(empty, database)) {
        for (Report report : Reports.ALL) {
          int code = run(Reports.ALL, each, report.name());
          assertThat(code).as(report.name() + ": " + err).isZero();
        }
      }
    }
  }

  private int run(String... arguments) {
    return run(List.of(TWO), database, arguments);
  }

  private int run(List<Report> reports, TestDatabase on, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--url")) {
      all.addAll(List.of("--url", on.config().url()));
    }
    all.addAll(List.of("--database", on.config().database()));
    Clock clock = Clock.fixed(Instant.ofEpochMilli(hourMs + HOUR_MS), ZoneOffset.UTC);
    return ReportMain.commandLine(reports, clock)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }
}
