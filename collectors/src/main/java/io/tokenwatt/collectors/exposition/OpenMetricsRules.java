package io.tokenwatt.collectors.exposition;

/** The rules of OpenMetrics 1.0 for the document as a whole. */
final class OpenMetricsRules extends DocumentRules {

  @Override
  void onMetadata(Metadata metadata, int line) {}

  @Override
  void onSample(Sample sample, boolean exemplar) {}

  @Override
  void onBlankLine(int line) {
    problem(line, "blank line", "");
  }

  @Override
  void onEnd(int lines, boolean eof) {
    if (!eof) {
      problem(Math.max(1, lines), "# EOF is missing at the end", "");
    }
  }
}
