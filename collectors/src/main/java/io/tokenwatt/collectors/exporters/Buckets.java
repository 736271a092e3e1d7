package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.util.Map;
import java.util.TreeMap;

/**
 * One histogram while its samples arrive: series that differ only in labels we add over are added
 * bound by bound.
 */
final class Buckets {
  private static final long INFINITE = Long.MAX_VALUE;

  private final TreeMap<Long, Bound> bounds = new TreeMap<>();
  private long sumMicros;
  private int sums;
  private String objection;

  private static final class Bound {
    private long cumulative;
    private int series;
  }

  /** @param cumulative observations at or below the bound */
  void bucket(long boundNanos, long cumulative) {
    Bound bound = bounds.computeIfAbsent(boundNanos, key -> new Bound());
    bound.cumulative += cumulative;
    bound.series++;
  }

  void infinite(long cumulative) {
    bucket(INFINITE, cumulative);
  }

  void sum(long micros) {
    sumMicros += micros;
    sums++;
  }

  void object(String reason) {
    objection = objection == null ? reason : objection;
  }

  long observations() {
    return bounds.containsKey(INFINITE) ? bounds.get(INFINITE).cumulative : 0;
  }

  /** Why this is no histogram; null where it is one. */
  String objection() {
    if (objection != null) {
      return objection;
    }
    if (!bounds.containsKey(INFINITE)) {
      return "histogram without a +Inf bucket";
    }
    int series = bounds.get(INFINITE).series;
    if (bounds.values().stream().anyMatch(bound -> bound.series != series)) {
      return "histogram series with different or repeated buckets cannot be added";
    }
    return sums == series ? decrease() : "histogram without its _sum";
  }

  private String decrease() {
    long before = 0;
    for (Bound bound : bounds.values()) {
      if (bound.cumulative < before) {
        return "histogram whose bucket counts decrease";
      }
      before = bound.cumulative;
    }
    return null;
  }

  /** Call only where there is no {@link #objection}. */
  Histogram histogram(LatencyMeasure measure) {
    Histogram.Builder histogram = Histogram.newBuilder().setMeasure(measure).setSumUs(sumMicros);
    long before = 0;
    for (Map.Entry<Long, Bound> entry : bounds.entrySet()) {
      if (entry.getKey() != INFINITE) {
        histogram.addBoundsNs(entry.getKey());
      }
      histogram.addCounts(entry.getValue().cumulative - before);
      before = entry.getValue().cumulative;
    }
    return histogram.build();
  }
}
