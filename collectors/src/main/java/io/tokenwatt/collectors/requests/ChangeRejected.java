package io.tokenwatt.collectors.requests;

/** A change event that is not taken: what is wrong, where, and what to do. */
final class ChangeRejected extends Exception {
  private static final long serialVersionUID = 1;
  private static final int MAX_KEY = 64;

  private final String reason;
  private final String key;
  private final boolean ours;

  private ChangeRejected(String reason, String key, boolean ours, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.key = key.length() <= MAX_KEY ? key : key.substring(0, MAX_KEY) + "…";
    this.ours = ours;
  }

  static ChangeRejected of(String reason, String message) {
    return new ChangeRejected(reason, "", true, message);
  }

  static ChangeRejected of(String reason, ChangeField field, String message) {
    return new ChangeRejected(reason, field.key(), true, field.key() + ": " + message);
  }

  /** A key that the sender made up. */
  static ChangeRejected unknown(String key) {
    return new ChangeRejected("unknown_field", key, false, "fields are " + ChangeField.all());
  }

  static ChangeRejected attributes(String message) {
    return new ChangeRejected("bad_value", ChangeField.ATTRIBUTES, true, message);
  }

  /** Short and stable: the label of a counter. */
  String reason() {
    return reason;
  }

  String key() {
    return key;
  }

  /** The key, unless the sender made it up: labels are of a bounded number. */
  String ownKey() {
    return ours ? key : "";
  }
}
