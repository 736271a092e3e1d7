package io.tokenwatt.alerts.incident;

/**
 * Why an alert was resolved; a part of the message, so that lost data is never taken for health.
 */
public enum Ending {
  NONE(""),
  RECOVERED("the value is back within its bound"),
  GONE("the query returns no row for it any more; that may also mean that its data is missing"),
  SUPERSEDED("another incident of the same key is told of instead"),
  RULE_REMOVED("its rule is no longer in use; whether it recovered is not known");

  private final String text;

  Ending(String text) {
    this.text = text;
  }

  /** A sentence without its full stop; empty for {@link #NONE}. */
  public String text() {
    return text;
  }
}
