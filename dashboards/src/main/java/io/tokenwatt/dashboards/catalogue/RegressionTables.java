package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Link;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.Unit;

/** Regressions and changes, row by row. */
final class RegressionTables {
  private static final Scale SHARE = Scale.share().free();

  private RegressionTables() {}

  static Row open() {
    return Row.open(
        200,
        "Open regressions",
        Table.of(
            Head.of(
                    20,
                    "Open now, the dearest first",
                    "Size: observed ÷ expected at the same load − 1 since it started, with its 95 % interval. Suspects: each with its evidence, the likeliest first; empty or unknown: nothing that changed explains it. Nodes that show it most. More: ./tokenwatt regressions show ID.")
                .size(24, 9),
            Query.rows(
                """
                SELECT regression, toUnixTimestamp(started) * 1000 AS since, region, hardware, model, workload, measure, size, size_low, size_high,
                    usd_per_day, kwh_per_day, cause, arrayStringConcat(suspects, '\\n') AS suspects, arrayStringConcat(arraySlice(nodes, 1, 5), ', ') AS nodes
                FROM regressions_open
                WHERE %s
                LIMIT 200"""
                    .formatted(Regressions.CHOSEN)),
            Column.text("regression", "ID").wide(90),
            Column.number("since", "Since", Scale.of(Unit.SINCE).free()),
            Column.text("region", "region")
                .link(Link.to("This region's fleet", Uids.FLEET).row("region", "region")),
            Column.text("hardware", "Hardware")
                .link(
                    Link.to("Boards of this hardware", Uids.NODE)
                        .row("region", "region")
                        .row("hardware", "hardware")),
            Column.text("model", "Model"),
            Column.text("workload", "Workload"),
            Column.text("measure", "Measure"),
            Column.number("size", "Worse by", SHARE),
            Column.number("size_low", "at least", SHARE),
            Column.number("size_high", "at most", SHARE),
            Column.number("usd_per_day", "Costs", Scale.of(Unit.DOLLARS_PER_DAY, 2)).bars(),
            Column.number("kwh_per_day", "kWh/day", Scale.of(Unit.KILOWATT_HOURS)),
            Column.text("cause", "First cause"),
            Column.text("suspects", "Suspects").wide(320),
            Column.text("nodes", "Nodes")));
  }

  static Table history() {
    return Table.of(
        Head.of(
                32,
                "Begun or ended in the time range, the newest first",
                "How it ended: recovered, accepted (a person says its level is normal now, with the reason), gone (the series is no more); open = goes on.")
            .size(24, 8),
        Query.rows(
            """
            SELECT regression, toUnixTimestamp(started) * 1000 AS since, toUnixTimestamp(closed) * 1000 AS ended,
                dateDiff('second', started, ifNull(closed, now())) / 3600 AS lasted_h, if(closed IS NULL, 'open', toString(close_reason)) AS outcome, note,
                region, hardware, model, workload, measure, size, usd_per_day, cause
            FROM regressions FINAL
            WHERE started <= $__toTime AND ifNull(closed, now()) >= $__fromTime AND %s
            ORDER BY started DESC
            LIMIT 200"""
                .formatted(Regressions.CHOSEN)),
        Column.text("regression", "ID").wide(90),
        Column.number("since", "Since", Scale.of(Unit.TIME).free()),
        Column.number("ended", "Ended", Scale.of(Unit.TIME).free()),
        Column.number("lasted_h", "Lasted", Scale.of(Unit.HOURS)),
        Column.text("outcome", "How it ended"),
        Column.text("note", "Why accepted"),
        Column.text("region", "region"),
        Column.text("hardware", "Hardware"),
        Column.text("model", "Model"),
        Column.text("workload", "Workload"),
        Column.text("measure", "Measure"),
        Column.number("size", "Worse by", SHARE),
        Column.number("usd_per_day", "Cost", Scale.of(Unit.DOLLARS_PER_DAY, 2)),
        Column.text("cause", "First cause"));
  }

  static Row changes() {
    return Row.open(
        400,
        "What was changed",
        Table.of(
            Head.of(
                    40,
                    "Deployments, drivers, limits and what people told, the newest first",
                    "A rollout over many nodes is one row. told: a person or a CI job said so; detected: seen in the telemetry; first_seen: what ran when a node was first seen, no change.")
                .size(24, 8),
            Query.rows(
                """
                SELECT toUnixTimestamp(first_time) * 1000 AS at, kind, arrayStringConcat(origins, ', ') AS origin, region, cluster, workload, nodes, hardware,
                    model, engine_version, driver, power_limit_w, if(title != '', title, changed) AS what, link
                FROM deployments_by_time
                WHERE first_time >= $__fromTime AND first_time <= $__toTime AND %s AND %s
                ORDER BY first_time DESC
                LIMIT 200"""
                    .formatted(Ask.chosen("region", "region"), Ask.chosen("cluster", "cluster"))),
            Column.number("at", "At", Scale.of(Unit.TIME).free()),
            Column.text("kind", "Kind"),
            Column.text("origin", "Known from"),
            Column.text("region", "region"),
            Column.text("cluster", "Cluster"),
            Column.text("workload", "Workload"),
            Column.number("nodes", "Nodes", Scale.of(Unit.NODES)),
            Column.text("hardware", "Hardware"),
            Column.text("model", "Model"),
            Column.text("engine_version", "Engine version"),
            Column.text("driver", "Driver"),
            Column.number("power_limit_w", "Power limit", Scale.of(Unit.WATTS)),
            Column.text("what", "What").wide(260),
            Column.text("link", "Link")));
  }
}
