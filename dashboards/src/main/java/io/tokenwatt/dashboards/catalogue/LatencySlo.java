package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.BarGauge;
import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Link;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.Thresholds;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.TimeSeries.Drawing;
import io.tokenwatt.dashboards.source.Unit;
import java.util.List;

/** Are the promises kept, how fast is the error budget spent, and where does the time go. */
final class LatencySlo {
  /** 1 = as fast as the objective allows; 14.4 pages (rule slo-burn). */
  private static final Thresholds BURN = Thresholds.lowIsGood(1, 14.4);

  private LatencySlo() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Uids.SLO,
        "Tokenwatt: latency and SLO",
        "Whether each SLO of table slos was kept, how fast its error budget is spent, and latency by who measured it.",
        "now-6h",
        Common.VARIABLES,
        Common.ANNOTATIONS,
        List.of(verdict(), burn(), engine(), vantages(), tables()));
  }

  private static Row verdict() {
    String slos =
        "(SELECT slo, any(objective) AS goal, sum(good) / nullIf(sum(total), 0) AS kept FROM "
            + SloAsk.stepped()
            + "\nGROUP BY slo)";
    return Row.open(
        100,
        "Verdict over the time range",
        new BarGauge(
            Head.of(
                    1,
                    "Attainment by SLO",
                    "Σ requests inside the target ÷ Σ requests (failed and aborted ones count against it), judged from sketches by the SLO in force, so a corrected SLO acts on the past.")
                .size(8, 5),
            Query.rows("SELECT slo, kept FROM " + slos + "\nORDER BY kept, slo"),
            Scale.share()),
        new Stat(
            Head.of(
                    2,
                    "SLOs missed",
                    "SLOs whose attainment over the range is below their objective. Unknown without requests or without SLOs.")
                .size(4, 5),
            Query.rows("SELECT if(count() = 0, NULL, countIf(kept < goal)) AS missed FROM " + slos),
            Scale.of(Unit.COUNT, 0).judged(Thresholds.zeroIsGood())),
        new Stat(
            Head.of(
                    3,
                    "Fastest burn",
                    "(1 − attainment) ÷ (1 − objective) of the SLO that spends its budget fastest, over the range. 1 = just as fast as the objective allows; 14.4 over an hour pages (rule slo-burn).")
                .size(4, 5),
            Query.rows("SELECT max((1 - kept) / nullIf(1 - goal, 0)) AS burn FROM " + slos),
            Scale.of(Unit.TIMES, 2).judged(BURN)),
        requests(
            4,
            "Goodput",
            "Requests inside all their targets ÷ requests that could be judged, as LatencyJob judged them live.",
            "goodput_ratio",
            Scale.share()),
        requests(
            5,
            "Requests judged",
            "Requests for which an SLO was in force and that told all it needs: the n of goodput.",
            "requests_judged",
            Scale.of(Unit.COUNT)),
        requests(
            6,
            "Data up to",
            "End of the newest 10 s window of requests in the store.",
            "toUnixTimestamp(data_up_to) * 1000 AS data_up_to",
            Scale.of(Unit.SINCE).free()));
  }

  private static Stat requests(int id, String title, String says, String value, Scale scale) {
    return new Stat(
        Head.of(id, title, says).size(id == 6 ? 2 : 3, 5),
        Query.rows("SELECT " + value + " FROM " + Ask.whole("requests_stepped")),
        scale);
  }

  private static Row burn() {
    return Row.open(
        200,
        "Error budget",
        TimeSeries.lines(
            Head.of(
                20,
                "Attainment, by SLO",
                "Σ requests inside the target ÷ Σ requests of each step. No line where nobody asked."),
            Query.series(
                "SELECT time, slo, sum(good) / nullIf(sum(total), 0) AS attainment FROM "
                    + SloAsk.stepped()
                    + "\nGROUP BY time, slo\nORDER BY time, slo"),
            Scale.share(),
            "slo"),
        TimeSeries.lines(
            Head.of(
                21,
                "Burn rate, by SLO",
                "(1 − attainment) ÷ (1 − objective) of each step. Above 1 the budget would not last its period. Short steps with few requests jump: see how many there were."),
            Query.series(
                "SELECT time, slo, (1 - sum(good) / nullIf(sum(total), 0)) / nullIf(1 - any(objective), 0) AS burn FROM "
                    + SloAsk.stepped()
                    + "\nGROUP BY time, slo\nORDER BY time, slo"),
            Scale.of(Unit.TIMES).judged(BURN),
            "slo"));
  }

  private static Row engine() {
    return Row.open(
        300,
        "As engines measure it",
        LatencyPanels.engine(30, "Time to first token", "ttft"),
        LatencyPanels.engine(31, "Time between tokens", "itl"),
        LatencyPanels.engine(32, "Whole request", "e2e"),
        LatencyPanels.engine(33, "Waiting in the engine's queue", "queue"));
  }

  private static Row vantages() {
    return Row.open(
        400,
        "By who measured it",
        LatencyPanels.vantages(),
        TimeSeries.lines(
                Head.of(
                    41,
                    "How many there were",
                    "Requests per step: that ended, failed, were aborted, as gateways and clients told. Percentiles of few requests jump."),
                Query.series(
                    "SELECT time, requests_ok AS ended, requests_error AS failed, requests_aborted AS aborted FROM "
                        + Ask.stepped("requests_stepped")
                        + "\nORDER BY time"),
                Scale.of(Unit.COUNT))
            .drawn(Drawing.BARS));
  }

  private static Row tables() {
    return Row.open(
        500,
        "Where",
        Table.of(
            Head.of(
                    50,
                    "Each SLO by region and model, the fastest burn first",
                    "At least / at most: the bucket that holds the target cannot be split, so attainment lies between both. n: requests.")
                .size(24, 8),
            Query.rows(
                """
                SELECT slo, region, model, measure, vantage, any(target_s) AS target_s, any(objective) AS objective,
                    sum(good) / nullIf(sum(total), 0) AS attainment, sum(good_lo) / nullIf(sum(total), 0) AS at_least,
                    sum(good_hi) / nullIf(sum(total), 0) AS at_most, (1 - attainment) / nullIf(1 - objective, 0) AS burn, sum(total) AS n
                FROM %s
                GROUP BY slo, region, model, measure, vantage
                ORDER BY burn DESC, n DESC
                LIMIT 200"""
                    .formatted(SloAsk.stepped())),
            Column.text("slo", "SLO"),
            Column.text("region", "region")
                .link(Link.to("This region's fleet", Uids.FLEET).row("region", "region")),
            Column.text("model", "Model"),
            Column.text("measure", "Measure"),
            Column.text("vantage", "Measured by"),
            Column.number("target_s", "Target", Scale.of(Unit.SECONDS)),
            Column.number("objective", "Objective", Scale.share()),
            Column.number("attainment", "Attainment", Scale.share()),
            Column.number("at_least", "at least", Scale.share()),
            Column.number("at_most", "at most", Scale.share()),
            Column.number("burn", "Burn", Scale.of(Unit.TIMES, 2)),
            Column.number("n", "n", Scale.of(Unit.COUNT))),
        LatencyPanels.byModel());
  }
}
