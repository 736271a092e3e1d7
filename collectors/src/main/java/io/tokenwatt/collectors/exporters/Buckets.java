package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.catalogue.HistogramBounds;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One histogram series while its samples arrive; sound ones of equal buckets are added. */
final class Buckets {
  private static final long INFINITE = Long.MAX_VALUE;
  private static final long NO_SUM = -1;

  /** Upper bound in ns to observations at or below it. */
  private final TreeMap<Long, Long> cumulative = new TreeMap<>();

  /** Upper bound in ns to the slot of its observations. */
  private final TreeMap<Long, Integer> slots = new TreeMap<>();

  private final int firstLine;
  private long sumMicros = NO_SUM;
  private int sumSlot;
  private String objection;

  Buckets(int firstLine) {
    this.firstLine = firstLine;
  }

  int firstLine() {
    return firstLine;
  }

  void bucket(long boundNanos, long observations, int slot) {
    slots.put(boundNanos, slot);
    if (cumulative.put(boundNanos, observations) != null) {
      object("histogram with a repeated bucket");
    }
  }

  void infinite(long observations, int slot) {
    bucket(INFINITE, observations, slot);
  }

  void sum(long micros, int slot) {
    sumMicros = micros;
    sumSlot = slot;
  }

  void object(String reason) {
    objection = objection == null ? reason : objection;
  }

  long observations() {
    return cumulative.get(INFINITE);
  }

  /** Why this is no histogram; null where it is one. */
  String objection() {
    if (objection != null) {
      return objection;
    }
    if (!cumulative.containsKey(INFINITE)) {
      return "histogram without a +Inf bucket";
    }
    return sumMicros == NO_SUM ? "histogram without its _sum" : decrease();
  }

  private String decrease() {
    long before = 0;
    for (long observations : cumulative.values()) {
      if (observations < before) {
        return "histogram whose bucket counts decrease";
      }
      before = observations;
    }
    return null;
  }

  /** Adds a sound series to this sound one; false where their buckets differ. */
  boolean add(Buckets other) {
    if (!cumulative.keySet().equals(other.cumulative.keySet())) {
      return false;
    }
    other.cumulative.forEach((bound, n) -> cumulative.merge(bound, n, Readings::sum));
    sumMicros = Readings.sum(sumMicros, other.sumMicros);
    return true;
  }

  /** The finite ones. */
  HistogramBounds bounds() {
    return HistogramBounds.of(List.copyOf(cumulative.headMap(INFINITE).keySet()));
  }

  /** Of the buckets, bounds ascending, the infinite one last. */
  int[] slots() {
    return slots.values().stream().mapToInt(Integer::intValue).toArray();
  }

  int sumSlot() {
    return sumSlot;
  }

  /** Call only where there is no {@link #objection}. */
  Histogram histogram(LatencyMeasure measure) {
    Histogram.Builder histogram = Histogram.newBuilder().setMeasure(measure).setSumUs(sumMicros);
    bounds().writeTo(histogram);
    long before = 0;
    for (Map.Entry<Long, Long> bucket : cumulative.entrySet()) {
      histogram.addCounts(bucket.getValue() - before);
      before = bucket.getValue();
    }
    return histogram.build();
  }
}
