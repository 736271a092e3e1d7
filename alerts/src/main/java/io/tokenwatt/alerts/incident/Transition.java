package io.tokenwatt.alerts.incident;

import java.util.Locale;

/** What people are told of an incident: each of these at most once. */
public enum Transition {
  TRIGGER,
  RESOLVE;

  /** As written in tables, messages and PagerDuty's event_action. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
