package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Heatmap;
import io.tokenwatt.dashboards.source.Link;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.Table.Pivot;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.Unit;
import java.util.List;

/** Where does which hardware do well, and is the comparison fair. */
final class RegionHardware {
  private static final Pivot MATRIX = new Pivot("region", "hardware", "value");

  private RegionHardware() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Uids.REGION_HARDWARE,
        "Tokenwatt: region × hardware",
        """
        Which hardware makes most of a watt and a dollar, in which region, and whether they did the same work. \
        The matrices compare what is; only the table at equal load says what hardware is worth.""",
        "now-24h",
        Common.VARIABLES,
        Common.ANNOTATIONS,
        List.of(
            Row.open(
                100,
                "Over the whole time range",
                matrix(
                    1,
                    "Output tokens per joule",
                    Says.TOKENS_PER_JOULE,
                    "output_tokens_per_joule",
                    "efficiency_stepped",
                    Scale.of(Unit.TOKENS_PER_JOULE, 2)),
                matrix(
                    2,
                    "$ per million output tokens, all-in",
                    Says.DOLLARS_ALL_IN,
                    "usd_per_mtok_output_all_in",
                    "cost_stepped",
                    Scale.of(Unit.DOLLARS_PER_MTOK, 3)),
                matrix(
                    3,
                    "Busy share of boards",
                    "Board time with requests running or waiting, or tokens made, ÷ board time read. Idle boards still draw power.",
                    "busy_share",
                    "efficiency_stepped",
                    Scale.share())),
            Row.open(
                200,
                "Over time: is it the hardware or the load",
                heat(
                    20,
                    "Output tokens per joule",
                    Says.TOKENS_PER_JOULE + " One lane per region and hardware.",
                    "output_tokens_per_joule",
                    Scale.of(Unit.TOKENS_PER_JOULE, 2)),
                heat(
                    21,
                    "Running requests per engine",
                    """
                    Running requests × ms ÷ ms that engines were read, by their own gauges. Efficiency rises with the batch: \
                    compare lanes only where this is alike.""",
                    "running_per_engine",
                    Scale.of(Unit.COUNT, 1))),
            Row.open(300, "At equal load", comparison()),
            Row.collapsed(
                400,
                "More over time",
                Trends.watts(40, "region"),
                Trends.outputTokens(41, "region"),
                throttled(),
                Trends.coverage(43, "region"))));
  }

  private static Table matrix(
      int id, String title, String says, String column, String view, Scale scale) {
    return Table.matrix(
        Head.of(id, title, says + " Colour: viridis, bright is high.").size(8, 8),
        Query.rows(
            "SELECT region, hardware, %1$s AS value\nFROM %2$s\nWHERE %1$s IS NOT NULL\nORDER BY region, hardware"
                .formatted(column, Ask.whole(view, "region", "hardware"))),
        MATRIX,
        scale);
  }

  private static Heatmap heat(int id, String title, String says, String column, Scale scale) {
    return new Heatmap(
        Head.of(id, title, says).size(12, 9).step(Trends.ENERGY_STEP_S),
        Query.series(
            """
            SELECT time, concat(region, ' · ', hardware) AS lane, %1$s
            FROM %2$s
            WHERE %1$s IS NOT NULL
            ORDER BY time, lane"""
                .formatted(column, Ask.stepped("efficiency_stepped", "region", "hardware"))),
        scale,
        "${__field.labels.lane}");
  }

  private static TimeSeries throttled() {
    return Trends.efficiency(
        Head.of(
            42,
            "Slowed by power or temperature, by hardware",
            "Time slowed, by the driver's counters, ÷ board time. Such boards make fewer tokens of nearly as many joules."),
        "throttled_share",
        "hardware",
        Scale.share());
  }

  private static Table comparison() {
    return Table.of(
        Head.of(
                30,
                "The same work on each hardware, at the highest load that kept its SLO",
                """
                View `hardware_comparison`: same model, precision and mix of prompt and answer lengths (within a factor of \
                two); hours read for 0.9 of their time. Saving: against the hardware that makes most of the mix's tokens, with \
                a 95 % interval. A dash = not known, the reason stands beside it: `few_hours` until an hour of such load \
                was seen. For contracts ask longer: `./tokenwatt report hardware`.""")
            .size(24, 10)
            .link(Link.to("Pipeline health", Uids.PIPELINE)),
        Query.rows(
            """
            SELECT
                model, hardware, output_tokens_per_joule, usd_per_mtok_output,
                usd_saving_share, usd_saving_share_low, usd_saving_share_high,
                running_per_engine_from, slo_attainment, hours, requests, tokens_share_of_mix,
                if(null_reason != '', null_reason, usd_saving_null_reason) AS unknown_because
            FROM hardware_comparison(since = $__fromTime, until = $__toTime, min_hours = 1, min_requests = 100)
            WHERE %s
              AND %s
            ORDER BY model, requests DESC
            LIMIT 200"""
                .formatted(Ask.chosen("hardware", "hardware"), Ask.chosen("model", "model"))),
        Column.text("model", "Model")
            .link(Link.to("This model", Uids.MODEL).row("model", "model"))
            .wide(200),
        Column.text("hardware", "Hardware"),
        Column.number("output_tokens_per_joule", "tok/J", Scale.of(Unit.NONE, 2)).bars(),
        Column.number("usd_per_mtok_output", "$/Mtok", Scale.of(Unit.NONE, 3)),
        Column.number("usd_saving_share", "saves", Scale.of(Unit.SHARE, 1)),
        Column.number("usd_saving_share_low", "at least", Scale.of(Unit.SHARE, 1)),
        Column.number("usd_saving_share_high", "at most", Scale.of(Unit.SHARE, 1)),
        Column.number("running_per_engine_from", "running/engine", Scale.of(Unit.NONE, 1)),
        Column.number("slo_attainment", "SLO kept", Scale.share()),
        Column.number("hours", "hours", Scale.of(Unit.NONE, 0)),
        Column.number("requests", "requests", Scale.of(Unit.COUNT)),
        Column.number("tokens_share_of_mix", "of the mix", Scale.share()),
        Column.text("unknown_because", "Not known because").wide(160));
  }
}
