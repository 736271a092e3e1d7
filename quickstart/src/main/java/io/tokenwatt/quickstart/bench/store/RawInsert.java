package io.tokenwatt.quickstart.bench.store;

import io.tokenwatt.quickstart.bench.ProcessMeter;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** The same rows in a format of ClickHouse's own making, told by the engine's CPU time. */
final class RawInsert {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final long pid;

  RawInsert(String url, long pid) {
    this.url = url;
    this.pid = pid;
  }

  /** A table's rows as an insert of that format would send them. */
  byte[] rows(String table, String format) throws IOException, InterruptedException {
    return call("SELECT * FROM " + table + " FORMAT " + format, new byte[0]);
  }

  /** CPU of the engine to take them into a table, in seconds. */
  double insert(String table, String format, byte[] rows) throws IOException, InterruptedException {
    ProcessMeter meter = new ProcessMeter(pid);
    double before = meter.cpuSeconds();
    call("INSERT INTO " + table + " FORMAT " + format, rows);
    return meter.cpuSeconds() - before;
  }

  private byte[] call(String query, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(url + "/?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }
}
