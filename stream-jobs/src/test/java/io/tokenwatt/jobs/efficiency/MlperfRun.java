package io.tokenwatt.jobs.efficiency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One MLPerf Inference run with wall power, by the rule of MLCommons' own checker (power_check.py):
 * rows of spl.txt strictly between power_begin and power_end with more than 0 W.
 *
 * @param rows times read as UTC, one a second
 * @param tokensPerSecond as the run's summary says
 */
record MlperfRun(String model, String scenario, List<Row> rows, double tokensPerSecond) {
  /** The 8 x H200 server of submission round v4.1, run for efficiency. */
  static final String SYSTEM = "traces/mlperf_power/v4.1_H200-SXM-141GBx8_TRT_MaxQ";

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("MM-dd-uuuu HH:mm:ss.SSS", Locale.ROOT);

  /** A reading of the power analyser, watts as milliwatts. */
  record Row(long atMs, long milliwatts) {}

  static MlperfRun read(Path system, String model, String scenario) throws IOException {
    Path folder = system.resolve(model).resolve(scenario);
    String log = Files.readString(folder.resolve("mlperf_log_detail.txt"));
    long begin = time(found(log, "\"power_begin\", \"value\": \"([^\"]+)\""));
    long end = time(found(log, "\"power_end\", \"value\": \"([^\"]+)\""));
    String summary = Files.readString(folder.resolve("mlperf_log_summary.txt"));
    List<Row> rows =
        Files.readAllLines(folder.resolve("spl.txt")).stream()
            .filter(line -> line.startsWith("Time"))
            .map(line -> line.split(","))
            .map(f -> new Row(time(f[1]), Math.round(Double.parseDouble(f[3]) * 1000)))
            .filter(row -> begin < row.atMs() && row.atMs() < end && row.milliwatts() > 0)
            .toList();
    double rate = Double.parseDouble(found(summary, "okens per second: ([0-9.]+)"));
    return new MlperfRun(model, scenario, rows, rate);
  }

  /** The same, {@code ms} later. */
  MlperfRun later(long ms) {
    List<Row> moved = rows.stream().map(r -> new Row(r.atMs() + ms, r.milliwatts())).toList();
    return new MlperfRun(model, scenario, moved, tokensPerSecond);
  }

  long lastMs() {
    return rows.get(rows.size() - 1).atMs();
  }

  /** One period of the analyser before the first row: the start of the time that the rows cover. */
  long beginMs() {
    return rows.get(0).atMs() - 1000;
  }

  /** Tokens since {@link #beginMs} at the logged rate. */
  long tokensAt(long ms) {
    return (long) (tokensPerSecond * (ms - beginMs()) / 1000);
  }

  private static long time(String text) {
    return LocalDateTime.parse(text, CLOCK).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern + " in the corpus' log");
    }
    return matcher.group(1);
  }
}
