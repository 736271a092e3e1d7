package io.tokenwatt.collectors.requests;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All that is taken from an event. The names are the keys of the NDJSON lines. */
enum EventField {
  EVENT_ID,
  COMPLETED_AT_MS,
  STATUS,
  MODEL,
  ADAPTER,
  SERVICE_CLASS,
  TENANT,
  CLIENT_REGION,
  PROMPT_TOKENS,
  PROMPT_TOKENS_CACHED,
  OUTPUT_TOKENS,
  REASONING_TOKENS,
  VANTAGE,
  TTFT_MS,
  DURATION_MS,
  CLIENT_TTFT_MS,
  CLIENT_DURATION_MS,
  NODE,
  ENGINE,
  WORKLOAD,
  REGION,
  CLUSTER;

  private static final Map<String, EventField> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toMap(EventField::key, Function.identity()));

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Fields of the mapping served_by; they may stand at the top as well. */
  boolean servedBy() {
    return compareTo(NODE) >= 0;
  }

  static Optional<EventField> of(String key) {
    return Optional.ofNullable(BY_KEY.get(key));
  }
}
