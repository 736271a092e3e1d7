package io.tokenwatt.model;

import java.util.Locale;

/**
 * The additive measures of {@code request_10s}, one Int64 column each, in the order of an amounts
 * array. A request tells some of its tokens and not others: {@code requests_…_known} says how many
 * told, so that 0 tokens of 0 requests is unknown. Requests that are seen by client and gateway are
 * counted once, by the vantage that the agent is told to count.
 *
 * <p>Constants are only ever added at the end: amounts arrays in savepoints are read by position.
 */
public enum RequestMeasure {
  REQUESTS("ended requests, failed ones included"),
  REQUESTS_OK("requests that ended well"),
  REQUESTS_ERROR("requests that ended in an error"),
  REQUESTS_ABORTED("requests given up by the client or timed out"),
  PROMPT_TOKENS("prompt tokens, cached included, as the events say"),
  PROMPT_TOKENS_CACHED("prompt tokens answered from the prefix cache, as the events say"),
  OUTPUT_TOKENS("generated tokens, reasoning included, as the events say"),
  REASONING_TOKENS("output tokens of reasoning, as the events say"),
  REQUESTS_PROMPT_KNOWN("requests that told prompt_tokens; 0 = unknown, not zero"),
  REQUESTS_CACHED_KNOWN("requests that told prompt_tokens_cached; 0 = unknown, not zero"),
  REQUESTS_OUTPUT_KNOWN("requests that told output_tokens; 0 = unknown, not zero"),
  REQUESTS_REASONING_KNOWN("requests that told reasoning_tokens; 0 = unknown, not zero"),
  PROMPT_TOKENS_CACHED_KNOWN("part of prompt_tokens whose requests told prompt_tokens_cached"),
  OUTPUT_TOKENS_REASONING_KNOWN("part of output_tokens whose requests told reasoning_tokens"),
  REQUESTS_UNRESOLVED("requests whose server is not known: dimensions of the cell are empty"),
  REQUESTS_JUDGED("requests that an SLO in force could be applied to, failed ones included"),
  REQUESTS_GOOD("part of requests_judged that ended well inside all SLO targets"),
  OUTPUT_TOKENS_GOOD("output tokens of requests_good"),
  FAILED_GATEWAY("failed or aborted requests among the events of a gateway"),
  FAILED_CLIENT("failed or aborted requests among the events of a client"),
  TTFT_GATEWAY_US("sum behind sketch ttft_gateway"),
  E2E_GATEWAY_US("sum behind sketch e2e_gateway"),
  TPOT_GATEWAY_US("sum behind sketch tpot_gateway"),
  TTFT_CLIENT_US("sum behind sketch ttft_client"),
  E2E_CLIENT_US("sum behind sketch e2e_client"),
  TPOT_CLIENT_US("sum behind sketch tpot_client"),
  CLOCK_SKEW("events whose own time was not believable; the broker's record time was used"),
  OUTPUT_TOKENS_JUDGED("output tokens of requests_judged");

  private final String meaning;

  RequestMeasure(String meaning) {
    this.meaning = meaning;
  }

  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }
}
