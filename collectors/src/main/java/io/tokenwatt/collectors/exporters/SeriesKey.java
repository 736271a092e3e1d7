package io.tokenwatt.collectors.exporters;

import java.util.Comparator;

/** One model on one data-parallel rank; "" where the engine does not say. */
record SeriesKey(String model, String rank) implements Comparable<SeriesKey> {
  private static final Comparator<SeriesKey> ORDER =
      Comparator.comparing(SeriesKey::model).thenComparing(SeriesKey::rank);

  @Override
  public int compareTo(SeriesKey other) {
    return ORDER.compare(this, other);
  }
}
