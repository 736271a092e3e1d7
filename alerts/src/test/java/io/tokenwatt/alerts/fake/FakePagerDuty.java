package io.tokenwatt.alerts.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.tokenwatt.alerts.run.ReceiverConfig;
import io.tokenwatt.config.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * PagerDuty's Events API v2 as documented: 202 for what it takes, 400 with its errors for what it
 * does not, 512 KB; a trigger joins the open alert of its dedup key or opens one, a resolve closes
 * it or is dropped.
 */
public final class FakePagerDuty extends FakeReceiver {
  public static final String KEY = "0123456789abcdef0123456789abcdef";

  /** One alert as people see it. */
  public static final class Alert {
    public final String key;
    public final JsonNode first;
    public final long openedMs;
    public int triggers = 1;
    public boolean resolved;

    Alert(String key, JsonNode first, long openedMs) {
      this.key = key;
      this.first = first;
      this.openedMs = openedMs;
    }
  }

  private final List<Alert> alerts = new ArrayList<>();
  private final Map<String, Alert> open = new HashMap<>();
  private int resolves;

  public ReceiverConfig config() {
    return ReceiverConfig.pagerDuty(
        "pagerduty", new Secret(base() + "/v2/enqueue"), new Secret(KEY));
  }

  /** All that were ever opened. */
  public synchronized List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  /** Resolve events taken, the dropped ones included. */
  public synchronized int resolves() {
    return resolves;
  }

  @Override
  Answer take(HttpExchange exchange, byte[] body, long nowMs) {
    JsonNode event;
    List<String> errors = new ArrayList<>();
    try {
      event = json(exchange, body);
    } catch (IOException e) {
      return new Answer(400, "{\"status\":\"invalid event\",\"message\":\"not JSON\"}");
    }
    if (body.length > 512 * 1024 || !exchange.getRequestURI().getPath().equals("/v2/enqueue")) {
      return new Answer(body.length > 512 * 1024 ? 413 : 404, "");
    }
    check(event, errors);
    if (!errors.isEmpty()) {
      return new Answer(
          400,
          "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\""
              + String.join("\",\"", errors)
              + "\"]}");
    }
    apply(event, nowMs);
    return new Answer(
        202,
        "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":"
            + event.path("dedup_key")
            + "}");
  }

  private static void check(JsonNode event, List<String> errors) {
    text(event, "routing_key", 32, errors);
    String action = event.path("event_action").asText();
    if (!Set.of("trigger", "acknowledge", "resolve").contains(action)) {
      errors.add("'event_action' is not one of trigger, acknowledge, resolve");
    }
    text(event, "dedup_key", 255, errors);
    if (event.path("routing_key").asText().length() != 32) {
      errors.add("Invalid routing key");
    }
    if (action.equals("trigger")) {
      JsonNode payload = event.path("payload");
      text(payload, "summary", 1024, errors);
      text(payload, "source", 1024, errors);
      if (!Set.of("critical", "error", "warning", "info")
          .contains(payload.path("severity").asText())) {
        errors.add("'payload.severity' is invalid");
      }
      if (!payload.path("custom_details").isObject()) {
        errors.add("'payload.custom_details' must be an object");
      }
      event.path("links").forEach(link -> text(link, "href", 4096, errors));
    }
  }

  private static void text(JsonNode node, String field, int longest, List<String> errors) {
    String text = node.path(field).asText("");
    if (text.isBlank() || text.length() > longest) {
      errors.add("'" + field + "' is missing, blank or too long");
    }
  }

  private void apply(JsonNode event, long nowMs) {
    String key = event.path("dedup_key").asText();
    if (event.path("event_action").asText().equals("resolve")) {
      resolves++;
      Alert alert = open.remove(key);
      if (alert != null) {
        alert.resolved = true;
      }
      return;
    }
    Alert alert = open.get(key);
    if (alert == null) {
      alert = new Alert(key, event, nowMs);
      open.put(key, alert);
      alerts.add(alert);
    } else {
      alert.triggers++;
    }
  }
}
