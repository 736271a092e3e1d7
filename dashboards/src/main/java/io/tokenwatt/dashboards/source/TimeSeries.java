package io.tokenwatt.dashboards.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines or areas over time. A gap is drawn as a gap.
 *
 * @param name what a series is called: {@code ${__field.labels.x}}, or empty for the column's name
 * @param drawing lines, or areas on top of each other where the sum means something
 * @param styles colours of series whose name has a meaning
 */
public record TimeSeries(
    Head head,
    List<Query> queries,
    Scale scale,
    String name,
    Drawing drawing,
    List<SeriesStyle> styles)
    implements Panel {

  public enum Drawing {
    LINES,
    STACKED,
    BARS
  }

  public TimeSeries {
    queries = List.copyOf(queries);
    styles = List.copyOf(styles);
    if (queries.stream().anyMatch(query -> query.shape() != Query.Shape.SERIES)) {
      throw new IllegalArgumentException(head.title() + ": takes series, not rows");
    }
  }

  /** Lines named by the label {@code label}. */
  public static TimeSeries lines(Head head, Query query, Scale scale, String label) {
    return new TimeSeries(
        head, List.of(query), scale, "${__field.labels." + label + "}", Drawing.LINES, List.of());
  }

  /** Lines named by the query's columns. */
  public static TimeSeries lines(Head head, Query query, Scale scale) {
    return new TimeSeries(head, List.of(query), scale, "", Drawing.LINES, List.of());
  }

  /** Also draws what another query gives; its ref must differ. */
  public TimeSeries and(Query other) {
    List<Query> all = new ArrayList<>(queries);
    all.add(other);
    return new TimeSeries(head, all, scale, name, drawing, styles);
  }

  public TimeSeries drawn(Drawing as) {
    return new TimeSeries(head, queries, scale, name, as, styles);
  }

  public TimeSeries styled(SeriesStyle... some) {
    return new TimeSeries(head, queries, scale, name, drawing, List.of(some));
  }

  @Override
  public <T> T match(Visitor<T> visitor) {
    return visitor.timeSeries(this);
  }
}
