package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Color;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.SeriesStyle;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.TimeSeries.Drawing;
import io.tokenwatt.dashboards.source.Unit;

/** Lines over time that more than one dashboard shows, one per value of a dimension. */
final class Trends {
  /** Energy sources that tell every 30 s, as dcgm-exporter does by default, fit into a minute. */
  static final int ENERGY_STEP_S = 60;

  /** More in one chart cannot be told apart. */
  private static final int MOST_LINES = 20;

  private Trends() {}

  static TimeSeries tokensPerJoule(int id, String by) {
    return efficiency(
        Head.of(id, "Output tokens per joule, by " + by, Says.TOKENS_PER_JOULE).step(ENERGY_STEP_S),
        "output_tokens_per_joule",
        by,
        Scale.of(Unit.TOKENS_PER_JOULE));
  }

  static TimeSeries joulesPerRequest(int id, String by) {
    return efficiency(
        Head.of(
                id,
                "Joules per request, by " + by,
                "Σ GPU joules ÷ Σ finished requests. Rises with longer answers, as tokens per joule does.")
            .step(ENERGY_STEP_S),
        "joules_per_request",
        by,
        Scale.of(Unit.JOULES_PER_REQUEST));
  }

  static TimeSeries watts(int id, String by) {
    return efficiency(
            Head.of(
                    id,
                    "GPU power, by " + by,
                    "Σ board joules ÷ seconds, from energy counters. Boards only."
                        + Says.SCALED_RATE)
                .step(ENERGY_STEP_S),
            "watts",
            by,
            Scale.of(Unit.WATTS))
        .drawn(Drawing.STACKED);
  }

  static TimeSeries outputTokens(int id, String by) {
    return efficiency(
            Head.of(
                id,
                "Output tokens per second, by " + by,
                "Tokens that engines generated ÷ seconds, from their counters." + Says.SCALED_RATE),
            "output_tokens_per_s",
            by,
            Scale.of(Unit.TOKENS_PER_S))
        .drawn(Drawing.STACKED);
  }

  static TimeSeries dollars(int id, String by) {
    return TimeSeries.lines(
        Head.of(id, "$ per million output tokens, all-in, by " + by, Says.DOLLARS_ALL_IN)
            .step(ENERGY_STEP_S),
        Query.series(
            "SELECT time, %1$s, usd_per_mtok_output_all_in\nFROM %2$s\nWHERE output_tokens > 0\nORDER BY time, %1$s"
                .formatted(by, Ask.stepped("cost_stepped", by))),
        Scale.of(Unit.DOLLARS_PER_MTOK),
        by);
  }

  static TimeSeries p95FirstToken(int id, String by) {
    return TimeSeries.lines(
        Head.of(id, "P95 time to first token, by " + by, Says.P95).step(30),
        Query.series(
            "SELECT time, %1$s, p95_s\nFROM %2$s\nWHERE measure = 'ttft'\nORDER BY time, %1$s"
                .formatted(by, Ask.stepped("latency_stepped", by))),
        Scale.of(Unit.SECONDS),
        by);
  }

  /** What boards did: the four states add up to all of them. */
  static TimeSeries states(int id) {
    return TimeSeries.lines(
            Head.of(
                id,
                "Boards by state",
                """
                Boards that were busy; loaded and idle (owned, nothing running or waiting, no token); held by nobody; or held, \
                their activity not observed. Unknown is not idle. Board-ms of each state ÷ ms."""),
            Query.series(
                """
                SELECT
                    time,
                    busy_share * gpus AS busy,
                    loaded_idle_share * gpus AS "loaded, idle",
                    unallocated_share * gpus AS unallocated,
                    unknown_share * gpus AS unknown
                FROM %s
                ORDER BY time"""
                    .formatted(Ask.stepped("efficiency_stepped"))),
            Scale.of(Unit.GPUS))
        .drawn(Drawing.STACKED)
        .styled(
            SeriesStyle.solid("busy", Color.BLUE),
            SeriesStyle.solid("loaded, idle", Color.ORANGE),
            SeriesStyle.solid("unallocated", Color.VERMILION),
            SeriesStyle.solid("unknown", Color.GREY));
  }

  static TimeSeries coverage(int id, String by) {
    return efficiency(
        Head.of(
            id,
            "Coverage, by " + by,
            "Observed ÷ expected board time. Where it falls, every other number rests on a part of the fleet."),
        "coverage",
        by,
        Scale.share());
  }

  /** As {@link #efficiency}, of the {@value #MOST_LINES} groups that held most board time. */
  static TimeSeries largest(Head head, String column, String by, Scale scale) {
    return TimeSeries.lines(
        head.adding(
            " Shown are the %d with most board time in the range; choose above, or see the table, for others."
                .formatted(MOST_LINES)),
        Query.series(
            """
            SELECT time, %1$s, %2$s
            FROM (SELECT *, dense_rank() OVER (ORDER BY held DESC, %1$s) AS place
                FROM (SELECT time, %1$s, %2$s, sum(gpu_h) OVER (PARTITION BY %1$s) AS held
                    FROM %3$s))
            WHERE %2$s IS NOT NULL AND place <= %4$d
            ORDER BY time, %1$s"""
                .formatted(by, column, Ask.stepped("efficiency_stepped", by), MOST_LINES)),
        scale,
        by);
  }

  /** One column of {@code efficiency_stepped}; groups that never have it are left out. */
  static TimeSeries efficiency(Head head, String column, String by, Scale scale) {
    if (by.equals("workload")) {
      return largest(head, column, by, scale);
    }
    return TimeSeries.lines(
        head,
        Query.series(
            "SELECT time, %1$s, %2$s\nFROM %3$s\nWHERE %2$s IS NOT NULL\nORDER BY time, %1$s"
                .formatted(by, column, Ask.stepped("efficiency_stepped", by))),
        scale,
        by);
  }
}
