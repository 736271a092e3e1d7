package io.tokenwatt.alerts.incident;

import java.util.Locale;

/** How far an alert has come. */
public enum Phase {
  /** Bad, but not yet for as long as the rule asks. Nobody was told. */
  PENDING,
  FIRING,
  /** Good again, but not yet for as long as the rule keeps firing. Nobody was told of that. */
  KEEP_FIRING,
  /** It is over, and everyone who was told of it is told. */
  RESOLVED,
  /** It was over while still pending. */
  WITHDRAWN;

  public boolean open() {
    return this != RESOLVED && this != WITHDRAWN;
  }

  /** As written in tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no phase has this label
   */
  public static Phase of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
