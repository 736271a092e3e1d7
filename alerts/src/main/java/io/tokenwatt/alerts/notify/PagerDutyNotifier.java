package io.tokenwatt.alerts.notify;

import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Transition;
import io.tokenwatt.config.Secret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PagerDuty's Events API v2. A trigger with the dedup key of an open alert joins it, a resolve
 * without one is dropped, so an attempt may be repeated; but a trigger after its resolve opens a
 * new alert, so the order within a key must be kept. Limits: dedup_key 255 and summary 1024
 * characters, 512 KB in all.
 */
public final class PagerDutyNotifier implements Notifier {
  public static final String URL = "https://events.pagerduty.com/v2/enqueue";

  private static final int DEDUP_KEY = 255;
  private static final int SUMMARY = 1024;
  private static final int DETAIL = 4000;
  private static final int DETAILS = 60;

  private final Http http;
  private final Target target;
  private final Secret routingKey;
  private final String client;

  /**
   * @param target whose secrets must include the routing key
   * @param client shown as the origin, such as the instance's name
   */
  public PagerDutyNotifier(Http http, Target target, Secret routingKey, String client) {
    this.http = http;
    this.target = target;
    this.routingKey = routingKey;
    this.client = client;
  }

  @Override
  public Outcome send(Notification notification, Instant now) {
    return http.post(target, Json.of(event(notification)), now);
  }

  private Map<String, Object> event(Notification notification) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("routing_key", routingKey.reveal());
    event.put("event_action", notification.transition().label());
    event.put("dedup_key", dedupKey(notification.incident()));
    if (notification.transition() == Transition.RESOLVE) {
      return event;
    }
    event.put("payload", payload(notification));
    event.put(
        "links",
        notification.links().stream()
            .map(link -> Map.of("href", link.href(), "text", link.text()))
            .toList());
    event.put("client", client);
    notification.links().stream().findFirst().ifPresent(l -> event.put("client_url", l.href()));
    return event;
  }

  /** The end of a key too long is the hash of its labels, which must not be cut off. */
  private static String dedupKey(Incident incident) {
    String key = incident.key();
    return key.substring(Math.max(0, key.length() - DEDUP_KEY));
  }

  private Map<String, Object> payload(Notification notification) {
    Incident incident = notification.incident();
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("summary", Wording.cut(Wording.headline(notification), SUMMARY));
    payload.put("source", source(incident));
    payload.put("severity", incident.severity() == Severity.PAGE ? "critical" : "warning");
    payload.put("timestamp", Wording.time(incident.started()));
    first(incident, "model", "hardware", "workload")
        .ifPresent(component -> payload.put("component", component));
    first(incident, "cluster", "region").ifPresent(group -> payload.put("group", group));
    payload.put("class", incident.rule());
    payload.put("custom_details", details(notification));
    return payload;
  }

  private String source(Incident incident) {
    String where =
        List.of("region", "cluster", "rack", "node", "gpu").stream()
            .map(name -> incident.labels().getOrDefault(name, ""))
            .filter(text -> !text.isEmpty())
            .reduce((a, b) -> a + "/" + b)
            .orElse(client);
    return Wording.cut(where, SUMMARY);
  }

  private static Optional<String> first(Incident incident, String... labels) {
    return List.of(labels).stream()
        .map(name -> incident.labels().getOrDefault(name, ""))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  private static Map<String, String> details(Notification notification) {
    Map<String, String> details = new LinkedHashMap<>();
    notification
        .runbook()
        .ifPresent(
            runbook -> {
              details.put("safe action", runbook.safeAction().strip());
              details.put("first query", runbook.firstQuery().strip());
              details.put("escalation", runbook.escalation().strip());
            });
    Map<String, String> shown = new LinkedHashMap<>();
    Wording.facts(notification).entrySet().stream()
        .limit(DETAILS)
        .forEach(fact -> shown.put(fact.getKey(), Wording.cut(fact.getValue(), DETAIL)));
    details.forEach((name, text) -> shown.put(name, Wording.cut(text, DETAIL)));
    shown.put("notification", notification.id());
    return shown;
  }
}
