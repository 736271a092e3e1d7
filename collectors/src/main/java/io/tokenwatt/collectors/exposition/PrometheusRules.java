package io.tokenwatt.collectors.exposition;

import java.util.HashMap;
import java.util.Map;

/** Prometheus text has one rule across lines: a family is of one type. */
final class PrometheusRules extends DocumentRules {

  private final Map<String, FamilyType> types = new HashMap<>();

  @Override
  void onMetadata(Metadata metadata, int line) {
    if (metadata.kind() != Metadata.Kind.TYPE) {
      return;
    }
    FamilyType first = types.putIfAbsent(metadata.family(), metadata.type());
    if (first != null && first != metadata.type()) {
      problem(line, "family has a second, different TYPE", metadata.family());
    }
  }

  @Override
  void onSample(Sample sample, boolean exemplar) {}

  @Override
  void onBlankLine(int line) {}

  @Override
  void onEnd(int lines, boolean eof) {}
}
