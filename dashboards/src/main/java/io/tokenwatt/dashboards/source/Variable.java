package io.tokenwatt.dashboards.source;

import io.tokenwatt.storage.schema.SteppedSql;

/**
 * What a person may choose at the top of a dashboard.
 *
 * @param name as SQL names it
 * @param sql gives the values that can be chosen; empty = the data source itself
 */
public record Variable(String name, String label, String says, String sql) {
  /** What stands for "All" in SQL: {@code [${region:singlequote}]} becomes {@code ['*']}. */
  public static final String ALL = "'*'";

  public static final Variable DATASOURCE =
      new Variable("datasource", "Store", "The ClickHouse that Tokenwatt writes to.", "");

  public static final Variable REGION = dimension("region", "Region", "Where the nodes stand.");
  public static final Variable CLUSTER = dimension("cluster", "Cluster", "Of the nodes.");
  public static final Variable HARDWARE =
      dimension("hardware", "Hardware", "Board, by its canonical name.");
  public static final Variable MODEL =
      dimension("model", "Model", "What is served, by its canonical name.");

  public Variable {
    sql = SteppedSql.narrow(sql.strip(), "");
  }

  /** A column of the cell. Values are those of the time range. */
  private static Variable dimension(String column, String label, String says) {
    return new Variable(
        column,
        label,
        says,
        """
        SELECT DISTINCT %1$s
        FROM cells_stepped(interval_s = 0, since = $__fromTime, until = $__toTime)
        WHERE %1$s != ''
        ORDER BY %1$s"""
            .formatted(column));
  }
}
