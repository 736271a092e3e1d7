package io.tokenwatt.collectors.exporters;

import java.util.Arrays;

/** One reading while samples for it arrive: the preferred alias wins, its parts are added. */
final class Cell {
  private int rank = Integer.MAX_VALUE;
  private long[] parts = {};

  void offer(Hook<?> hook, long value) {
    if (hook.rank() > rank) {
      return;
    }
    if (hook.rank() < rank) {
      rank = hook.rank();
      parts = new long[hook.source().parts().size()];
      Arrays.fill(parts, Readings.ABSENT);
    }
    int i = hook.partIndex();
    parts[i] = combine(hook.source(), parts[i], value);
  }

  private static long combine(Source source, long before, long value) {
    if (before == Readings.ABSENT) {
      return value;
    }
    return source.takeMax() ? Math.max(before, value) : Readings.sum(before, value);
  }

  /** The sum of the parts that have a reading; at least one has. */
  long value() {
    long sum = 0;
    for (long part : parts) {
      sum = Readings.sum(sum, part == Readings.ABSENT ? 0 : part);
    }
    return sum;
  }
}
