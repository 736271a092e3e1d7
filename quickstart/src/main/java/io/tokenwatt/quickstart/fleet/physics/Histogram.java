package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/**
 * Counts per bucket and an exact sum. Observations are whole numbers of the unit {@code 1 / scale}:
 * microseconds for seconds (scale 10^6), tokens for tokens (scale 1). A bucket holds values at or
 * below its bound. Not thread-safe.
 */
public final class Histogram {
  private final List<Double> bounds;
  private final long[] scaledBounds;
  private final long[] counts;
  private final int scale;
  private long sum;

  private Histogram(List<Double> bounds, int scale) {
    this.bounds = bounds;
    this.scale = scale;
    this.scaledBounds = bounds.stream().mapToLong(b -> Math.round(b * scale)).toArray();
    this.counts = new long[bounds.size() + 1];
  }

  static Histogram ofSeconds(List<Double> bounds) {
    return new Histogram(bounds, 1_000_000);
  }

  static Histogram ofTokens(List<Double> bounds) {
    return new Histogram(bounds, 1);
  }

  void observe(long value, long times) {
    int bucket = 0;
    while (bucket < scaledBounds.length && value > scaledBounds[bucket]) {
      bucket++;
    }
    counts[bucket] += times;
    sum += value * times;
  }

  void observe(long value) {
    observe(value, 1);
  }

  public List<Double> bounds() {
    return bounds;
  }

  /** Observations in bucket {@code i}, not cumulative; the last one is +Inf. */
  public long count(int i) {
    return counts[i];
  }

  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** Sum of the observations in units of 1 / {@link #scale()}. */
  public long sum() {
    return sum;
  }

  public int scale() {
    return scale;
  }
}
