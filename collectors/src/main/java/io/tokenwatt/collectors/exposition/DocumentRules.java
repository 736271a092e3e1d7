package io.tokenwatt.collectors.exposition;

import java.util.ArrayList;
import java.util.List;

/** Rules that a single line cannot break alone. Called in the order of the lines. */
abstract class DocumentRules {

  private final List<Reject> problems = new ArrayList<>();

  /** What is broken so far, by line. */
  final List<Reject> problems() {
    return problems;
  }

  final void problem(int line, String reason, String about) {
    problems.add(new Reject(line, reason, about));
  }

  abstract void onMetadata(Metadata metadata, int line);

  abstract void onSample(Sample sample, boolean exemplar);

  abstract void onBlankLine(int line);

  /** The body is over. */
  abstract void onEnd(int lines, boolean eof);
}
