package io.tokenwatt.dashboards.check;

/** A question that got no answer; the message says whose and why. */
public final class CheckException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CheckException(String message) {
    super(message);
  }
}
