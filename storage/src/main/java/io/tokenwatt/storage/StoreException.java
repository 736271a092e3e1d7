package io.tokenwatt.storage;

/**
 * The store did not do what was asked. {@link #retryable()} says whether the same call may work
 * later (network, overload, restart) or a person has to act first (schema, rights, SQL).
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean retryable;

  private StoreException(String message, boolean retryable, Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  static StoreException unavailable(String message, Throwable cause) {
    return new StoreException(message, true, cause);
  }

  static StoreException refused(String message, Throwable cause) {
    return new StoreException(message, false, cause);
  }

  public boolean retryable() {
    return retryable;
  }
}
