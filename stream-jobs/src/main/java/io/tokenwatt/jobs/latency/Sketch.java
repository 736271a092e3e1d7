package io.tokenwatt.jobs.latency;

import io.tokenwatt.model.fact.SketchColumns;
import java.util.Arrays;

/**
 * Counts by bucket of {@link LogBuckets}, only of buckets that hold something. Sums in any order
 * are equal. A Flink POJO.
 */
public final class Sketch {
  /** Ascending; the first {@link #size} count. */
  public int[] index = new int[4];

  public long[] count = new long[4];
  public int size;

  public void add(int bucket) {
    add(bucket, 1);
  }

  /** Adds all of {@code other}. */
  public void add(Sketch other) {
    for (int i = 0; i < other.size; i++) {
      add(other.index[i], other.count[i]);
    }
  }

  private void add(int bucket, long n) {
    int at = Arrays.binarySearch(index, 0, size, bucket);
    if (at < 0) {
      at = -at - 1;
      insert(at, bucket);
    }
    count[at] += n;
  }

  private void insert(int at, int bucket) {
    if (size == index.length) {
      index = Arrays.copyOf(index, size * 2);
      count = Arrays.copyOf(count, size * 2);
    }
    System.arraycopy(index, at, index, at + 1, size - at);
    System.arraycopy(count, at, count, at + 1, size - at);
    index[at] = bucket;
    count[at] = 0;
    size++;
  }

  public long observations() {
    return Arrays.stream(count, 0, size).sum();
  }

  /**
   * The value of the first bucket at which the running count reaches {@code q} times all; NaN
   * without observations.
   *
   * @param q in (0, 1]
   */
  public double quantileMicros(double q) {
    double rank = q * observations();
    long running = 0;
    for (int i = 0; i < size; i++) {
      running += count[i];
      if (running >= rank) {
        return LogBuckets.value(index[i]);
      }
    }
    return Double.NaN;
  }

  public SketchColumns columns() {
    return new SketchColumns(Arrays.copyOf(index, size), Arrays.copyOf(count, size));
  }
}
