package io.tokenwatt.collectors.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves {@code GET /metrics} and {@code GET /healthz}. /healthz answers 200 while the process can
 * do its work, with what is degraded named in the JSON, and 503 while it cannot.
 */
public final class StatusServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "status");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param listen port 0 = any free one
   * @throws IOException naming the address if it cannot be had
   */
  public StatusServer(InetSocketAddress listen, Counters counters, Health health)
      throws IOException {
    try {
      server = HttpServer.create(listen, 0);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + listen + ": " + e.getMessage(), e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/metrics",
        exchange ->
            answer(exchange, "/metrics", 200, "text/plain; version=0.0.4", counters.text()));
    server.createContext(
        "/healthz",
        exchange -> {
          int status = health.status().equals("down") ? 503 : 200;
          answer(exchange, "/healthz", status, "application/json", json(health));
        });
    server.start();
  }

  /** Where it listens, with the real port. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static String json(Health health) {
    Map<String, Object> components = new LinkedHashMap<>();
    health
        .components()
        .forEach(
            (name, component) -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("state", component.state().name().toLowerCase(Locale.ROOT));
              fields.put("since", component.since());
              fields.put("last_error", component.lastError());
              components.put(name, fields);
            });
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("status", health.status());
    all.put("components", components);
    return Json.of(all) + "\n";
  }

  private static void answer(
      HttpExchange exchange, String path, int status, String type, String text) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
