package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Runbook;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Transition;
import io.tokenwatt.alerts.notify.Notification;
import io.tokenwatt.alerts.notify.Notification.Link;
import io.tokenwatt.alerts.outbox.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds to an incident what its rule says to whoever is called, and where to look. Immutable. */
final class Messages {
  private final Map<String, Runbook> runbooks = new HashMap<>();
  private final String play;
  private final String grafana;

  Messages(List<Rule> rules, String play, String grafana) {
    rules.forEach(rule -> runbooks.put(rule.name(), rule.runbook()));
    this.play = play;
    this.grafana = grafana;
  }

  Notification of(Delivery delivery) {
    return of(delivery.incident(), delivery.transition());
  }

  Notification of(Incident incident, Transition transition) {
    Optional<Runbook> runbook = Optional.ofNullable(runbooks.get(incident.rule()));
    List<Link> links = new ArrayList<>();
    runbook
        .filter(found -> !play.isEmpty() && !found.firstQuery().isBlank())
        .ifPresent(found -> links.add(new Link("Run the first query", query(found))));
    if (!grafana.isEmpty()) {
      links.add(new Link("Grafana", grafana));
    }
    return new Notification(incident, transition, runbook, links);
  }

  /** ClickHouse's own page takes a query in Base64 behind the #, which no server's log sees. */
  private String query(Runbook runbook) {
    byte[] sql = runbook.firstQuery().strip().getBytes(StandardCharsets.UTF_8);
    String base = play.endsWith("/") ? play.substring(0, play.length() - 1) : play;
    return base + "/play#" + Base64.getEncoder().encodeToString(sql);
  }
}
