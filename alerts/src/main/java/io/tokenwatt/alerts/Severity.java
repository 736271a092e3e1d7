package io.tokenwatt.alerts;

import java.util.Locale;

/** How soon a person has to look. */
public enum Severity {
  /** Within working hours. */
  TICKET,
  /** Now. */
  PAGE,
  /** Never: it fires always, and whoever is told so raises an alarm when it no longer does. */
  HEARTBEAT;

  /** As written in rule files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
