package io.tokenwatt.collectors.requests;

import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One event while it is read: texts and numbers of the allowed fields, checked when it is finished.
 * For one thread.
 */
final class EventDraft {
  /** No blanks: a prompt does not fit into a name. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._:/@+=~#()-]{0,128}");

  private static final long MAX_US = 7 * 24 * 3_600_000_000L;
  private static final long MAX_TOKENS = 1L << 40;
  private static final Map<String, RequestStatus> STATUS =
      Map.of(
          "ok", RequestStatus.REQUEST_OK,
          "error", RequestStatus.REQUEST_ERROR,
          "aborted", RequestStatus.REQUEST_ABORTED);

  private final Map<EventField, String> texts = new EnumMap<>(EventField.class);
  private final Map<EventField, Double> numbers = new EnumMap<>(EventField.class);

  /** A field's text; a number given as text is a number. */
  void text(EventField field, String value) {
    texts.put(field, value);
  }

  void number(EventField field, double value) {
    numbers.put(field, value);
  }

  boolean has(EventField field) {
    return texts.containsKey(field) || numbers.containsKey(field);
  }

  Told servedBy() throws EventRejected {
    return new Told(
        name(EventField.NODE),
        name(EventField.ENGINE),
        name(EventField.WORKLOAD),
        name(EventField.REGION),
        name(EventField.CLUSTER));
  }

  /**
   * The event without its server.
   *
   * @param counted which vantage's events count requests and tokens
   */
  RequestEvent.Builder finish(TenantKey tenants, Vantage counted) throws EventRejected {
    RequestEvent.Builder event =
        RequestEvent.newBuilder()
            .setEventId(required(EventField.EVENT_ID))
            .setStatus(status())
            .setModelName(required(EventField.MODEL))
            .setAdapter(name(EventField.ADAPTER))
            .setServiceClass(name(EventField.SERVICE_CLASS))
            .setClientRegion(name(EventField.CLIENT_REGION));
    if (!has(EventField.COMPLETED_AT_MS)) {
      throw new EventRejected("missing", EventField.COMPLETED_AT_MS.key());
    }
    event.setCompletedAtMs(whole(EventField.COMPLETED_AT_MS, 1L << 53));
    // Hashed whatever it holds, so no pattern: a tenant may be called anything.
    String tenant = texts.getOrDefault(EventField.TENANT, "");
    event.setTenant(tenants.isPlain() ? name(EventField.TENANT) : tenants.hash(tenant));
    tokens(event);
    latencies(event, counted);
    return event;
  }

  private void tokens(RequestEvent.Builder event) throws EventRejected {
    if (has(EventField.PROMPT_TOKENS)) {
      event.setPromptTokens(whole(EventField.PROMPT_TOKENS, MAX_TOKENS));
    }
    if (has(EventField.PROMPT_TOKENS_CACHED)) {
      event.setPromptTokensCached(whole(EventField.PROMPT_TOKENS_CACHED, MAX_TOKENS));
      if (event.hasPromptTokens() && event.getPromptTokensCached() > event.getPromptTokens()) {
        throw new EventRejected("more_than_whole", EventField.PROMPT_TOKENS_CACHED.key());
      }
    }
    if (has(EventField.OUTPUT_TOKENS)) {
      event.setOutputTokens(whole(EventField.OUTPUT_TOKENS, MAX_TOKENS));
    }
    if (has(EventField.REASONING_TOKENS)) {
      event.setReasoningTokens(whole(EventField.REASONING_TOKENS, MAX_TOKENS));
      if (event.hasOutputTokens() && event.getReasoningTokens() > event.getOutputTokens()) {
        throw new EventRejected("more_than_whole", EventField.REASONING_TOKENS.key());
      }
    }
  }

  private void latencies(RequestEvent.Builder event, Vantage counted) throws EventRejected {
    boolean byClient = vantage() == Vantage.CLIENT;
    if (byClient && (has(EventField.CLIENT_TTFT_MS) || has(EventField.CLIENT_DURATION_MS))) {
      throw new EventRejected("bad_value", EventField.VANTAGE.key());
    }
    EventField clientTtft = byClient ? EventField.TTFT_MS : EventField.CLIENT_TTFT_MS;
    EventField clientE2e = byClient ? EventField.DURATION_MS : EventField.CLIENT_DURATION_MS;
    if (!byClient && has(EventField.TTFT_MS)) {
      event.setTtftGatewayUs(micros(EventField.TTFT_MS));
    }
    if (!byClient && has(EventField.DURATION_MS)) {
      event.setE2EGatewayUs(micros(EventField.DURATION_MS));
      inOrder(event.getTtftGatewayUs(), event.getE2EGatewayUs(), EventField.TTFT_MS);
    }
    if (has(clientTtft)) {
      event.setTtftClientUs(micros(clientTtft));
    }
    if (has(clientE2e)) {
      event.setE2EClientUs(micros(clientE2e));
      inOrder(event.getTtftClientUs(), event.getE2EClientUs(), clientTtft);
    }
    event.setByClient(byClient);
    event.setLatencyOnly(vantage() != counted);
  }

  private static void inOrder(long ttft, long e2e, EventField field) throws EventRejected {
    if (ttft > e2e) {
      throw new EventRejected("more_than_whole", field.key());
    }
  }

  private Vantage vantage() throws EventRejected {
    return switch (texts.getOrDefault(EventField.VANTAGE, "gateway")) {
      case "gateway" -> Vantage.GATEWAY;
      case "client" -> Vantage.CLIENT;
      default -> throw new EventRejected("bad_value", EventField.VANTAGE.key());
    };
  }

  private RequestStatus status() throws EventRejected {
    RequestStatus status = STATUS.get(required(EventField.STATUS));
    if (status == null) {
      throw new EventRejected("bad_value", EventField.STATUS.key());
    }
    return status;
  }

  private String required(EventField field) throws EventRejected {
    String text = name(field);
    if (text.isEmpty()) {
      throw new EventRejected("missing", field.key());
    }
    return text;
  }

  private String name(EventField field) throws EventRejected {
    String text = texts.getOrDefault(field, "");
    if (!NAME.matcher(text).matches() || numbers.containsKey(field)) {
      throw new EventRejected("bad_value", field.key());
    }
    return text;
  }

  private long micros(EventField field) throws EventRejected {
    return within(Math.rint(number(field) * 1000), MAX_US, field);
  }

  private long whole(EventField field, long max) throws EventRejected {
    double value = number(field);
    if (value != Math.rint(value)) {
      throw new EventRejected("bad_value", field.key());
    }
    return within(value, max, field);
  }

  private static long within(double value, double max, EventField field) throws EventRejected {
    if (!(value >= 0 && value <= max)) { // NaN is not
      throw new EventRejected("bad_value", field.key());
    }
    return (long) value;
  }

  private double number(EventField field) throws EventRejected {
    Double number = numbers.get(field);
    if (number != null) {
      return number;
    }
    try {
      return Double.parseDouble(texts.get(field));
    } catch (NumberFormatException e) {
      throw new EventRejected("bad_value", field.key());
    }
  }
}
