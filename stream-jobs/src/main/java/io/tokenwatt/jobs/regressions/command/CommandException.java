package io.tokenwatt.jobs.regressions.command;

/** What a person is told in one line: what, where, and what to do. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
