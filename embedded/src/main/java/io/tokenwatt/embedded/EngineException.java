package io.tokenwatt.embedded;

/**
 * An embedded engine did not do what was asked. The message says what was tried, where (data
 * directory, log file, cache) and what to do; it is meant for the person at the terminal.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
