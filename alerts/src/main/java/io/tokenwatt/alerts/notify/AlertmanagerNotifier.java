package io.tokenwatt.alerts.notify;

import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Alertmanager's API v2. What fires is told again every minute and ends by itself after four, as
 * Prometheus does it; what is resolved is told with its end. Labels are the identity, so only the
 * rule's name, its severity and its labels are labels; the rest are annotations. A pair of
 * Alertmanagers is two receivers: each has to be told.
 */
public final class AlertmanagerNotifier implements Notifier {
  public static final Duration REPEAT = Duration.ofMinutes(1);

  private static final int LASTS = 4;
  private static final int ANNOTATION = 4000;

  private final Http http;
  private final Target target;
  private final Duration repeat;

  public AlertmanagerNotifier(Http http, Target target, Duration repeat) {
    this.http = http;
    this.target = target;
    this.repeat = repeat;
  }

  @Override
  public Duration repeatEvery() {
    return repeat;
  }

  @Override
  public Outcome send(Notification notification, Instant now) {
    return repeat(List.of(notification), now);
  }

  @Override
  public Outcome repeat(List<Notification> notifications, Instant now) {
    List<Object> alerts = notifications.stream().map(n -> (Object) alert(n, now)).toList();
    return http.post(target, Json.of(alerts), now);
  }

  private Map<String, Object> alert(Notification notification, Instant now) {
    Incident incident = notification.incident();
    boolean over = notification.transition() == Transition.RESOLVE;
    Instant ends = over ? incident.resolvedAt() : now.plus(repeat.multipliedBy(LASTS));
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("labels", labels(incident));
    alert.put("annotations", annotations(notification));
    alert.put("startsAt", Wording.time(incident.started()));
    alert.put("endsAt", Wording.time(ends));
    notification.links().stream().findFirst().ifPresent(l -> alert.put("generatorURL", l.href()));
    return alert;
  }

  private static Map<String, String> labels(Incident incident) {
    Map<String, String> labels = new TreeMap<>();
    incident
        .labels()
        .forEach((name, text) -> labels.put(name.replaceAll("[^a-zA-Z0-9_]", "_"), text));
    // Alertmanager drops empty labels and so would confuse two alerts that differ in one.
    labels.replaceAll((name, text) -> text.isEmpty() ? "(unknown)" : text);
    labels.put("alertname", incident.rule());
    labels.put("severity", incident.severity().label());
    return labels;
  }

  private static Map<String, String> annotations(Notification notification) {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("headline", Wording.headline(notification));
    annotations.putAll(Wording.facts(notification));
    notification
        .runbook()
        .ifPresent(
            runbook -> {
              annotations.put("safe_action", runbook.safeAction().strip());
              annotations.put("first_query", runbook.firstQuery().strip());
              annotations.put("escalation", runbook.escalation().strip());
            });
    annotations.put("dedup_key", notification.incident().key());
    annotations.replaceAll((name, text) -> Wording.cut(text, ANNOTATION));
    return annotations;
  }
}
