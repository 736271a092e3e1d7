package io.tokenwatt.dashboards.check;

import io.tokenwatt.dashboards.source.Annotation;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Panel;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Variable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One query of a dashboard.
 *
 * @param where dashboard and panel, variable or annotation, as a person finds it
 * @param panel empty for variables and annotations
 * @param intervalMs shortest step of the panel
 */
public record Question(
    String where, Kind kind, Optional<Panel> panel, String sql, long intervalMs) {

  /** What the answer is for, and so what it has to look like. */
  public enum Kind {
    SERIES,
    ROWS,
    VARIABLE,
    ANNOTATION
  }

  /** All queries of a dashboard. */
  public static List<Question> of(Dashboard dashboard) {
    return Stream.of(
            dashboard.variables().stream()
                .filter(variable -> !variable.sql().isEmpty())
                .map(variable -> of(dashboard, variable)),
            dashboard.annotations().stream().map(annotation -> of(dashboard, annotation)),
            dashboard.panels().flatMap(panel -> of(dashboard, panel)))
        .flatMap(some -> some)
        .toList();
  }

  private static Question of(Dashboard dashboard, Variable variable) {
    return new Question(
        dashboard.uid() + " variable " + variable.name(),
        Kind.VARIABLE,
        Optional.empty(),
        variable.sql(),
        0);
  }

  private static Question of(Dashboard dashboard, Annotation annotation) {
    return new Question(
        dashboard.uid() + " annotation " + annotation.name(),
        Kind.ANNOTATION,
        Optional.empty(),
        annotation.sql(),
        0);
  }

  private static Stream<Question> of(Dashboard dashboard, Panel panel) {
    return panel.queries().stream()
        .map(
            query ->
                new Question(
                    "%s panel %d '%s' %s"
                        .formatted(
                            dashboard.uid(), panel.head().id(), panel.head().title(), query.ref()),
                    query.shape() == Query.Shape.SERIES ? Kind.SERIES : Kind.ROWS,
                    Optional.of(panel),
                    query.sql(),
                    panel.head().interval().orElse(0) * 1000L));
  }
}
