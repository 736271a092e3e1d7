package io.tokenwatt.quickstart.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Prometheus over a history that promtool made of a text. Found in the folder of system
 * property {@code tokenwatt.test.prometheus}, or on the PATH.
 */
final class PrometheusServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private PrometheusServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The folder with prometheus and promtool; empty where they are not installed. */
  static Optional<Path> binaries() {
    String path = System.getProperty("tokenwatt.test.prometheus", "") + ":" + System.getenv("PATH");
    return Stream.of(path.split(":"))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .filter(f -> Files.isExecutable(f.resolve("prometheus")))
        .filter(f -> Files.isExecutable(f.resolve("promtool")))
        .findFirst();
  }

  /**
   * @param openMetrics every sample with its time
   * @param folder empty; holds the blocks
   */
  static PrometheusServer start(Path openMetrics, Path folder) throws Exception {
    Path binaries = binaries().orElseThrow();
    Path log = folder.resolve("log");
    Process promtool =
        new ProcessBuilder(
                binaries.resolve("promtool").toString(),
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                openMetrics.toString(),
                folder.resolve("data").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(promtool.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(promtool.exitValue()).as(() -> text(log)).isZero();
    Files.writeString(folder.resolve("prometheus.yml"), "global: {}\n");
    int port = freePort();
    Process process =
        new ProcessBuilder(
                binaries.resolve("prometheus").toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=10y",
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, port);
    await().atMost(Duration.ofSeconds(90)).until(() -> server.isReady() || !process.isAlive());
    assertThat(process.isAlive()).as(() -> text(log)).isTrue();
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  private boolean isReady() {
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url() + "/-/ready")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
