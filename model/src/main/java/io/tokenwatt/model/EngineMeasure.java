package io.tokenwatt.model;

import java.util.Locale;

/**
 * The additive measures of {@code engine_10s}: one row per node, engine instance and model. Only
 * ever added to at the end.
 */
public enum EngineMeasure {
  EXPECTED_MS("ms that should have been observed"),
  OBSERVED_MS("ms covered by token readings"),
  OUTPUT_TOKENS("generated tokens"),
  OUTPUT_TOKENS_BRIDGED("generated tokens over gaps longer than 5 minutes; not in output_tokens"),
  PROMPT_TOKENS("prompt tokens, cached included"),
  PROMPT_TOKENS_CACHED("prompt tokens answered from the prefix cache"),
  PROMPT_TOKENS_COMPUTED("prompt tokens computed on this engine"),
  PROMPT_TOKENS_TRANSFERRED("prompt tokens whose KV came from another engine"),
  PROMPT_TOKENS_BRIDGED("prompt tokens over gaps longer than 5 minutes; not in prompt_tokens"),
  REASONING_TOKENS("output tokens of reasoning"),
  REQUESTS_FINISHED("requests ended, aborted and failed ones included"),
  REQUESTS_ABORTED("requests aborted"),
  REQUESTS_FAILED("requests failed"),
  LOAD_OBSERVED_MS("ms covered by readings of running and waiting requests"),
  RUNNING_MS("running requests x ms"),
  WAITING_MS("waiting requests x ms"),
  KV_OBSERVED_MS("ms covered by readings of KV cache use"),
  KV_USED_PPM_MS("KV cache use in ppm x ms"),
  PREEMPTIONS("preempted requests"),
  DRAFT_TOKENS("speculated tokens"),
  ACCEPTED_TOKENS("speculated tokens that were accepted"),
  PROMPT_TOKENS_CACHED_BRIDGED(
      "cached prompt tokens over gaps longer than 5 minutes; not in prompt_tokens_cached"),
  REQUESTS_FINISHED_BRIDGED(
      "requests ended over gaps longer than 5 minutes; not in requests_finished");

  private final String meaning;

  EngineMeasure(String meaning) {
    this.meaning = meaning;
  }

  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }
}
