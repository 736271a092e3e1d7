package io.tokenwatt.alerts.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.tokenwatt.alerts.notify.Target;
import io.tokenwatt.alerts.run.ReceiverConfig;
import io.tokenwatt.config.Secret;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Alertmanager's API v2 as specified: labels are the identity, an alert is over once its end has
 * passed, and who lets an end pass without telling again has resolved it.
 */
public final class FakeAlertmanager extends FakeReceiver {
  /** One alert from when it became active to when it was over. */
  public static final class Alert {
    public final JsonNode labels;
    public int told;
    private long endsMs;
    private boolean over;

    Alert(JsonNode labels) {
      this.labels = labels;
    }
  }

  private final List<Alert> alerts = new ArrayList<>();
  private final Map<JsonNode, Alert> active = new HashMap<>();

  public ReceiverConfig config() {
    return ReceiverConfig.alertmanager(
        "alertmanager", Target.of(new Secret(base() + "/api/v2/alerts")));
  }

  /** All that were ever active. */
  public synchronized List<Alert> alerts() {
    expire(System.currentTimeMillis());
    return List.copyOf(alerts);
  }

  public synchronized long activeAlerts() {
    expire(System.currentTimeMillis());
    return active.size();
  }

  private void expire(long nowMs) {
    active
        .values()
        .removeIf(
            alert -> {
              alert.over = alert.endsMs <= nowMs;
              return alert.over;
            });
  }

  @Override
  Answer take(HttpExchange exchange, byte[] body, long nowMs) {
    JsonNode posted;
    try {
      posted = json(exchange, body);
    } catch (IOException e) {
      return new Answer(415, "{\"code\":415}");
    }
    if (!exchange.getRequestURI().getPath().equals("/api/v2/alerts") || !posted.isArray()) {
      return new Answer(404, "");
    }
    for (JsonNode alert : posted) {
      String wrong = wrong(alert);
      if (!wrong.isEmpty()) {
        return new Answer(400, "\"bad alert: " + wrong + "\"");
      }
    }
    expire(nowMs);
    posted.forEach(alert -> apply(alert, nowMs));
    return new Answer(200, "");
  }

  private static String wrong(JsonNode alert) {
    if (alert.path("labels").path("alertname").asText().isEmpty()) {
      return "no alertname";
    }
    for (Map.Entry<String, JsonNode> label : alert.path("labels").properties()) {
      if (!label.getKey().matches("[a-zA-Z_][a-zA-Z0-9_]*")
          || label.getValue().asText().isEmpty()) {
        return "label " + label.getKey();
      }
    }
    for (Map.Entry<String, JsonNode> annotation : alert.path("annotations").properties()) {
      if (!annotation.getKey().matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
        return "annotation " + annotation.getKey();
      }
    }
    try {
      return time(alert, "endsAt") < time(alert, "startsAt") ? "ends before it starts" : "";
    } catch (DateTimeException e) {
      return "time";
    }
  }

  private void apply(JsonNode posted, long nowMs) {
    long endsMs = time(posted, "endsAt");
    Alert alert = active.get(posted.path("labels"));
    if (alert == null && endsMs <= nowMs) {
      return; // The end of something never heard of notifies nobody.
    }
    if (alert == null) {
      alert = new Alert(posted.path("labels"));
      active.put(alert.labels, alert);
      alerts.add(alert);
    }
    alert.told++;
    alert.endsMs = endsMs;
    expire(nowMs);
  }

  private static long time(JsonNode alert, String field) {
    return OffsetDateTime.parse(alert.path(field).asText()).toInstant().toEpochMilli();
  }
}
