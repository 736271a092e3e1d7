package io.tokenwatt.dashboards.catalogue;

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
import io.tokenwatt.dashboards.source.Unit;
import java.util.List;

/** The first page: is the fleet well, since when not, and where to look next. */
final class FleetEfficiency {
  private FleetEfficiency() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Uids.FLEET,
        "Tokenwatt: fleet efficiency",
        """
        What the fleet makes of its power and its money, what got worse, since when, and where to look next. \
        Top: the verdict over the whole range. Middle: since when. Bottom: where; click a row to go on.""",
        "now-6h",
        Common.VARIABLES,
        Common.ANNOTATIONS,
        List.of(
            Row.open(
                100,
                "Verdict over the whole time range",
                Verdicts.tokensPerJoule(1),
                Verdicts.change(2),
                Verdicts.dollars(3),
                Verdicts.p95(4),
                Verdicts.openRegressions(5),
                Verdicts.coverage(6)),
            Row.open(
                200,
                "Since when",
                Trends.tokensPerJoule(20, "hardware"),
                Trends.dollars(21, "hardware"),
                Trends.watts(22, "hardware"),
                Trends.outputTokens(23, "model"),
                Trends.p95FirstToken(24, "model"),
                Trends.states(25)),
            Row.open(300, "Where", where()),
            Row.collapsed(
                400,
                "Can it be believed",
                Verdicts.dataUpTo(40),
                measured(),
                Trends.coverage(42, "region"))));
  }

  private static Stat measured() {
    return Verdicts.of(
        Head.of(
            41,
            "Measured share",
            "Joules by counter with one told owner or read activity ÷ all joules. The rest is shared out by rules."),
        "SELECT measured_share FROM " + Ask.whole("efficiency_stepped"),
        Scale.share());
  }

  private static Table where() {
    return Table.of(
        Head.of(
                30,
                "By region, hardware and model",
                """
                Each row is a ratio of sums over the range, as above. The share says how much of the output comes from it. \
                Click a region to compare hardware there, a model to see its workloads. A dash = not known; the last column \
                says why.""")
            .size(24, 12),
        Query.rows(
            """
            SELECT
                e.region AS region, e.hardware AS hardware, e.model AS model,
                output_tokens_per_joule, joules_per_request, usd_per_mtok_output_all_in, p95_s,
                output_tokens_per_s, e.output_tokens / sum(e.output_tokens) OVER () AS output_share,
                gpus, watts, busy_share, coverage,
                if(energy_null_reason != '', energy_null_reason, usd_null_reason) AS unknown_because
            FROM %s AS e
            LEFT JOIN %s AS c USING (region, hardware, model)
            LEFT JOIN (SELECT region, hardware, model, p95_s FROM %s WHERE measure = 'ttft') AS l USING (region, hardware, model)
            WHERE e.model != ''
            ORDER BY output_tokens_per_s DESC NULLS LAST
            LIMIT 200"""
                .formatted(
                    Ask.whole("efficiency_stepped", "region", "hardware", "model"),
                    Ask.whole("cost_stepped", "region", "hardware", "model"),
                    Ask.whole("latency_stepped", "region", "hardware", "model"))),
        Column.text("region", "Region")
            .link(Link.to("Hardware in this region", Uids.REGION_HARDWARE).row("region", "region")),
        Column.text("hardware", "Hardware")
            .link(Link.to("This hardware", Uids.REGION_HARDWARE).row("hardware", "hardware")),
        Column.text("model", "Model")
            .link(
                Link.to("This model here", Uids.MODEL)
                    .row("region", "region")
                    .row("hardware", "hardware")
                    .row("model", "model"))
            .wide(200),
        Column.number("output_tokens_per_joule", "tok/J", Scale.of(Unit.NONE, 2)).bars(),
        Column.number("joules_per_request", "J/request", Scale.of(Unit.NONE, 0)),
        Column.number("usd_per_mtok_output_all_in", "$/Mtok", Scale.of(Unit.NONE, 3)),
        Column.number("p95_s", "P95 TTFT", Scale.of(Unit.SECONDS)),
        Column.number("output_tokens_per_s", "tok/s", Scale.of(Unit.NONE, 0)),
        Column.number("output_share", "of output", Scale.share()),
        Column.number("gpus", "GPUs", Scale.of(Unit.NONE, 0)),
        Column.number("watts", "Power", Scale.of(Unit.WATTS)),
        Column.number("busy_share", "busy", Scale.share()),
        Column.number(
            "coverage", "Coverage", Scale.share().judged(Thresholds.highIsGood(0.9, 0.99))),
        Column.text("unknown_because", "Not known because"));
  }
}
