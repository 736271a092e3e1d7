package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.Unit;
import io.tokenwatt.dashboards.source.Variable;

/** What panels about boards share: they ask view boards_stepped, of the nodes that are chosen. */
final class Boards {
  static final Variable NODE =
      new Variable(
          "node",
          "Node",
          "Those seen in the last hour of the time range.",
          """
          SELECT DISTINCT node
          FROM node_10s
          WHERE window_start >= greatest($__fromTime, $__toTime - INTERVAL 1 HOUR) AND window_start < $__toTime
            AND %s AND %s
          ORDER BY node"""
              .formatted(Ask.chosen("region", "region"), Ask.chosen("cluster", "cluster")));

  private static final String CHOSEN =
      """
      regions = [${region:singlequote}], clusters = [${cluster:singlequote}],
          hardwares = [${hardware:singlequote}], nodes = [${node:singlequote}])""";

  private static final String FIRST_FORTY =
      " The first forty boards by name are drawn: choose nodes to see others.";

  private Boards() {}

  /** The whole range as one step. */
  static String whole(String by) {
    return "boards_stepped(interval_s = 0, since = $__fromTime, until = $__toTime, by = ["
        + by
        + "],\n    "
        + CHOSEN;
  }

  /** One number over all chosen boards. */
  static Stat stat(int id, String title, String says, String value, Scale scale) {
    return new Stat(
        Head.of(id, title, says).size(3, 4),
        Query.rows("SELECT " + value + " FROM " + whole("")),
        scale);
  }

  /** One line per board. */
  static TimeSeries lines(int id, String title, String says, String value, Scale scale) {
    return TimeSeries.lines(
        Head.of(id, title, says + FIRST_FORTY),
        Query.series(
            """
            SELECT time, concat(node, ' GPU ', toString(gpu_index)) AS board, %s
            FROM boards_stepped(interval_s = $__interval_s, since = $__fromTime, until = $__toTime, by = ['node', 'gpu', 'gpu_index'],
                %s
            ORDER BY time, board
            LIMIT 40 BY time"""
                .formatted(value, CHOSEN)),
        scale,
        "board");
  }

  static Column column(String name, String title, Unit unit) {
    return Column.number(name, title, Scale.of(unit));
  }

  static Column share(String name, String title) {
    return Column.number(name, title, Scale.share());
  }
}
