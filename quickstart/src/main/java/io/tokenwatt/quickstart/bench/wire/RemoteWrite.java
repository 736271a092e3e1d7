package io.tokenwatt.quickstart.bench.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.quickstart.bench.Benchmark.Plan;
import io.tokenwatt.quickstart.bench.live.Child;
import io.tokenwatt.quickstart.bench.report.Spread;
import io.tokenwatt.quickstart.fleet.FileSdText;
import io.tokenwatt.quickstart.fleet.SimulatedNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What vmagent sends over remote write (snappy) for the same pages, scraped once a second. */
final class RemoteWrite {
  private static final int SECONDS = 5;

  private RemoteWrite() {}

  static Spread bytesPerLine(List<SimulatedNode> nodes, long lines, Plan plan, Path vmagent)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tokenwatt-bench");
    Path targets = folder.resolve("targets.json");
    Files.writeString(targets, FileSdText.json(nodes));
    Path config = folder.resolve("vmagent.yaml");
    Files.writeString(
        config,
        "global: {scrape_interval: 1s}\nscrape_configs:\n- job_name: bench\n  file_sd_configs:\n"
            + "  - files: ['"
            + targets
            + "']\n");
    AtomicLong bytes = new AtomicLong();
    HttpServer sink =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    sink.createContext("/", exchange -> take(exchange, bytes));
    sink.start();
    try (Child child =
        Child.start(
            folder,
            List.of(
                vmagent.toString(),
                "-promscrape.config=" + config,
                "-remoteWrite.url=http://127.0.0.1:" + sink.getAddress().getPort() + "/",
                "-remoteWrite.tmpDataPath=" + folder.resolve("queue"),
                "-httpListenAddr=127.0.0.1:" + Child.freePort(),
                "-loggerLevel=ERROR"))) {
      Thread.sleep(Duration.ofSeconds(SECONDS).toMillis());
      List<Double> rounds = new ArrayList<>();
      for (int i = 0; i < plan.rounds(); i++) {
        long before = bytes.get();
        long from = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(SECONDS).toMillis());
        child.requireAlive();
        double seconds = (System.nanoTime() - from) / 1e9;
        rounds.add((bytes.get() - before) / seconds / lines);
      }
      return Spread.of(rounds);
    } finally {
      sink.stop(0);
    }
  }

  private static void take(HttpExchange exchange, AtomicLong bytes) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      bytes.addAndGet(in.transferTo(OutputStream.nullOutputStream()));
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }
}
