package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Color;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.SeriesStyle;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.TimeSeries.Drawing;
import io.tokenwatt.dashboards.source.Unit;

/** How much came, how late, and what became of it, over time. */
final class PipelineTrends {
  private static final String RANGE = "window_start >= $__fromTime AND window_start < $__toTime";
  private static final String PLACE =
      Ask.chosen("region", "region") + "\n  AND " + Ask.chosen("cluster", "cluster");

  private PipelineTrends() {}

  /** Kept rows are those last written, so this is when rows were complete, not when first seen. */
  static TimeSeries delay(int id) {
    return TimeSeries.lines(
            Head.of(
                    id,
                    "Delay of rows: P50 and P99",
                    """
                    Time from the end of a window to the writing of the row that is kept, over the rows themselves. A row that \
                    was completed later counts with its last writing. Includes backfills. Promise: P99 ≤ 3 s after the window if \
                    sources refresh every second; alert `rows-late` from 90 s on.""")
                .step(60),
            Query.series(
                """
                SELECT
                    $__timeInterval(window_start) AS time,
                    quantile(0.5)(dateDiff('second', window_start, written_at) - 10) AS P50,
                    quantile(0.99)(dateDiff('second', window_start, written_at) - 10) AS P99
                FROM efficiency_10s FINAL
                WHERE %s
                  AND %s
                GROUP BY time
                ORDER BY time"""
                    .formatted(RANGE, PLACE)),
            Scale.of(Unit.SECONDS))
        .styled(SeriesStyle.solid("P50", Color.BLUE), SeriesStyle.solid("P99", Color.ORANGE));
  }

  static TimeSeries nodes(int id) {
    return TimeSeries.lines(
        Head.of(
                id,
                "Nodes that report, by region",
                "Distinct nodes with a counted record in the step. A step down: nodes fell silent or were taken out.")
            .step(60),
        Query.series(
            """
            SELECT $__timeInterval(window_start) AS time, region, uniqExact(node) AS nodes
            FROM intake_10s
            WHERE %s AND outcome = 'counted'
              AND %s
            GROUP BY time, region
            ORDER BY time, region"""
                .formatted(RANGE, PLACE)),
        Scale.of(Unit.NODES, 0),
        "region");
  }

  static TimeSeries records(int id) {
    return outcomes(
        Head.of(
            id,
            "Node records, by outcome",
            """
            Records of Kafka's topic `node-samples` ÷ seconds, by what became of them. published = the sum over outcomes: \
            nothing is dropped without one. Duplicates are sent twice by Kafka's producer or read again after a restart."""),
        "records",
        "intake_10s FINAL",
        "\n  AND " + PLACE);
  }

  static TimeSeries requests(int id) {
    return outcomes(
        Head.of(
            id,
            "Request events, by outcome",
            "Events that gateways and clients told ÷ seconds, by what became of them, all regions: an event that cannot be read has none."),
        "events",
        "request_intake_10s FINAL",
        "");
  }

  private static TimeSeries outcomes(Head head, String count, String table, String where) {
    return TimeSeries.lines(
            head.step(60),
            Query.series(
                """
                SELECT $__timeInterval(window_start) AS time, outcome, sum(%s) / $__interval_s AS per_second
                FROM %s
                WHERE %s%s
                GROUP BY time, outcome
                ORDER BY time, outcome"""
                    .formatted(count, table, RANGE, where)),
            Scale.of(Unit.RECORDS_PER_S),
            "outcome")
        .drawn(Drawing.BARS)
        .styled(
            SeriesStyle.solid("counted", Color.BLUE),
            SeriesStyle.solid("duplicate", Color.SKY),
            SeriesStyle.solid("out_of_order", Color.GREEN),
            SeriesStyle.solid("two_agents", Color.PURPLE),
            SeriesStyle.solid("late", Color.ORANGE),
            SeriesStyle.solid("rejected", Color.VERMILION));
  }
}
