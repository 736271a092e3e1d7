package io.tokenwatt.quickstart.fleet.gateway;

import io.tokenwatt.quickstart.fleet.ServedRequest;
import io.tokenwatt.quickstart.fleet.physics.FinishedRequest;
import io.tokenwatt.quickstart.fleet.physics.FinishedRequest.Ending;
import java.util.Locale;

/**
 * An ended request as a line of NDJSON for an agent's intake (collectors/REQUESTS.md). What is not
 * known has no key: a request that no engine took has no tokens. Stateless.
 */
final class EventLine {
  /** What the gateway itself takes from a request's arrival to the engine's. */
  private static final long GATEWAY_US = 1_500;

  private EventLine() {}

  /**
   * @param run tells the requests of this fleet from those of one before
   */
  static String of(ServedRequest served, Caller caller, String run) {
    FinishedRequest request = served.request();
    StringBuilder line = new StringBuilder(480).append('{');
    String id =
        String.join(
            "/", served.place().node(), request.engine(), run, String.valueOf(request.number()));
    text(line, "event_id", id);
    number(line, "completed_at_ms", request.endedUs() / 1000);
    text(line, "status", request.ending().name().toLowerCase(Locale.ROOT));
    text(line, "model", served.model());
    line.append("\"served_by\":{\"node\":\"").append(served.place().node());
    line.append("\",\"engine\":\"").append(request.engine()).append("\"},");
    text(line, "service_class", caller.serviceClass());
    text(line, "tenant", caller.tenant());
    text(line, "client_region", caller.clientRegion());
    text(line, "adapter", caller.adapter());
    if (request.promptTokens() > 0) {
      number(line, "prompt_tokens", request.promptTokens());
      number(line, "prompt_tokens_cached", request.cachedTokens());
      number(line, "output_tokens", request.outputTokens());
      number(line, "reasoning_tokens", reasoning(request, caller));
    }
    times(line, request, caller);
    line.setCharAt(line.length() - 1, '}');
    return line.toString();
  }

  static int reasoning(FinishedRequest request, Caller caller) {
    return (int) (request.outputTokens() * caller.reasoningShare());
  }

  private static void times(StringBuilder line, FinishedRequest request, Caller caller) {
    long durationUs = request.endedUs() - request.askedUs() + GATEWAY_US;
    if (request.firstTokenUs() >= 0) {
      long ttftUs = request.firstTokenUs() - request.askedUs() + GATEWAY_US;
      milliseconds(line, "ttft_ms", ttftUs);
      milliseconds(line, "client_ttft_ms", ttftUs + caller.networkUs());
    }
    milliseconds(line, "duration_ms", durationUs);
    if (request.ending() != Ending.ABORTED) {
      // Who has given up measures nothing any more.
      milliseconds(line, "client_duration_ms", durationUs + caller.networkUs());
    }
  }

  private static void milliseconds(StringBuilder line, String key, long us) {
    line.append('"').append(key).append("\":").append(us / 1000).append('.');
    String fraction = String.valueOf(us % 1000);
    line.append("0".repeat(3 - fraction.length())).append(fraction).append(',');
  }

  private static void number(StringBuilder line, String key, long value) {
    line.append('"').append(key).append("\":").append(value).append(',');
  }

  /** None of the fleet's words holds a quote, a backslash or a control character. */
  private static void text(StringBuilder line, String key, String value) {
    if (!value.isEmpty()) {
      line.append('"').append(key).append("\":\"").append(value).append("\",");
    }
  }
}
