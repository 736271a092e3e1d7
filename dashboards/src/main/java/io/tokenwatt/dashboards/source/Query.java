package io.tokenwatt.dashboards.source;

import io.tokenwatt.storage.schema.SteppedSql;

/**
 * One SQL query of a panel. Calls of the views {@code …_stepped} are written out with the columns
 * that the panel asks for, see {@link SteppedSql}.
 *
 * @param ref a letter, unique in its panel
 * @param sql with macros of the data source and variables of the dashboard; names of tables and
 *     views stand without a database, for the data source has one
 */
public record Query(String ref, Shape shape, String sql) {

  /** What the rows are. */
  public enum Shape {
    /** First column {@code time}, then texts that name a series, then numbers; ordered by time. */
    SERIES(0),
    /** Rows as they are. */
    ROWS(1);

    private final int format;

    Shape(int format) {
      this.format = format;
    }

    /** The data source's number for it. */
    public int format() {
      return format;
    }
  }

  public Query {
    sql = SteppedSql.narrow(sql.strip(), "");
  }

  public static Query series(String sql) {
    return new Query("A", Shape.SERIES, sql);
  }

  public static Query rows(String sql) {
    return new Query("A", Shape.ROWS, sql);
  }

  public Query as(String otherRef) {
    return new Query(otherRef, shape, sql);
  }
}
