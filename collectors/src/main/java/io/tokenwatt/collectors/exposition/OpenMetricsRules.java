package io.tokenwatt.collectors.exposition;

import java.util.HashSet;
import java.util.Set;

/**
 * The rules of OpenMetrics 1.0 for the document as a whole: families in one piece, metadata before
 * samples, no name that two families give, {@code # EOF} last.
 */
final class OpenMetricsRules extends DocumentRules {

  private final Set<String> namesOfFamilies = new HashSet<>();
  private OpenMetricsFamily family;

  @Override
  void onMetadata(Metadata metadata, int line) {
    if (family == null || !family.name().equals(metadata.family())) {
      start(new OpenMetricsFamily(this, metadata.family(), line));
    }
    family.onMetadata(metadata, line);
  }

  @Override
  void onSample(Sample sample, boolean exemplar) {
    if (family == null || !family.owns(sample.name())) {
      start(new OpenMetricsFamily(this, sample.name(), sample.line()));
    }
    family.onSample(sample, exemplar);
  }

  @Override
  void onBlankLine(int line) {
    problem(line, "blank line", "");
  }

  @Override
  void onEnd(int lines, boolean eof) {
    start(null);
    if (!eof) {
      problem(Math.max(1, lines), "# EOF is missing at the end", "");
    }
  }

  private void start(OpenMetricsFamily next) {
    if (family != null) {
      family.onEnd();
      for (String name : family.names()) {
        if (!namesOfFamilies.add(name)) {
          problem(family.line(), "name belongs to two families, or its family is not in one", name);
          break;
        }
      }
    }
    family = next;
  }
}
