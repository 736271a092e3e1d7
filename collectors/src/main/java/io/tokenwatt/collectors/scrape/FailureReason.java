package io.tokenwatt.collectors.scrape;

import java.util.Locale;

/** Why a scrape gave no reading. The code is what travels in the record and labels the counters. */
public enum FailureReason {
  /** No connection: refused, no route, unknown host. */
  CONNECT,
  /** The TLS handshake failed. */
  TLS,
  /** Not finished within the target's timeout. */
  TIMEOUT,
  /** A status other than 200 and 3xx. */
  HTTP_STATUS,
  /** 3xx; redirects are never followed, so that credentials reach only the host configured. */
  REDIRECT,
  /** What answers does not speak HTTP, or broke it off before a whole header. */
  BAD_HTTP,
  /** Longer than the limit, as announced, as sent or after decompression. */
  BODY_TOO_LARGE,
  /** The body ended before its announced end. */
  CUT_BODY,
  /** The body is not what Content-Encoding says, or in an encoding that was not asked for. */
  BAD_ENCODING,
  /** Text in another charset than UTF-8. */
  WRONG_CHARSET,
  /** Not exporter text: HTML, JSON, nothing. */
  NOT_EXPOSITION,
  /** Exporter text that no exporter of the catalogue knows. */
  UNKNOWN_EXPORTER,
  /** The file with the target's token cannot be read; nothing was asked. */
  CREDENTIALS,
  /** A bug of ours; the log has the stack trace. */
  INTERNAL;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
