package io.tokenwatt.dashboards.source;

import java.util.List;

/** One picture of a dashboard. */
public sealed interface Panel
    permits Stat, TimeSeries, Heatmap, Table, BarGauge, StateTimeline, TextBox {
  Head head();

  /** None for a text. */
  List<Query> queries();

  /** What the renderer knows to draw; one case per kind of panel. */
  interface Visitor<T> {
    T stat(Stat panel);

    T timeSeries(TimeSeries panel);

    T heatmap(Heatmap panel);

    T table(Table panel);

    T barGauge(BarGauge panel);

    T stateTimeline(StateTimeline panel);

    T text(TextBox panel);
  }

  <T> T match(Visitor<T> visitor);
}
