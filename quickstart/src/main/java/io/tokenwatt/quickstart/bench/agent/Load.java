package io.tokenwatt.quickstart.bench.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@link LoadMain} as a child process. */
final class Load implements AutoCloseable {
  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private Load(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Load start(Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Dsun.net.httpserver.nodelay=true",
                "-Dsun.net.httpserver.maxIdleConnections=4096",
                "-cp",
                System.getProperty("java.class.path"),
                LoadMain.class.getName())
            .redirectError(log.toFile())
            .start();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String line = out.readLine();
    if (line == null) {
      process.destroy();
      throw new IOException("the scripted exporters did not start: see " + log);
    }
    return new Load(process, Integer.parseInt(line));
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** What {@code side} fetched or sent so far, by "scrapes" and "bytes". */
  long stat(String side, String what) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/stats")).build();
    Map<String, Long> stats = new HashMap<>();
    client
        .send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .map(line -> line.split("="))
        .forEach(pair -> stats.put(pair[0], Long.parseLong(pair[1])));
    return stats.getOrDefault(side + "." + what, 0L);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
