package io.tokenwatt.collectors.exposition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One family of an OpenMetrics document while its lines come in. */
final class OpenMetricsFamily {

  private final DocumentRules rules;
  private final String name;
  private final int line;
  private final Set<Metadata.Kind> told = new HashSet<>();
  private final Set<List<String>> groups = new HashSet<>();
  private FamilyType type = FamilyType.UNKNOWN;
  private String unit = "";
  private List<String> group;
  private long groupTimeMs;
  private HistogramRules histogram;

  OpenMetricsFamily(DocumentRules rules, String name, int line) {
    this.rules = rules;
    this.name = name;
    this.line = line;
  }

  String name() {
    return name;
  }

  /** Where the family begins. */
  int line() {
    return line;
  }

  /** True if a sample of that name is one of this family's. */
  boolean owns(String sampleName) {
    return sampleName.startsWith(name)
        && SampleNames.suffixes(type).contains(sampleName.substring(name.length()));
  }

  /** Every name that no other family may have. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    names.add(name);
    SampleNames.suffixes(type).forEach(suffix -> names.add(name + suffix));
    return names;
  }

  void onMetadata(Metadata metadata, int at) {
    if (group != null) {
      rules.problem(at, "metadata after the family's samples", name);
    }
    if (!told.add(metadata.kind())) {
      rules.problem(at, "HELP, TYPE or UNIT twice for one family", name);
      return;
    }
    switch (metadata.kind()) {
      case TYPE -> setType(metadata.type());
      case UNIT -> unit = metadata.unit();
      case HELP -> {}
    }
  }

  private void setType(FamilyType told) {
    type = told;
    boolean buckets = told == FamilyType.HISTOGRAM || told == FamilyType.GAUGE_HISTOGRAM;
    histogram = buckets ? new HistogramRules(rules, name) : null;
  }

  void onSample(Sample sample, boolean exemplar) {
    String broken = SampleRules.broken(name, type, sample);
    if (broken == null && exemplar && !SampleNames.mayHaveExemplar(name, type, sample.name())) {
      broken = "exemplar on a sample that is neither a bucket nor a counter";
    }
    if (broken != null) {
      rules.problem(sample.line(), broken, sample.name());
    }
    List<String> next = SampleNames.group(name, type, sample);
    checkOrder(sample, next);
    if (histogram != null) {
      histogram.onSample(sample, next);
    }
    group = next;
    groupTimeMs = sample.timestampMs();
  }

  private void checkOrder(Sample sample, List<String> next) {
    if (!next.equals(group)) {
      if (!groups.add(next)) {
        rules.problem(sample.line(), "series of one label set are not in one piece", name);
      }
    } else if (sample.hasTimestamp() != (groupTimeMs != Sample.NO_TIMESTAMP)) {
      rules.problem(sample.line(), "some samples of one label set have timestamps", name);
    } else if (sample.timestampMs() < groupTimeMs && type != FamilyType.INFO) {
      rules.problem(sample.line(), "timestamps run backwards", name);
    }
  }

  void onEnd() {
    if (!unit.isEmpty() && !name.endsWith("_" + unit)) {
      rules.problem(line, "family's name does not end in its unit", name);
    }
    if (!unit.isEmpty() && (type == FamilyType.INFO || type == FamilyType.STATESET)) {
      rules.problem(line, "info and stateset have no unit", name);
    }
    if (histogram != null) {
      histogram.onEnd();
    }
  }
}
