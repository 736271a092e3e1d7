package io.tokenwatt.collectors.backfill;

import java.util.Arrays;
import java.util.Map;

/**
 * One series of a Prometheus with its raw samples.
 *
 * @param labels as stored, {@code __name__} included
 * @param ms when each sample was scraped, Unix ms, ascending
 * @param values one per time
 */
record RawSeries(Map<String, String> labels, long[] ms, double[] values) {
  String name() {
    return labels.getOrDefault("__name__", "");
  }

  /** Index of the sample taken exactly then; negative where there is none. */
  int at(long atMs) {
    return Arrays.binarySearch(ms, atMs);
  }
}
