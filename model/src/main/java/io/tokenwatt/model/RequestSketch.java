package io.tokenwatt.model;

import java.util.Locale;

/**
 * The latency sketches of {@code request_10s}, two array columns each: {@code …_index} and {@code
 * …_count}. They hold requests that ended well; how many did not is told by {@code failed_…}.
 * Constants are only ever added at the end.
 */
public enum RequestSketch {
  TTFT_GATEWAY(RequestMeasure.TTFT_GATEWAY_US, "time to the first token at the gateway"),
  E2E_GATEWAY(RequestMeasure.E2E_GATEWAY_US, "time to the last token at the gateway"),
  TPOT_GATEWAY(
      RequestMeasure.TPOT_GATEWAY_US,
      "(e2e - ttft) / (output tokens - 1) at the gateway, of requests with 2 or more"),
  TTFT_CLIENT(RequestMeasure.TTFT_CLIENT_US, "time to the first token at the client"),
  E2E_CLIENT(RequestMeasure.E2E_CLIENT_US, "time to the last token at the client"),
  TPOT_CLIENT(
      RequestMeasure.TPOT_CLIENT_US,
      "(e2e - ttft) / (output tokens - 1) at the client, of requests with 2 or more");

  private final RequestMeasure sum;
  private final String meaning;

  RequestSketch(RequestMeasure sum, String meaning) {
    this.sum = sum;
    this.meaning = meaning;
  }

  /** The measure that holds the exact sum, in microseconds, of what the sketch holds. */
  public RequestMeasure sum() {
    return sum;
  }

  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }
}
