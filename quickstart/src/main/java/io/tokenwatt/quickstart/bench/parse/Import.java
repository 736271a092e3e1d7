package io.tokenwatt.quickstart.bench.parse;

import io.tokenwatt.quickstart.bench.ProcessMeter;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A single-node VictoriaMetrics that takes the same pages in, told by its own CPU time. */
final class Import implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Child child;
  private final URI address;

  private Import(Child child, URI address) {
    this.child = child;
    this.address = address;
  }

  static Import start(Path program) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tokenwatt-bench");
    int port = Child.freePort();
    Child child =
        Child.start(
            folder,
            List.of(
                program.toString(),
                "-storageDataPath=" + folder.resolve("data"),
                "-httpListenAddr=127.0.0.1:" + port,
                "-loggerLevel=ERROR"));
    Import peer =
        new Import(child, URI.create("http://127.0.0.1:" + port + "/api/v1/import/prometheus"));
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!peer.answers()) {
      child.requireAlive();
      if (System.nanoTime() - deadline > 0) {
        child.close();
        throw new IOException(program + " does not answer within 20 s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return peer;
  }

  private boolean answers() throws IOException, InterruptedException {
    try {
      post(new byte[0]);
      return true;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  double nanosPerSample(Pages pages, int passes) throws IOException, InterruptedException {
    ProcessMeter meter = new ProcessMeter(child.pid());
    double start = meter.cpuSeconds();
    for (int i = 0; i < passes; i++) {
      post(pages.page(i));
    }
    return (meter.cpuSeconds() - start) * 1e9 / passes / pages.samples();
  }

  private void post(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).POST(BodyPublishers.ofByteArray(body)).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(address + " answers " + response.statusCode() + ": " + response.body());
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
