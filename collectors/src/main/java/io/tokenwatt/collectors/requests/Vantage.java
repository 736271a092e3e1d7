package io.tokenwatt.collectors.requests;

/** Whose clock measured a request. */
public enum Vantage {
  GATEWAY,
  CLIENT
}
