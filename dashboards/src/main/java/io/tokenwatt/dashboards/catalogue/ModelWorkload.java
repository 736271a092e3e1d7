package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Color;
import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Link;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.SeriesStyle;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.Unit;
import java.util.List;

/** One model and its workloads: did it get worse, or was it asked for something else. */
final class ModelWorkload {
  private ModelWorkload() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Uids.MODEL,
        "Tokenwatt: model and workload",
        """
        One model (choose it above) and the workloads that serve it: efficiency and latency beside what was asked of it. \
        If answers got longer or engines fuller, efficiency moves without anything being wrong.""",
        "now-6h",
        Common.VARIABLES,
        Common.ANNOTATIONS,
        List.of(
            Row.open(
                100,
                "Verdict over the whole time range",
                Verdicts.tokensPerJoule(1),
                Verdicts.joulesPerRequest(2),
                Verdicts.dollars(3),
                Verdicts.p95(4),
                Verdicts.openRegressions(5),
                Verdicts.coverage(6)),
            Row.open(
                200,
                "Efficiency (left: what came out, right: what may explain it)",
                Trends.tokensPerJoule(20, "workload"),
                ModelCauses.running(21),
                Trends.joulesPerRequest(22, "workload"),
                ModelCauses.answerLength(23)),
            Row.open(
                300,
                "Latency of the engines, all chosen ones together",
                quantiles(30, "ttft", "Time to first token"),
                quantiles(31, "itl", "Time between tokens"),
                quantiles(32, "e2e", "Whole request"),
                quantiles(33, "queue", "Time in the queue")),
            Row.open(400, "Where and how it runs", workloads(), ModelCauses.deployments(41)),
            Row.collapsed(
                500,
                "More causes",
                ModelCauses.waiting(50),
                ModelCauses.kvUsed(51),
                ModelCauses.cached(52),
                ModelCauses.unwell(53))));
  }

  private static TimeSeries quantiles(int id, String measure, String title) {
    String caveat =
        measure.equals("itl")
            ? " With speculative decoding an engine's step makes several tokens: this is then per step."
            : "";
    return TimeSeries.lines(
            Head.of(id, title + ": P50, P95, P99", Says.P95 + caveat).step(30),
            Query.series(
                """
                SELECT time, p50_s AS P50, p95_s AS P95, p99_s AS P99
                FROM %s
                WHERE measure = '%s'
                ORDER BY time"""
                    .formatted(Ask.stepped("latency_stepped"), measure)),
            Scale.of(Unit.SECONDS))
        .styled(
            SeriesStyle.solid("P50", Color.SKY),
            SeriesStyle.solid("P95", Color.BLUE),
            SeriesStyle.solid("P99", Color.ORANGE));
  }

  private static Table workloads() {
    return Table.of(
        Head.of(
                40,
                "By workload, deployment and hardware",
                """
                Ratios of sums over the range. Two deployments of one workload on one hardware: before and after a change, if \
                load and answer length are alike. n = first tokens measured.""")
            .size(24, 9),
        Query.rows(
            """
            SELECT
                e.workload AS workload, e.deployment AS deployment, e.region AS region, e.hardware AS hardware,
                output_tokens_per_joule, joules_per_request, usd_per_mtok_output_all_in, p95_s, n,
                output_tokens_per_s, running_per_engine, output_tokens_per_request, cached_prompt_share, gpus, coverage,
                if(energy_null_reason != '', energy_null_reason, usd_null_reason) AS unknown_because
            FROM %s AS e
            LEFT JOIN %s AS c USING (workload, deployment, region, hardware)
            LEFT JOIN (SELECT workload, deployment, region, hardware, p95_s, n FROM %s WHERE measure = 'ttft') AS l
                USING (workload, deployment, region, hardware)
            WHERE token_coverage IS NOT NULL
            ORDER BY output_tokens_per_s DESC NULLS LAST
            LIMIT 200"""
                .formatted(by("efficiency_stepped"), by("cost_stepped"), by("latency_stepped"))),
        Column.text("workload", "Workload"),
        Column.text("deployment", "Deployment"),
        Column.text("region", "Region"),
        Column.text("hardware", "Hardware")
            .link(Link.to("This hardware", Uids.REGION_HARDWARE).row("hardware", "hardware")),
        Column.number("output_tokens_per_joule", "tok/J", Scale.of(Unit.NONE, 2)).bars(),
        Column.number("joules_per_request", "J/request", Scale.of(Unit.NONE, 0)),
        Column.number("usd_per_mtok_output_all_in", "$/Mtok", Scale.of(Unit.NONE, 3)),
        Column.number("p95_s", "P95 TTFT", Scale.of(Unit.SECONDS)),
        Column.number("n", "n", Scale.of(Unit.COUNT)),
        Column.number("output_tokens_per_s", "tok/s", Scale.of(Unit.NONE, 0)),
        Column.number("running_per_engine", "running", Scale.of(Unit.NONE, 1)),
        Column.number("output_tokens_per_request", "tok/request", Scale.of(Unit.NONE, 0)),
        Column.number("cached_prompt_share", "cached", Scale.share()),
        Column.number("gpus", "GPUs", Scale.of(Unit.NONE, 1)),
        Column.number("coverage", "Coverage", Scale.share()),
        Column.text("unknown_because", "Not known because"));
  }

  private static String by(String view) {
    return Ask.whole(view, "workload", "deployment", "region", "hardware");
  }
}
