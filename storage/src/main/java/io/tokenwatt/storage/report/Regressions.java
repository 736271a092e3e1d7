package io.tokenwatt.storage.report;

import java.util.List;

/** Report {@code regressions}: what got worse than its load explains, the dearest first. */
final class Regressions {
  private static final String ROWS =
      """
      SELECT
          r.regression AS regression,
          if(r.closed IS NULL, 'open', r.close_reason) AS state,
          toString(r.started) AS started,
          ifNull(toString(r.closed), '') AS closed,
          dateDiff('second', r.started, ifNull(r.closed, r.judged_to)) / 3600.0 AS hours,
          r.region AS region, r.hardware AS hardware, r.model AS model, r.role AS role, r.workload AS workload,
          r.measure AS measure,
          r.size AS size, r.size_low AS size_low, r.size_high AS size_high,
          r.usd_per_day AS usd_per_day,
          if(r.usd_per_day IS NULL, 'no_price', '') AS usd_null_reason,
          r.kwh_per_day AS kwh_per_day,
          r.cause AS cause,
          r.suspect AS suspect
      FROM (SELECT * FROM regressions FINAL) AS r
      WHERE r.started < {until:DateTime('UTC')}
          AND ifNull(r.closed, toDateTime('2106-01-01 00:00:00', 'UTC')) > {since:DateTime('UTC')}
          AND (r.closed IS NULL OR {show:String} = 'all')
      ORDER BY r.closed IS NULL DESC, r.usd_per_day DESC NULLS LAST, r.started DESC, r.regression
      """;

  private static final String HIDDEN =
      """
      SELECT if(n = 0, '', concat(toString(n), ' closed in this span are not shown; --set show=all shows them.')) AS note
      FROM (
          SELECT countIf(r.closed IS NOT NULL AND {show:String} != 'all') AS n
          FROM (SELECT * FROM regressions FINAL) AS r
          WHERE r.started < {until:DateTime('UTC')} AND r.closed > {since:DateTime('UTC')})
      """;

  private static final String JUDGED =
      """
      SELECT if(count() = 0, 'No window was judged in this span.', concat(
          'Windows x measures: ', arrayStringConcat(groupArray(concat(toString(n), ' ', outcome)), ', '), '.')) AS note
      FROM (
          SELECT outcome, sum(measures) AS n
          FROM judged_windows FINAL
          WHERE hour >= {since:DateTime('UTC')} AND hour < {until:DateTime('UTC')}
          GROUP BY outcome
          ORDER BY n DESC, outcome)
      """;

  static final Report REPORT =
      Report.of(
              "regressions",
              "What needs more energy, board time or waiting than its load explains, since when, and what may be behind it?",
              ROWS,
              List.of(
                  ReportColumn.text("regression", "id"),
                  ReportColumn.text("state", "state"),
                  ReportColumn.text("started", "since (UTC)"),
                  ReportColumn.text("closed", "until (UTC)"),
                  ReportColumn.of("hours", "for", Unit.HOURS),
                  ReportColumn.text("region", "region"),
                  ReportColumn.text("hardware", "hardware"),
                  ReportColumn.text("model", "model"),
                  ReportColumn.text("role", "role"),
                  ReportColumn.text("workload", "workload"),
                  ReportColumn.text("measure", "measure"),
                  ReportColumn.of("size", "worse by", Unit.PERCENT),
                  ReportColumn.of("size_low", "at least", Unit.PERCENT),
                  ReportColumn.of("size_high", "at most", Unit.PERCENT),
                  ReportColumn.of("usd_per_day", "USD a day", Unit.USD).because("usd_null_reason"),
                  ReportColumn.of("kwh_per_day", "energy a day", Unit.KWH),
                  ReportColumn.text("cause", "cause"),
                  ReportColumn.text("suspect", "first suspect")))
          .with(new Parameter("show", "String", "open", "open; all = closed ones too"))
          .explaining("no_price", "board time of this place has no price; see report prices")
          .noting(HIDDEN)
          .noting(JUDGED)
          .remarking(
              "“at least” and “at most” bound the size with 95 % confidence. “USD a day” prices the extra board time at the"
                  + " present load, energy that is billed apart not included.");

  private Regressions() {}
}
