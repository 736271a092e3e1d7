package io.tokenwatt.collectors.scrape;

/**
 * A scrape without a reading.
 *
 * @param detail for people; cut to 200 characters
 */
public record Failure(FailureReason reason, String detail) {
  private static final int MAX_DETAIL = 200;

  public Failure {
    detail = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL - 1) + "…" : detail;
  }

  @Override
  public String toString() {
    return reason.code() + ": " + detail;
  }
}
