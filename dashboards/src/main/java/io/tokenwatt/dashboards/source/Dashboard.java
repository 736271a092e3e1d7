package io.tokenwatt.dashboards.source;

import java.util.List;
import java.util.stream.Stream;

/**
 * One page.
 *
 * @param uid fixed for good: links, alerts and bookmarks name it; at most 40 characters
 * @param says whom it serves and which questions it answers
 * @param range how far back it looks when opened, such as {@code now-6h}
 * @param variables in the order shown; the data source first
 */
public record Dashboard(
    String uid,
    String title,
    String says,
    String range,
    List<Variable> variables,
    List<Annotation> annotations,
    List<Row> rows) {

  public Dashboard {
    if (!uid.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("dashboard uid '" + uid + "': [a-z0-9-], 40 at most");
    }
    says = says.strip();
    variables = List.copyOf(variables);
    annotations = List.copyOf(annotations);
    rows = List.copyOf(rows);
  }

  /** All panels, those of collapsed rows included. */
  public Stream<Panel> panels() {
    return rows.stream().flatMap(row -> row.panels().stream());
  }
}
