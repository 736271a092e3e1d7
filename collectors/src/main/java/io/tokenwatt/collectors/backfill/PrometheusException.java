package io.tokenwatt.collectors.backfill;

/** A Prometheus did not answer as it should; the message is for people. */
public final class PrometheusException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean tooMuch;

  PrometheusException(String message, boolean tooMuch, Throwable cause) {
    super(message, cause);
    this.tooMuch = tooMuch;
  }

  /** It was asked for more at once than it, or this process, can hold: ask for less. */
  boolean isTooMuch() {
    return tooMuch;
  }
}
