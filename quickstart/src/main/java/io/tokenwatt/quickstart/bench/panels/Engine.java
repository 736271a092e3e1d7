package io.tokenwatt.quickstart.bench.panels;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ClickHouse's HTTP door, for what it tells of its own time: the header X-ClickHouse-Summary. The
 * client library keeps that header to itself. Not thread-safe.
 */
final class Engine {
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final String SUMMARY = "X-ClickHouse-Summary";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;
  private final Optional<ProcessHandle> process;

  /**
   * @param url as http://127.0.0.1:8123
   * @param pid of the engine, for its CPU time
   */
  Engine(String url, String database, long pid) {
    this.address =
        URI.create(
            url
                + "/?wait_end_of_query=1&default_format=Null&database="
                + URLEncoder.encode(database, StandardCharsets.UTF_8));
    this.process = ProcessHandle.of(pid);
  }

  /**
   * @throws IOException with the engine's words if it refuses
   */
  EngineAnswer run(String sql) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(sql))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.body().strip() + "\nin: " + sql);
    }
    String summary = response.headers().firstValue(SUMMARY).orElse("");
    return new EngineAnswer(
        number(summary, "elapsed_ns") / 1e6,
        number(summary, "read_rows"),
        number(summary, "result_rows"));
  }

  /** User and system time of the engine's process so far; whole hundredths of a second. */
  double cpuMs() {
    return process
        .flatMap(p -> p.info().totalCpuDuration())
        .map(Duration::toMillis)
        .orElse(0L)
        .doubleValue();
  }

  private static long number(String summary, String key) throws IOException {
    Matcher value = Pattern.compile("\"" + key + "\":\"(\\d+)\"").matcher(summary);
    if (!value.find()) {
      throw new IOException(SUMMARY + " does not tell " + key + ": " + summary);
    }
    return Long.parseLong(value.group(1));
  }
}
