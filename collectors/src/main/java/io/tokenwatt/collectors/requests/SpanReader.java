package io.tokenwatt.collectors.requests;

import io.tokenwatt.model.proto.otlp.AnyValue;
import io.tokenwatt.model.proto.otlp.KeyValue;
import io.tokenwatt.model.proto.otlp.Span;
import io.tokenwatt.model.proto.otlp.SpanKind;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one OTLP span by the GenAI semantic conventions (1.3x and the names that vLLM and older
 * instrumentations use) and Tokenwatt's own attributes, {@code tokenwatt.<field of an NDJSON
 * line>}. Of several names for one thing the first counts.
 */
final class SpanReader {
  private static final Map<EventField, List<String>> NAMES =
      Map.of(
          EventField.MODEL, List.of("gen_ai.request.model", "gen_ai.response.model"),
          EventField.PROMPT_TOKENS,
              List.of("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
          EventField.PROMPT_TOKENS_CACHED,
              List.of(
                  "gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_read_input_tokens"),
          EventField.OUTPUT_TOKENS,
              List.of("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
          EventField.REASONING_TOKENS,
              List.of("gen_ai.usage.reasoning.output_tokens", "gen_ai.usage.reasoning_tokens"));

  /** In seconds. */
  private static final List<String> TTFT =
      List.of(
          "gen_ai.response.time_to_first_chunk",
          "gen_ai.response.time_to_first_token",
          "gen_ai.latency.time_to_first_token");

  /** Operations that are one call of a model; others contain such calls or call no model. */
  private static final Set<String> CALLS =
      Set.of("chat", "text_completion", "generate_content", "embeddings", "rerank");

  private static final Set<String> ABORTS =
      Set.of("timeout", "cancelled", "canceled", "aborted", "client_disconnected");

  private final Map<String, AnyValue> attributes = new HashMap<>();
  private final Span span;

  private SpanReader(List<KeyValue> resource, Span span) {
    this.span = span;
    for (KeyValue each : resource) {
      if (each.getKey().startsWith("tokenwatt.")) {
        attributes.put(each.getKey(), each.getValue());
      }
    }
    span.getAttributesList().forEach(each -> attributes.put(each.getKey(), each.getValue()));
  }

  /**
   * @return empty for a span that is not a call of a model
   */
  static Optional<EventDraft> read(List<KeyValue> resource, Span span) throws EventRejected {
    SpanReader reader = new SpanReader(resource, span);
    return reader.isCall() ? Optional.of(reader.draft()) : Optional.empty();
  }

  private boolean isCall() {
    String operation = text("gen_ai.operation.name");
    if (!operation.isEmpty()) {
      return CALLS.contains(operation);
    }
    return NAMES.values().stream().flatMap(List::stream).anyMatch(attributes::containsKey);
  }

  private EventDraft draft() throws EventRejected {
    EventDraft draft = new EventDraft();
    if (span.getTraceId().size() != 16 || span.getSpanId().size() != 8) {
      throw new EventRejected("missing", "event_id");
    }
    HexFormat hex = HexFormat.of();
    draft.text(
        EventField.EVENT_ID,
        hex.formatHex(span.getTraceId().toByteArray())
            + ":"
            + hex.formatHex(span.getSpanId().toByteArray()));
    long start = span.getStartTimeUnixNano();
    long end = span.getEndTimeUnixNano();
    if (start <= 0 || end < start) {
      throw new EventRejected("bad_value", "end_time_unix_nano");
    }
    draft.number(EventField.COMPLETED_AT_MS, end / 1_000_000);
    draft.number(EventField.DURATION_MS, (end - start) / 1e6);
    draft.text(EventField.STATUS, status());
    draft.text(
        EventField.VANTAGE, span.getKind() == SpanKind.SPAN_KIND_CLIENT ? "client" : "gateway");
    NAMES.forEach((field, names) -> first(names).ifPresent(value -> put(draft, field, value, 1)));
    first(TTFT).ifPresent(value -> put(draft, EventField.TTFT_MS, value, 1000));
    for (EventField field : EventField.values()) {
      if (field != EventField.EVENT_ID) {
        first(List.of("tokenwatt." + field.key())).ifPresent(value -> put(draft, field, value, 1));
      }
    }
    return draft;
  }

  private String status() {
    if (ABORTS.contains(text("error.type"))) {
      return "aborted";
    }
    boolean failed = span.getStatus().getCode() == 2 || !text("error.type").isEmpty();
    AnyValue finish =
        attributes.getOrDefault("gen_ai.response.finish_reasons", AnyValue.getDefaultInstance());
    boolean aborted =
        finish.getArrayValue().getValuesList().stream()
            .anyMatch(v -> v.getStringValue().equals("abort"));
    return failed ? "error" : aborted ? "aborted" : "ok";
  }

  private Optional<AnyValue> first(List<String> names) {
    return names.stream().map(attributes::get).filter(v -> v != null).findFirst();
  }

  private String text(String name) {
    return attributes.getOrDefault(name, AnyValue.getDefaultInstance()).getStringValue();
  }

  private static void put(EventDraft draft, EventField field, AnyValue value, double scale) {
    switch (value.getValueCase()) {
      case INT_VALUE -> draft.number(field, value.getIntValue() * scale);
      case DOUBLE_VALUE -> draft.number(field, value.getDoubleValue() * scale);
      case STRING_VALUE -> draft.text(field, value.getStringValue());
      case BOOL_VALUE, ARRAY_VALUE, VALUE_NOT_SET -> draft.number(field, Double.NaN);
    }
  }
}
