package io.tokenwatt.collectors.exposition;

import java.util.ArrayList;
import java.util.List;

/** Rules that a single line cannot break alone. Called in the order of the lines. */
abstract class DocumentRules {

  /** More than that says nothing new and would let a hostile body fill the memory. */
  private static final int MAX_PROBLEMS = 1000;

  private final List<Reject> problems = new ArrayList<>();

  /** What is broken so far: the first thousand. */
  final List<Reject> problems() {
    return problems;
  }

  final void problem(int line, String reason, String about) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Reject(line, reason, about));
    }
  }

  abstract void onMetadata(Metadata metadata, int line);

  abstract void onSample(Sample sample, boolean exemplar);

  abstract void onBlankLine(int line);

  /** The body is over. */
  abstract void onEnd(int lines, boolean eof);
}
