package io.tokenwatt.dashboards.check;

import java.util.List;

/**
 * What became of a question.
 *
 * @param rows of the answer
 * @param known values of the answer that are neither NULL nor a label nor a time
 * @param problems nothing if the answer can be drawn
 */
public record Finding(
    Question question, int rows, long known, double engineMs, List<String> problems) {
  public Finding {
    problems = List.copyOf(problems);
  }

  /** Whether somebody who opens the dashboard sees something there. */
  public boolean isEmpty() {
    return known == 0;
  }
}
