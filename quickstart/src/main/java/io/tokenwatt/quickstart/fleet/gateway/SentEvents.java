package io.tokenwatt.quickstart.fleet.gateway;

import io.tokenwatt.quickstart.fleet.ServedRequest;
import io.tokenwatt.quickstart.fleet.physics.FinishedRequest;
import java.util.Map;
import java.util.TreeMap;

/**
 * The truth that request facts are checked against: sums of the events that the intake has
 * acknowledged. Thread-safe.
 */
public final class SentEvents {
  /**
   * @param requests ended requests
   * @param promptTokens cached included
   * @param cachedTokens part of promptTokens
   * @param outputTokens reasoning included
   * @param reasoningTokens part of outputTokens
   */
  public record Sum(
      long requests,
      long promptTokens,
      long cachedTokens,
      long outputTokens,
      long reasoningTokens) {
    Sum plus(Sum other) {
      return new Sum(
          requests + other.requests,
          promptTokens + other.promptTokens,
          cachedTokens + other.cachedTokens,
          outputTokens + other.outputTokens,
          reasoningTokens + other.reasoningTokens);
    }
  }

  private final Map<String, Sum> byEnding = new TreeMap<>();
  private final Map<String, Sum> byClientRegion = new TreeMap<>();
  private final Map<String, Sum> byEngine = new TreeMap<>();
  private final Map<String, Sum> byTenant = new TreeMap<>();

  synchronized void add(ServedRequest served, Caller caller) {
    FinishedRequest request = served.request();
    Sum one =
        new Sum(
            1,
            request.promptTokens(),
            request.cachedTokens(),
            request.outputTokens(),
            EventLine.reasoning(request, caller));
    byEnding.merge(request.ending().name(), one, Sum::plus);
    byClientRegion.merge(caller.clientRegion(), one, Sum::plus);
    byEngine.merge(served.place().node() + " " + request.engine(), one, Sum::plus);
    byTenant.merge(served.workload() + " " + caller.tenant(), one, Sum::plus);
  }

  /** By OK, ABORTED, ERROR. */
  public synchronized Map<String, Sum> byEnding() {
    return Map.copyOf(byEnding);
  }

  public synchronized Map<String, Sum> byClientRegion() {
    return Map.copyOf(byClientRegion);
  }

  /** By node and name of the engine, with a blank between them. */
  public synchronized Map<String, Sum> byEngine() {
    return Map.copyOf(byEngine);
  }

  /** By workload and tenant, with a blank between them. */
  public synchronized Map<String, Sum> byTenant() {
    return Map.copyOf(byTenant);
  }
}
