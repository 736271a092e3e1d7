package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Color;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.SeriesStyle;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.Thresholds;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.TimeSeries.Drawing;
import io.tokenwatt.dashboards.source.Unit;
import java.util.List;

/** What got worse than its load explains, since when, what it costs, what may be behind it. */
final class Regressions {
  /** Columns of a regression that a variable chooses; cluster may be several, joined by ",". */
  static final String CHOSEN =
      "%s AND %s AND %s"
          .formatted(
              Ask.chosen("region", "region"),
              Ask.chosen("hardware", "hardware"),
              Ask.chosen("model", "model"));

  private Regressions() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Uids.REGRESSIONS,
        "Tokenwatt: regressions",
        "Open regressions with size, dollars and suspects; how they began and ended; what was changed; what the detector judged.",
        "now-24h",
        Common.VARIABLES,
        Common.ANNOTATIONS,
        List.of(
            verdict(), RegressionTables.open(), history(), RegressionTables.changes(), judged()));
  }

  private static Row verdict() {
    return Row.open(
        100,
        "Now",
        now(
            1,
            "Open",
            "Regressions that are open now, whenever they began.",
            "count() AS open",
            Scale.of(Unit.COUNT, 0).judged(Thresholds.zeroIsGood())),
        now(
            2,
            "Causes",
            "Distinct first causes of open regressions: those that share one are one finding. unknown counts as one.",
            "uniqExact(cause) AS causes",
            Scale.of(Unit.COUNT, 0)),
        now(
            3,
            "They cost",
            "Σ price of the extra board time of open regressions at the present load. At least this: those without a price are not in it (see the next number).",
            "sum(ifNull(usd_per_day, 0)) AS usd_per_day",
            Scale.of(Unit.DOLLARS_PER_DAY, 2)),
        now(
            4,
            "Without a price",
            "Open regressions whose dollars are not known for want of a price.",
            "countIf(usd_per_day IS NULL) AS unpriced",
            Scale.of(Unit.COUNT, 0)),
        now(
            5,
            "They draw",
            "Σ extra board energy of open regressions at the present load, kWh per day.",
            "sum(ifNull(kwh_per_day, 0)) AS kwh_per_day",
            Scale.of(Unit.KILOWATT_HOURS, 1)),
        new Stat(
            Head.of(
                    6,
                    "Judged up to",
                    "Start of the hour of the newest windows that the detector looked at.")
                .size(4, 4),
            Query.rows(
                "SELECT if(count() = 0, NULL, toUnixTimestamp(max(hour)) * 1000) AS judged FROM judged_windows FINAL"),
            Scale.of(Unit.SINCE).free()));
  }

  private static Stat now(int id, String title, String says, String value, Scale scale) {
    return new Stat(
        Head.of(id, title, says).size(4, 4),
        Query.rows("SELECT " + value + "\nFROM regressions_open\nWHERE " + CHOSEN),
        scale);
  }

  private static Row history() {
    String steps =
        """
        SELECT s.time AS time, %s
        FROM
        (
            SELECT toDateTime(toUnixTimestamp($__fromTime) + number * $__interval_s, 'UTC') AS time
            FROM numbers(intDiv(toUnixTimestamp($__toTime) - toUnixTimestamp($__fromTime), $__interval_s) + 1)
        ) AS s
        CROSS JOIN (SELECT groupArray((started, ifNull(closed, toDateTime('2106-01-01 00:00:00', 'UTC')), ifNull(usd_per_day, 0))) AS all FROM regressions FINAL WHERE %s) AS r
        ORDER BY time""";
    return Row.open(
        300,
        "History",
        TimeSeries.lines(
                Head.of(
                    30,
                    "Open at a time",
                    "Regressions that had begun and not ended at each step, by start of the first bad window."),
                Query.series(
                    steps.formatted(
                        "arrayCount(x -> x.1 <= s.time AND x.2 > s.time, r.all) AS open", CHOSEN)),
                Scale.of(Unit.COUNT))
            .styled(SeriesStyle.solid("open", Color.VERMILION)),
        TimeSeries.lines(
                Head.of(
                    31,
                    "What they cost at a time",
                    "Σ dollars per day of regressions open at each step, as each was last told. Those without a price count 0."),
                Query.series(
                    steps.formatted(
                        "arraySum(x -> if(x.1 <= s.time AND x.2 > s.time, x.3, 0), r.all) AS usd_per_day",
                        CHOSEN)),
                Scale.of(Unit.DOLLARS_PER_DAY))
            .styled(SeriesStyle.solid("usd_per_day", Color.ORANGE)),
        RegressionTables.history());
  }

  private static Row judged() {
    return Row.open(
        500,
        "What the detector could judge",
        TimeSeries.lines(
                Head.of(
                        50,
                        "Windows by outcome, per hour",
                        "A window counts once for each measure of its series. judged: compared with what its load lets expect. Else why not: warm_up, low_coverage, low_traffic, outside_experience … No regression can be found in those. Hours of the range, UTC.")
                    .size(24, 8),
                Query.series(
                    """
                    SELECT hour AS time, outcome, sum(measures) AS windows
                    FROM judged_windows FINAL
                    WHERE hour >= toStartOfHour($__fromTime) AND hour <= $__toTime AND %s
                    GROUP BY time, outcome
                    ORDER BY time, outcome"""
                        .formatted(Ask.chosen("region", "region"))),
                Scale.of(Unit.COUNT),
                "outcome")
            .drawn(Drawing.BARS));
  }
}
