package io.tokenwatt.quickstart.fleet;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exporter's port: serves one page at /metrics, and can be closed and opened again on the same
 * port. Closed means that connections are refused. Thread-safe.
 */
final class PageServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
  private static final byte[] NOT_FOUND =
      "404 page not found\n".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final Map<String, String> headers;
  private final Supplier<byte[]> page;
  private HttpServer server;

  /**
   * @param first bound, not started
   * @param page the page now; null = drop the connection without an answer
   */
  PageServer(HttpServer first, Map<String, String> headers, Supplier<byte[]> page) {
    this.port = first.getAddress().getPort();
    this.headers = headers;
    this.page = page;
    start(first);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port + "/metrics");
  }

  /** Opens or closes the port; a port that cannot be had is tried again at the next call. */
  synchronized void listen(boolean open) {
    if (open && server == null) {
      try {
        start(Ports.bind(port));
      } catch (IOException e) {
        LOG.warn("port {} is taken, the simulated outage goes on: {}", port, e.getMessage());
      }
    } else if (!open && server != null) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  private void start(HttpServer bound) {
    bound.createContext("/", this::answer);
    bound.start();
    server = bound;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean metrics = exchange.getRequestURI().getPath().equals("/metrics");
      byte[] body = metrics ? page.get() : NOT_FOUND;
      if (body != null) {
        Headers out = exchange.getResponseHeaders();
        headers.forEach(out::set);
        exchange.sendResponseHeaders(metrics ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }
}
