package io.tokenwatt.dashboards.source;

import java.util.List;

/**
 * Time to the right, one row per series, the value as a colour (viridis: ordered also in grey).
 *
 * @param query one text column, which names the row, and one number
 */
public record Heatmap(Head head, Query query, Scale scale, String name) implements Panel {
  @Override
  public List<Query> queries() {
    return List.of(query);
  }

  @Override
  public <T> T match(Visitor<T> visitor) {
    return visitor.heatmap(this);
  }
}
