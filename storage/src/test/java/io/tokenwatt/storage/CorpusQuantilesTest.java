package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.fact.LatencyRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Histograms of real engines against the quantiles of the corpus' EXPECTED.md, section D. */
class CorpusQuantilesTest {
  /** One for all rows: taken anew, a test that runs over a window's border would have two. */
  private static final long WINDOW = RandomRows.window(System.currentTimeMillis(), 10);

  private static final Path EXPORTERS =
      Path.of(System.getProperty("tokenwatt.root", "."), "../shared/corpus/exporters");

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    assumeTrue(Files.isDirectory(EXPORTERS), "corpus folder is absent");
    database = TestDatabase.withTables();
  }

  @AfterAll
  static void close() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  void quantilesOfRealHistogramsAreThoseOfPrometheus() throws IOException {
    load("tgi_datadog.prom", "tgi_request_duration", "e2e");
    load("tgi_datadog.prom", "tgi_request_queue_duration", "queue");
    load("vllm_v0_datadog.prom", "vllm:time_to_first_token_seconds", "ttft");
    GenericRecord row = quantiles("tgi_datadog.prom");
    check(row, "e2e", 109, 4.04261492, 8.47492336, 19.0312926);
    check(row, "queue", 109, 2.50893018, 5.43021518, 8.26660122);
    check(quantiles("vllm_v0_datadog.prom"), "ttft", 1, 0.375, 0.4875, 0.4975);
  }

  @Test
  void aQuantileBeyondTheLastBoundHasAFloorAndNoValue() throws IOException {
    load("sglang_docs_2025-09.prom", "sglang:time_to_first_token_seconds", "ttft");
    GenericRecord row = quantiles("sglang_docs_2025-09.prom");
    for (String column : List.of("p50_ttft_engine_s", "p95_ttft_engine_s", "p99_ttft_engine_s")) {
      assertThat(row.hasValue(column)).isFalse();
      assertThat(row.getDouble(column + "_lo")).isEqualTo(30);
      assertThat(row.hasValue(column + "_hi")).isFalse();
      assertThat(row.getBoolean(column + "_saturated")).isTrue();
    }
    assertThat(row.getLong("ttft_engine_n")).isEqualTo(11008);
  }

  /**
   * Any histogram goes through the same arithmetic, so each is loaded as e2e of a model of its own.
   */
  @Test
  void everyRowOfTheOracleComesOutOfTheView() throws IOException {
    int saturated = 0;
    int rows = 0;
    for (String line : Files.readAllLines(EXPORTERS.resolveSibling("EXPECTED.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length < 11 || !cells[1].strip().endsWith(".prom")) {
        continue;
      }
      Matcher label = Pattern.compile("'(\\w+)': '(\\w+)'").matcher(cells[3]);
      String labels = label.find() ? label.group(1) + "=\"" + label.group(2) + "\"" : "";
      String model = cells[1].strip() + " " + cells[2].strip() + " " + labels.replace('"', ' ');
      load(cells[1].strip(), cells[2].strip(), labels, model, "e2e");
      GenericRecord row = quantiles(model);
      assertThat(row.getLong("e2e_engine_n")).isEqualTo(Long.parseLong(cells[4].strip()));
      for (int i = 0; i < 3; i++) {
        String column = List.of("p50", "p95", "p99").get(i) + "_e2e_engine_s";
        double expected = Double.parseDouble(cells[7 + i].strip());
        if (row.getBoolean(column + "_saturated")) {
          saturated++;
          assertThat(row.hasValue(column)).as(model).isFalse();
          assertThat(row.getDouble(column + "_lo")).as(model).isEqualTo(expected);
        } else {
          assertThat(row.getDouble(column))
              .as(model + column)
              .isCloseTo(expected, within(expected * 1e-8));
        }
      }
      rows++;
    }
    assertThat(rows).isEqualTo(11);
    assertThat(saturated).as("SGLang's TTFT and E2E lie beyond their last bounds").isEqualTo(6);
  }

  private static void check(
      GenericRecord row, String measure, long n, double p50, double p95, double p99) {
    assertThat(row.getLong(measure + "_engine_n")).isEqualTo(n);
    close(row, "p50_" + measure + "_engine_s", p50);
    close(row, "p95_" + measure + "_engine_s", p95);
    close(row, "p99_" + measure + "_engine_s", p99);
  }

  private static void close(GenericRecord row, String column, double expected) {
    assertThat(row.getDouble(column)).as(column).isCloseTo(expected, within(expected * 1e-8));
    assertThat(row.getDouble(column + "_lo")).isLessThanOrEqualTo(expected);
    assertThat(row.getDouble(column + "_hi")).isGreaterThanOrEqualTo(expected);
    assertThat(row.getBoolean(column + "_saturated")).isFalse();
  }

  private static GenericRecord quantiles(String file) {
    List<GenericRecord> rows =
        database
            .store()
            .rows(
                "SELECT * FROM %s(window_s = 10) WHERE model = '%s'"
                    .formatted(database.table("efficiency"), file));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static void load(String file, String family, String measure) throws IOException {
    load(file, family, "", file, measure);
  }

  private static void load(String file, String family, String labels, String model, String measure)
      throws IOException {
    TreeMap<Double, Long> cumulative = cumulative(EXPORTERS.resolve(file), family, labels);
    long[] counts = new long[cumulative.size()];
    long[] bounds = new long[counts.length - 1];
    long before = 0;
    int i = 0;
    for (var bucket : cumulative.entrySet()) {
      counts[i] = bucket.getValue() - before;
      before = bucket.getValue();
      if (i < bounds.length) {
        bounds[i] = Math.round(bucket.getKey() * 1e9);
      }
      i++;
    }
    var cell = RandomRows.cell("eu", "H100-SXM", model);
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(List.of(new RandomRows(1).cellRow(WINDOW, cell, 1)));
      writer.writeLatency(
          List.of(new LatencyRow(WINDOW, cell, "engine", measure, 1, bounds, counts, 0, 1)));
    }
  }

  /** Bounds in seconds, +Inf last, and how many observations are not above them. */
  private static TreeMap<Double, Long> cumulative(Path file, String family, String labels)
      throws IOException {
    Pattern line =
        Pattern.compile(
            "^" + Pattern.quote(family) + "_bucket\\{.*?\\ble=\"([^\"]+)\".*?}\\s+(\\S+).*");
    TreeMap<Double, Long> cumulative = new TreeMap<>();
    for (String text : Files.readAllLines(file)) {
      Matcher match = line.matcher(text);
      if (match.matches() && text.contains(labels)) {
        String bound = match.group(1);
        double le = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
        cumulative.merge(le, (long) Double.parseDouble(match.group(2)), Long::sum);
      }
    }
    assertThat(cumulative).as(family + " in " + file).isNotEmpty();
    return cumulative;
  }
}
