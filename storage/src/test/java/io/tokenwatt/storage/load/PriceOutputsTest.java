package io.tokenwatt.storage.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.TestDatabase;
import io.tokenwatt.storage.report.ReportMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What {@code report prices}, {@code prices list} and {@code slos list} print, read again: CSV and
 * JSON by ClickHouse, which is no part of what wrote them. The notes hold what breaks formats.
 */
class PriceOutputsTest {
  private static final String PRICES =
      """
      provider,region,hardware,purchase_option,effective_from,effective_until,per_gpu_hour,currency,energy_billing,per_kwh,note
      acme,eu,H100,reserved,2026-01-01,,1.25,USD,inclusive,,"the ""gold"" rack, row 1"
      acme,us,H100,reserved,2026-01-01,2026-02-01,2.5,USD,metered,0.1,=1+1\\n
      """;
  private static final String SLOS =
      """
      slo,effective_from,model,service_class,measure,vantage,comparison,threshold,objective,owner,note
      a,2026-01-01T00:00:00Z,llama,,ttft,gateway,<=,0.5,0.99,team-a,"the ""gold"" class"
      b,2026-01-01T00:00:00Z,,chat,e2e,client,<=,8,0.9,"team b, or c",it's \\n = {"x"}
      c,2026-01-01T00:00:00Z,,,tpot,gateway,<=,0.05,0.9,,
      """;
  private static TestDatabase database;
  @TempDir private static Path folder;

  @BeforeAll
  static void open() throws IOException {
    database = TestDatabase.withTables();
    Path prices = Files.writeString(folder.resolve("prices.csv"), PRICES);
    Path slos = Files.writeString(folder.resolve("slos.csv"), SLOS);
    run(PricesMain.commandLine(), "load", prices.toString(), slos.toString());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void pricesAreTheSameRowsAsTableCsvAndJsonFromBothCommands() {
    List<String> period = List.of("--from", "2026-01-01", "--to=2026-03-01");
    for (boolean list : new boolean[] {false, true}) {
      List<String> csv = csv(prices(list, period, "csv"));
      assertThat(csv)
          .containsExactly(
              "['eu','2026-01-01 00:00:00','1.25','false','the \"gold\" rack, row 1','']",
              "['us','2026-01-01 00:00:00','2.5','false','=1+1\\\\n','']",
              "['us','2026-02-01 00:00:00','','false','=1+1\\\\n','gap']");
      assertThat(json(prices(list, period, "json"))).isEqualTo(csv);
      assertThat(cells(prices(list, period, "table"), "acme "))
          .containsExactly(
              List.of(
                  ("acme|eu|H100|reserved|2026-01-01 00:00:00|on|1.250|inclusive|–|1.25 USD|no"
                          + "|the \"gold\" rack, row 1")
                      .split("\\|")),
              List.of(
                  ("acme|us|H100|reserved|2026-01-01 00:00:00|2026-02-01 00:00:00|2.500|metered"
                          + "|0.1000|2.5 USD|no|=1+1\\n")
                      .split("\\|")),
              List.of(
                  "acme|us|H100|reserved|2026-02-01 00:00:00|on|–|–|–|–|no|=1+1\\n".split("\\|")));
    }
  }

  @Test
  void aListIsOfOneHourUnlessAPeriodIsGivenHoweverItIsWritten() {
    assertThat(csv(prices(true, List.of("--at=2026-01-15T00:00:00Z"), "csv"))).hasSize(2);
    assertThat(csv(prices(true, List.of("--last=8760h", "--to=2026-12-31"), "csv"))).hasSize(3);
    assertThat(csv(prices(true, List.of("--last", "8760h", "--to", "2026-12-31"), "csv")))
        .hasSize(3);
    assertThat(csv(prices(true, List.of("--from=2026-01-01", "--to=2026-03-01"), "csv")))
        .hasSize(3);
  }

  @Test
  void slosAreListedAsAFileThatOthersReadAndThatLoadTakes() throws IOException {
    String listed = run(SlosMain.commandLine(), "list");
    assertThat(
            texts(
                "SELECT toString([slo, ifNull(owner, ''), ifNull(note, '')]) AS t FROM format(CSVWithNames, %s)",
                listed))
        .containsExactly(
            "['a','team-a','the \"gold\" class']",
            "['b','team b, or c','it\\'s \\\\n = {\"x\"}']",
            "['c','','']");
    Path again = Files.writeString(folder.resolve("again.csv"), listed);
    assertThat(run(SlosMain.commandLine(), "load", again.toString()))
        .contains("slos: 0 new, 0 corrected, 3 unchanged");
  }

  private static List<String> csv(String text) {
    return texts(
        "SELECT toString(arrayMap(c -> ifNull(c, ''), [region, holds_from, usd_per_gpu_h, example,"
            + " note, usd_null_reason])) AS t"
            + " FROM format(CSVWithNames, %s) SETTINGS"
            + " input_format_csv_use_best_effort_in_schema_inference = 0",
        text);
  }

  private static List<String> json(String text) {
    return texts(
        "SELECT toString(arrayMap(c -> if(JSONType(r, c) = 'String', JSONExtractString(r, c),"
            + " replaceAll(JSONExtractRaw(r, c), 'null', '')), ['region', 'holds_from',"
            + " 'usd_per_gpu_h', 'example', 'note', 'usd_null_reason'])) AS t FROM (SELECT"
            + " arrayJoin(JSONExtractArrayRaw(%s, 'rows')) AS r)",
        text);
  }

  /** Column t of a query over the text, which is handed in as it is. */
  private static List<String> texts(String query, String text) {
    return database.store().rows(query.formatted("$text$" + text + "$text$")).stream()
        .map((GenericRecord row) -> row.getString("t"))
        .toList();
  }

  /** Lines of a table that begin so, cut at two blanks or more. */
  private static List<List<String>> cells(String table, String begin) {
    return table
        .lines()
        .filter(line -> line.startsWith(begin))
        .map(line -> List.of(line.split(" {2,}")))
        .toList();
  }

  private static String prices(boolean list, List<String> period, String format) {
    List<String> arguments = new ArrayList<>(List.of(list ? "list" : "prices"));
    arguments.addAll(period);
    arguments.addAll(List.of("--format", format));
    return run(
        list ? PricesMain.commandLine() : ReportMain.commandLine(Clock.systemUTC()),
        arguments.toArray(String[]::new));
  }

  private static String run(CommandLine command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("--url", database.config().url(), "--database", database.config().database()));
    int code =
        command
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    assertThat(code).as("%s%n%s", all, err).isZero();
    return out.toString();
  }
}
