package io.tokenwatt.collectors.kubernetes;

import java.io.IOException;

/** The API server refused, and why, with what to do about it. */
final class ApiException extends IOException {
  private static final long serialVersionUID = 1L;
  private final int status;

  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  static ApiException of(int status, String detail) {
    String hint =
        switch (status) {
          case 401 -> "; is the service account's token mounted and current?";
          case 403 -> "; the agent's ClusterRole needs verbs list and watch on pods";
          default -> "";
        };
    return new ApiException(status, "HTTP " + status + " " + detail + hint);
  }

  /** The version asked from is forgotten: everything must be listed again. */
  boolean isGone() {
    // 504 = "too large resource version": a server that does not know yet what another one told.
    return status == 410 || status == 504;
  }

  /** For metrics: http_401, http_410 … */
  String reason() {
    return "http_" + status;
  }
}
