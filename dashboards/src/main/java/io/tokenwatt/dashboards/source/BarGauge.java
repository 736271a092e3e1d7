package io.tokenwatt.dashboards.source;

import java.util.List;

/**
 * One bar per row.
 *
 * @param query one text column, which names the bar, and one number
 */
public record BarGauge(Head head, Query query, Scale scale) implements Panel {
  @Override
  public List<Query> queries() {
    return List.of(query);
  }

  @Override
  public <T> T match(Visitor<T> visitor) {
    return visitor.barGauge(this);
  }
}
