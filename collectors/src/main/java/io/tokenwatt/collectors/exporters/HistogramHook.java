package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Labels;
import io.tokenwatt.model.proto.LatencyMeasure;

/** A place where samples of a family go: its buckets or (not {@code bucket}) its sum. */
record HistogramHook(LatencyMeasure measure, int rank, HistogramSource source, boolean bucket) {
  boolean admits(Labels labels) {
    return source.rules().stream().allMatch(rule -> rule.admits(labels));
  }
}
