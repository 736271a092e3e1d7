package io.tokenwatt.collectors.exporters;

import java.util.List;

/**
 * How {@link Cell#value} came about, for values to come: parts are added, and the samples of a part
 * too, unless they repeat one reading.
 *
 * @param parts slots of each part that has a reading
 */
record CellPlan(boolean takeMax, int[][] parts) {

  static CellPlan of(boolean takeMax, List<List<Integer>> parts) {
    return new CellPlan(
        takeMax,
        parts.stream()
            .filter(part -> !part.isEmpty())
            .map(part -> part.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new));
  }

  long value(long[] read) {
    long sum = 0;
    for (int[] part : parts) {
      long combined = read[part[0]];
      for (int i = 1; i < part.length; i++) {
        long next = read[part[i]];
        combined = takeMax ? Math.max(combined, next) : Readings.sum(combined, next);
      }
      sum = Readings.sum(sum, combined);
    }
    return sum;
  }
}
