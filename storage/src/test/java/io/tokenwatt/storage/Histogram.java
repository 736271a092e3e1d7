package io.tokenwatt.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The oracle for quantiles: cumulative buckets and Prometheus' bucketQuantile, step by step as its
 * Go source (promql/quantile.go) has it for classic histograms.
 */
record Histogram(double[] upperBounds, double[] cumulative) {

  /** Bounds in seconds, +Inf last; counts not cumulative, one per bound. */
  static Histogram of(double[] upperBounds, long[] counts) {
    double[] cumulative = new double[counts.length];
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += counts[i];
      cumulative[i] = sum;
    }
    return new Histogram(upperBounds, cumulative);
  }

  /** Adds histograms on the bounds that all of them have. */
  static Histogram merge(Collection<Histogram> parts) {
    TreeSet<Double> common = new TreeSet<>();
    parts.iterator().next().at().keySet().forEach(common::add);
    parts.forEach(part -> common.retainAll(part.at().keySet()));
    List<Double> bounds = new ArrayList<>(common);
    double[] cumulative = new double[bounds.size()];
    for (int i = 0; i < cumulative.length; i++) {
      for (Histogram part : parts) {
        cumulative[i] += part.at().get(bounds.get(i));
      }
    }
    return new Histogram(bounds.stream().mapToDouble(d -> d).toArray(), cumulative);
  }

  double observations() {
    return cumulative[cumulative.length - 1];
  }

  double quantile(double q) {
    int last = cumulative.length - 1;
    if (observations() == 0) {
      return Double.NaN;
    }
    double rank = q * observations();
    int b = bucket(rank);
    if (b == last) {
      return upperBounds[last - 1];
    }
    if (b == 0 && upperBounds[0] <= 0) {
      return upperBounds[0];
    }
    double bucketStart = 0;
    double count = cumulative[b];
    if (b > 0) {
      bucketStart = upperBounds[b - 1];
      count -= cumulative[b - 1];
      rank -= cumulative[b - 1];
    }
    return bucketStart + (upperBounds[b] - bucketStart) * (rank / count);
  }

  boolean saturated(double q) {
    return observations() > 0 && bucket(q * observations()) == cumulative.length - 1;
  }

  private int bucket(double rank) {
    int b = 0;
    while (b < cumulative.length - 1 && cumulative[b] < rank) {
      b++;
    }
    return b;
  }

  private Map<Double, Double> at() {
    Map<Double, Double> at = new TreeMap<>();
    for (int i = 0; i < upperBounds.length; i++) {
      at.put(upperBounds[i], cumulative[i]);
    }
    return at;
  }
}
