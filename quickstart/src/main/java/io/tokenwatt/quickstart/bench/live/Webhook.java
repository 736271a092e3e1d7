package io.tokenwatt.quickstart.bench.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes messages as Alertmanager posts them and notes when each came. Thread-safe. */
final class Webhook implements AutoCloseable {
  private static final Pattern ALERT =
      Pattern.compile("\"status\":\"firing\",\"labels\":\\{([^}]*)\\}");
  private static final Pattern LABEL = Pattern.compile("\"(\\w+)\":\"([^\"]*)\"");

  /**
   * @param atMs Unix ms of its arrival
   */
  record Message(long atMs, String alert, String series) {}

  private final HttpServer server;
  private final List<Message> messages = new ArrayList<>();

  Webhook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** What a sender posts for one firing alert. */
  static String body(String alert, String series) {
    return "{\"alerts\":[{\"status\":\"firing\",\"labels\":{\"alertname\":\"%s\",\"series\":\"%s\"}}]}"
        .formatted(alert, series);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      long now = System.currentTimeMillis();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Matcher alerts = ALERT.matcher(body);
      while (alerts.find()) {
        add(now, alerts.group(1));
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private synchronized void add(long now, String labels) {
    String alert = "";
    String series = "";
    Matcher label = LABEL.matcher(labels);
    while (label.find()) {
      alert = label.group(1).equals("alertname") ? label.group(2) : alert;
      series = label.group(1).equals("series") ? label.group(2) : series;
    }
    messages.add(new Message(now, alert, series));
  }

  synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
