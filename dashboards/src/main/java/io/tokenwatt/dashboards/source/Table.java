package io.tokenwatt.dashboards.source;

import java.util.List;
import java.util.Optional;

/**
 * Rows and columns.
 *
 * @param columns how those that need it are shown; others as they are
 * @param pivot empty = rows as they come
 * @param scale of columns that a pivot makes
 */
public record Table(
    Head head, Query query, List<Column> columns, Optional<Pivot> pivot, Scale scale)
    implements Panel {

  /** Makes a matrix of three columns: one row per {@code row}, one column per {@code column}. */
  public record Pivot(String row, String column, String value) {}

  public Table {
    columns = List.copyOf(columns);
  }

  public static Table of(Head head, Query query, Column... columns) {
    return new Table(head, query, List.of(columns), Optional.empty(), Scale.of(Unit.COUNT));
  }

  /** A matrix whose cells are coloured by their value. */
  public static Table matrix(Head head, Query query, Pivot pivot, Scale scale) {
    return new Table(head, query, List.of(), Optional.of(pivot), scale);
  }

  @Override
  public List<Query> queries() {
    return List.of(query);
  }

  @Override
  public <T> T match(Visitor<T> visitor) {
    return visitor.table(this);
  }
}
