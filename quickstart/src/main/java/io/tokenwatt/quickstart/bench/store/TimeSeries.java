package io.tokenwatt.quickstart.bench.store;

import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.quickstart.bench.live.Child;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The same values as time series of a VictoriaMetrics, one per board and measure. */
final class TimeSeries {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final int LINES_PER_POST = 50_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  private TimeSeries(int port) {
    url = "http://127.0.0.1:" + port;
  }

  /** Bytes of its data folder, index included, once it has flushed and merged. */
  static double bytesPerSample(Collection<GpuRow> rows, Path program)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tokenwatt-bench");
    int port = Child.freePort();
    TimeSeries peer = new TimeSeries(port);
    try (Child child =
        Child.start(
            folder,
            List.of(
                program.toString(),
                "-storageDataPath=" + folder.resolve("data"),
                "-retentionPeriod=100y",
                "-httpListenAddr=127.0.0.1:" + port,
                "-loggerLevel=ERROR"))) {
      peer.awaitAnswer(child);
      peer.send(rows);
      peer.call("/internal/force_flush", "");
      peer.call("/internal/force_merge", "");
    }
    // It flushes and merges what is left when it ends.
    return (double) size(folder.resolve("data")) / rows.size() / GpuMeasure.values().length;
  }

  private void awaitAnswer(Child child) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        call("/health", "");
        return;
      } catch (ConnectException notYet) {
        child.requireAlive();
        if (System.nanoTime() > deadline) {
          throw new IOException("the peer does not answer within 20 s", notYet);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
    }
  }

  private void send(Collection<GpuRow> rows) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    int lines = 0;
    for (GpuRow row : rows) {
      for (GpuMeasure measure : GpuMeasure.values()) {
        text.append("gpu_").append(measure.column());
        text.append("{node=\"").append(row.place().node()).append("\",gpu=\"").append(row.gpu());
        text.append("\",hardware=\"").append(row.hardware()).append("\"} ");
        text.append(row.amounts()[measure.ordinal()]).append(' ');
        text.append(row.windowStartMs()).append('\n');
        lines++;
      }
      if (lines >= LINES_PER_POST) {
        call("/api/v1/import/prometheus", text.toString());
        text.setLength(0);
        lines = 0;
      }
    }
    call("/api/v1/import/prometheus", text.toString());
  }

  private void call(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path)).POST(BodyPublishers.ofString(body)).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(path + " answers " + response.statusCode() + ": " + response.body());
    }
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
