package io.tokenwatt.quickstart.bench.wire;

import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pages of the corpus behind HTTP, each a node of its own with one target. */
final class Dumps implements AutoCloseable {
  /** Fewer lines say more about a batch's header than about our format. */
  private static final int LEAST_LINES = 90;

  private final HttpServer server;
  private final List<NodePlan> nodes = new ArrayList<>();

  Dumps(List<Path> files) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    for (Path file : files) {
      byte[] page = Files.readAllBytes(file);
      if (Lines.of(page) >= LEAST_LINES) {
        serve(file.getFileName().toString(), page);
      }
    }
    server.start();
  }

  private void serve(String name, byte[] page) {
    server.createContext(
        "/" + name,
        exchange -> {
          exchange.sendResponseHeaders(200, page.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(page);
          }
        });
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    String node = name.replace(".prom", "");
    nodes.add(NodePlan.of(NodeSpec.of(node, "eu"), List.of(TargetSpec.of("t1", url))));
  }

  List<NodePlan> nodes() {
    return nodes;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
