package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.util.List;

/**
 * How {@link Buckets#histogram} came about, for values to come.
 *
 * @param unchanging measure and bounds
 * @param cumulative slots by series and bucket, bounds ascending
 * @param sums slots by series
 */
record HistogramPlan(Histogram unchanging, int[][] cumulative, int[] sums) {

  /**
   * @param members series of equal buckets that were added
   */
  static HistogramPlan of(LatencyMeasure measure, List<Buckets> members) {
    Histogram.Builder unchanging = Histogram.newBuilder().setMeasure(measure);
    members.get(0).bounds().writeTo(unchanging);
    return new HistogramPlan(
        unchanging.build(),
        members.stream().map(Buckets::slots).toArray(int[][]::new),
        members.stream().mapToInt(Buckets::sumSlot).toArray());
  }

  /** Null where counts of buckets fall. */
  Histogram histogram(long[] read) {
    Histogram.Builder histogram = unchanging.toBuilder();
    long sum = 0;
    for (int series = 0; series < cumulative.length; series++) {
      if (falls(cumulative[series], read)) {
        return null;
      }
      sum = Readings.sum(sum, read[sums[series]]);
    }
    long before = 0;
    for (int bucket = 0; bucket < cumulative[0].length; bucket++) {
      long all = 0;
      for (int[] series : cumulative) {
        all = Readings.sum(all, read[series[bucket]]);
      }
      histogram.addCounts(all - before);
      before = all;
    }
    return histogram.setSumUs(sum).build();
  }

  private static boolean falls(int[] slots, long[] read) {
    long before = 0;
    for (int slot : slots) {
      if (read[slot] < before) {
        return true;
      }
      before = read[slot];
    }
    return false;
  }
}
