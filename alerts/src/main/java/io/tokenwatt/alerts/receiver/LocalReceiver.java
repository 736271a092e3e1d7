package io.tokenwatt.alerts.receiver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.alerts.run.ReceiverConfig;
import io.tokenwatt.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Listens on loopback as PagerDuty's Events API v2 does and hands what it is told, as text, to
 * whoever shows it. It wakes nobody and keeps nothing. Thread-safe.
 */
public final class LocalReceiver implements AutoCloseable {
  private static final int LARGEST = 512 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Consumer<String> show;

  /**
   * @param port 0 = any free one
   * @param show called once per event, by one thread at a time
   * @throws IOException if the port cannot be had
   */
  public static LocalReceiver start(int port, Consumer<String> show) throws IOException {
    return new LocalReceiver(port, show);
  }

  private LocalReceiver(int port, Consumer<String> show) throws IOException {
    this.show = show;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/v2/enqueue", this::enqueue);
    server.start();
  }

  /** Such as http://127.0.0.1:4711/v2/enqueue. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v2/enqueue";
  }

  /** This receiver as one of alerts run. */
  public ReceiverConfig config() {
    return ReceiverConfig.pagerDuty(
        "this-terminal", new Secret(url()), new Secret("local-receiver-has-no-key-000000"));
  }

  private void enqueue(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
      if (!exchange.getRequestMethod().equals("POST") || body.length > LARGEST) {
        answer(exchange, 400, "{\"status\":\"invalid event\"}");
        return;
      }
      try {
        JsonNode event = JSON.readTree(body);
        show.accept(PageText.of(event));
        answer(exchange, 202, "{\"status\":\"success\",\"message\":\"Event processed\"}");
      } catch (JsonProcessingException e) {
        answer(exchange, 400, "{\"status\":\"invalid event\",\"message\":\"not JSON\"}");
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
