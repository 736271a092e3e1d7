package io.tokenwatt.quickstart.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** Order statistics of a sample; the smallest value that at least a share p does not exceed. */
public final class Quantiles {
  private final double[] sorted;

  public Quantiles(Collection<Double> values) {
    this.sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  public int count() {
    return sorted.length;
  }

  /**
   * @param p in (0, 1]
   * @return null for an empty sample
   */
  public Double at(double p) {
    return sorted.length == 0 ? null : sorted[(int) Math.ceil(p * sorted.length) - 1];
  }

  /** Null for an empty sample. */
  public Double mean() {
    return sorted.length == 0 ? null : Arrays.stream(sorted).average().orElseThrow();
  }
}
