package io.tokenwatt.collectors.exporters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One reading while samples for it arrive: the preferred alias wins, its parts are added. */
final class Cell {
  private int rank = Integer.MAX_VALUE;
  private boolean takeMax;
  private long[] parts = {};
  private List<List<Integer>> slots = List.of();

  /**
   * @param slot of the value
   */
  void offer(Hook<?> hook, long value, int slot) {
    if (hook.rank() > rank) {
      return;
    }
    if (hook.rank() < rank) {
      rank = hook.rank();
      takeMax = hook.source().takeMax();
      parts = new long[hook.source().parts().size()];
      Arrays.fill(parts, Readings.ABSENT);
      slots = new ArrayList<>();
      while (slots.size() < parts.length) {
        slots.add(new ArrayList<>(1));
      }
    }
    int i = hook.partIndex();
    parts[i] = combine(parts[i], value);
    slots.get(i).add(slot);
  }

  private long combine(long before, long value) {
    if (before == Readings.ABSENT) {
      return value;
    }
    return takeMax ? Math.max(before, value) : Readings.sum(before, value);
  }

  /** The sum of the parts that have a reading; at least one has. */
  long value() {
    long sum = 0;
    for (long part : parts) {
      sum = Readings.sum(sum, part == Readings.ABSENT ? 0 : part);
    }
    return sum;
  }

  CellPlan plan() {
    return CellPlan.of(takeMax, slots);
  }
}
