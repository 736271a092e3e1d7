package io.tokenwatt.collectors.exposition;

/** Why a line cannot be read. Stays inside the package; costs no stack trace. */
final class BadLine extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The reason is a constant: no part of the input, so that rejects can be counted by it. */
  BadLine(String reason) {
    super(reason, null, false, false);
  }
}
