package io.tokenwatt.dashboards.source;

import java.util.List;

/**
 * One lane per series, its state as a colour with its name.
 *
 * @param name what a lane is called: {@code ${__field.labels.x}}
 * @param states what the query's numbers mean, by value from 0 on
 */
public record StateTimeline(Head head, Query query, String name, List<State> states)
    implements Panel {

  public record State(String name, Color color) {}

  public StateTimeline {
    states = List.copyOf(states);
  }

  @Override
  public List<Query> queries() {
    return List.of(query);
  }

  @Override
  public <T> T match(Visitor<T> visitor) {
    return visitor.stateTimeline(this);
  }
}
