package io.tokenwatt.collectors.exposition;

import java.util.List;

/**
 * Each histogram of a family by itself (one label set, one time): buckets rise, end in {@code +Inf}
 * and agree with the count. Bounds below zero forbid a {@code _sum}, as OpenMetrics has it, though
 * Go's exporters write one; therefore it is a remark and no reject.
 */
final class HistogramRules {

  private final DocumentRules rules;
  private final String family;
  private List<String> group;
  private long timestampMs;
  private int line;
  private double bound;
  private double cumulated;
  private double count;
  private boolean negativeBound;
  private boolean sum;
  private boolean gaugeSum;
  private boolean negativeGaugeSum;

  HistogramRules(DocumentRules rules, String family) {
    this.rules = rules;
    this.family = family;
  }

  void onSample(Sample sample, List<String> next) {
    if (!next.equals(group) || sample.timestampMs() != timestampMs) {
      onEnd();
      reset(sample, next);
    }
    switch (sample.name().substring(family.length())) {
      case "_bucket" -> onBucket(sample);
      case "_count", "_gcount" -> count = sample.value();
      case "_sum" -> sum = true;
      case "_gsum" -> {
        gaugeSum = true;
        negativeGaugeSum |= sample.value() < 0;
      }
      default -> {}
    }
  }

  private void reset(Sample sample, List<String> next) {
    group = next;
    timestampMs = sample.timestampMs();
    line = sample.line();
    bound = Double.NaN;
    cumulated = 0;
    count = Double.NaN;
    negativeBound = false;
    sum = false;
    gaugeSum = false;
    negativeGaugeSum = false;
  }

  private void onBucket(Sample sample) {
    double next = SampleRules.number(sample.labels().get("le"));
    negativeBound |= next < 0;
    if (next <= bound) {
      rules.problem(sample.line(), "bounds of buckets do not rise", family);
    }
    if (sample.value() < cumulated) {
      rules.problem(sample.line(), "counts of buckets fall", family);
    }
    bound = next;
    cumulated = sample.value();
  }

  /** The lines of one histogram are over, if there were any. */
  void onEnd() {
    if (group == null) {
      return;
    }
    boolean counted = !Double.isNaN(count);
    problemIf(bound != Double.POSITIVE_INFINITY, "bucket of +Inf is missing");
    problemIf(counted && count != cumulated, "count differs from the bucket of +Inf");
    problemIf((sum || gaugeSum) != counted, "sum without count, or count without sum");
    problemIf(negativeBound && sum, "sum beside bounds below zero");
    problemIf(!negativeBound && negativeGaugeSum, "sum below zero, but no bound is");
    group = null;
  }

  private void problemIf(boolean broken, String reason) {
    if (broken) {
      rules.problem(line, reason, family);
    }
  }
}
