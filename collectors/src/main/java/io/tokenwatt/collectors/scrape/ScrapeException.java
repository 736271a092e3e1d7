package io.tokenwatt.collectors.scrape;

/** Carries a {@link Failure} out of reading a response. */
public final class ScrapeException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  public ScrapeException(FailureReason reason, String detail) {
    // Failures are data that travel; a stack trace of each would cost more than the scrape.
    super(reason.code() + ": " + detail, null, false, false);
    this.failure = new Failure(reason, detail);
  }

  public Failure failure() {
    return failure;
  }
}
