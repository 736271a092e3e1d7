package io.tokenwatt.collectors.requests;

/** An event that is not taken, with what may be told of it: never a value. */
final class EventRejected extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final String key;

  /**
   * @param reason short and stable: the label of a counter
   * @param key the field that is wrong, one of our own names; "" = the whole event
   */
  EventRejected(String reason, String key) {
    super(key.isEmpty() ? reason : reason + ": " + key, null, false, false);
    this.reason = reason;
    this.key = key;
  }

  String reason() {
    return reason;
  }

  String key() {
    return key;
  }
}
