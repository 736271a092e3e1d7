package io.tokenwatt.dashboards.source;

import java.util.List;

/**
 * One large number.
 *
 * @param query gives one row and one number: the value of the whole range, computed by the query. A
 *     value that Grafana makes out of a series would be a mean of ratios.
 */
public record Stat(Head head, Query query, Scale scale) implements Panel {
  public Stat {
    if (query.shape() != Query.Shape.ROWS) {
      throw new IllegalArgumentException(head.title() + ": a stat takes rows, not a series");
    }
  }

  @Override
  public List<Query> queries() {
    return List.of(query);
  }

  @Override
  public <T> T match(Visitor<T> visitor) {
    return visitor.stat(this);
  }
}
