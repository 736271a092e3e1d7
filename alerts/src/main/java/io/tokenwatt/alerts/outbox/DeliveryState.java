package io.tokenwatt.alerts.outbox;

import java.util.Locale;

/** How far a notification's delivery to one receiver has come. */
public enum DeliveryState {
  WAITING,
  SENT,
  /** The receiver will never take it. */
  REFUSED,
  /** Not to be sent any more: its trigger was refused, or its receiver is no longer configured. */
  DROPPED;

  /** As written in tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
