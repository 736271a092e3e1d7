package io.tokenwatt.collectors.requests;

/** A body that is not read, with its answer. */
final class BodyRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param message for the sender; quotes nothing of the body
   */
  BodyRefused(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }
}
