package io.tokenwatt.jobs.regression;

/** Observations of one latency in a window, by the engine's histogram: additive. */
public record LatencySum(long count, long sumUs) {
  public static final LatencySum NONE = new LatencySum(0, 0);

  public LatencySum plus(LatencySum other) {
    return new LatencySum(count + other.count, sumUs + other.sumUs);
  }
}
