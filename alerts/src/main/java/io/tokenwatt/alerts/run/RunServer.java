package io.tokenwatt.alerts.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** GET /metrics and /healthz; /healthz answers 503 while nothing can be evaluated. */
final class RunServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, Threads.daemon("status"));

  /**
   * @param listen port 0 = any free one
   * @throws IOException naming the address if it cannot be had
   */
  RunServer(InetSocketAddress listen, RunMetrics metrics, RunHealth health) throws IOException {
    try {
      server = HttpServer.create(listen, 0);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + listen + ": " + e.getMessage(), e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/metrics", e -> answer(e, "/metrics", 200, "text/plain; version=0.0.4", metrics.text()));
    server.createContext(
        "/healthz",
        e -> {
          int status = health.status().equals("down") ? 503 : 200;
          answer(e, "/healthz", status, "application/json", health.json());
        });
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  private static void answer(HttpExchange e, String path, int status, String type, String text)
      throws IOException {
    try (e) {
      if (!e.getRequestURI().getPath().equals(path)) {
        e.sendResponseHeaders(404, -1);
      } else if (!e.getRequestMethod().equals("GET")) {
        e.sendResponseHeaders(405, -1);
      } else {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        e.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        e.sendResponseHeaders(status, bytes.length);
        e.getResponseBody().write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
