package io.tokenwatt.alerts.notify;

import io.tokenwatt.alerts.Runbook;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Transition;
import java.util.List;
import java.util.Optional;

/**
 * What a receiver is told.
 *
 * @param incident as it was at the transition
 * @param runbook empty if the rule is no longer in use
 */
public record Notification(
    Incident incident, Transition transition, Optional<Runbook> runbook, List<Link> links) {
  /** Where to read more. */
  public record Link(String text, String href) {}

  public Notification {
    links = List.copyOf(links);
  }

  /** The same for every attempt and every process. */
  public String id() {
    return incident.notification(transition);
  }
}
