package io.tokenwatt.jobs.latency;

import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.proto.RequestEvent;
import java.util.EnumMap;
import java.util.Map;

/** The latencies that an event tells or lets be derived, in microseconds. Stateless. */
final class Latencies {
  private Latencies() {}

  /** Those that are unknown are missing. */
  static Map<RequestSketch, Double> of(RequestEvent e) {
    Map<RequestSketch, Double> known = new EnumMap<>(RequestSketch.class);
    if (e.hasTtftGatewayUs()) {
      known.put(RequestSketch.TTFT_GATEWAY, (double) e.getTtftGatewayUs());
    }
    if (e.hasE2EGatewayUs()) {
      known.put(RequestSketch.E2E_GATEWAY, (double) e.getE2EGatewayUs());
    }
    if (e.hasTtftClientUs()) {
      known.put(RequestSketch.TTFT_CLIENT, (double) e.getTtftClientUs());
    }
    if (e.hasE2EClientUs()) {
      known.put(RequestSketch.E2E_CLIENT, (double) e.getE2EClientUs());
    }
    if (e.getOutputTokens() >= 2) {
      long more = e.getOutputTokens() - 1;
      if (e.hasTtftGatewayUs() && e.getE2EGatewayUs() >= e.getTtftGatewayUs()) {
        double decode = e.getE2EGatewayUs() - e.getTtftGatewayUs();
        known.put(RequestSketch.TPOT_GATEWAY, decode / more);
      }
      if (e.hasTtftClientUs() && e.getE2EClientUs() >= e.getTtftClientUs()) {
        double decode = e.getE2EClientUs() - e.getTtftClientUs();
        known.put(RequestSketch.TPOT_CLIENT, decode / more);
      }
    }
    return known;
  }
}
