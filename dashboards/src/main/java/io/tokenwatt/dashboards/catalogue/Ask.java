package io.tokenwatt.dashboards.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Calls of storage's views with the dashboard's time range and choices. Parameters: see the head of
 * each view's script, R75 and following.
 */
public final class Ask {
  /** Values chosen at the top, for views that take them; All is {@code ['*']}. */
  public static final String CHOSEN =
      """
      regions = [${region:singlequote}], clusters = [${cluster:singlequote}],
          hardwares = [${hardware:singlequote}], models = [${model:singlequote}]""";

  private static final String RANGE = "since = $__fromTime, until = $__toTime";

  private Ask() {}

  /** {@code view(…)} by steps of Grafana's interval, grouped by dimensions. */
  public static String stepped(String view, String... by) {
    return call(view, "$__interval_s", RANGE, by);
  }

  /** The whole range as one step. */
  public static String whole(String view, String... by) {
    return call(view, "0", RANGE, by);
  }

  /** As {@link #whole}, for the time of equal length before the range. */
  public static String before(String view, String... by) {
    return call(
        view, "0", "since = $__fromTime - ($__toTime - $__fromTime), until = $__fromTime", by);
  }

  private static String call(String view, String interval, String range, String... by) {
    String groups = List.of(by).stream().map(d -> "'" + d + "'").collect(Collectors.joining(", "));
    return """
        %s(interval_s = %s, %s, by = [%s],
            %s)"""
        .formatted(view, interval, range, groups, CHOSEN);
  }

  /** Condition on a column that a variable of the same name chooses, outside such views. */
  public static String chosen(String variable, String column) {
    return "(has([${%1$s:singlequote}], '*') OR has([${%1$s:singlequote}], %2$s))"
        .formatted(variable, column);
  }
}
