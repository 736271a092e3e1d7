package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.Thresholds;
import io.tokenwatt.dashboards.source.Unit;

/** Who is behind what is missing. */
final class PipelineTables {
  private PipelineTables() {}

  static Table rejects(int id) {
    return Table.of(
        Head.of(
            id,
            "Rejects by reason",
            """
            Records that were not counted, of node samples and request events, with the newest example of each reason (table \
            `rejects`; payloads are not shown here). Nothing in this table is the normal state."""),
        Query.rows(
            """
            SELECT
                reason, topic, count() AS records, uniqExact(node) AS nodes, max(time) AS newest,
                argMax(node, time) AS example_node, argMax(detail, time) AS example
            FROM rejects FINAL
            WHERE time >= $__fromTime AND time < $__toTime
            GROUP BY reason, topic
            ORDER BY records DESC
            LIMIT 50"""),
        Column.text("reason", "Reason"),
        Column.text("topic", "Topic"),
        Column.number("records", "Records", Scale.of(Unit.COUNT)).wide(80),
        Column.number("nodes", "Nodes", Scale.of(Unit.COUNT)).wide(70),
        Column.text("newest", "Newest").wide(160),
        Column.text("example_node", "Node of it"),
        Column.text("example", "What was wrong"));
  }

  static Table leastCovered(int id) {
    return Table.of(
        Head.of(
            id,
            "Boards that were read least",
            """
            Observed ÷ expected time of each board, the worst first; from minutes, as far as they are made. Look at the node's \
            GPU exporter, then at the agent's timeout."""),
        Query.rows(
            """
            SELECT
                node, gpu_index, any(g.hardware) AS hardware, any(g.region) AS region,
                sum(g.observed_ms) / nullIf(sum(g.expected_ms), 0) AS coverage,
                (sum(g.expected_ms) - sum(g.observed_ms)) / 1000 AS unread_s
            FROM gpu_1m AS g FINAL
            WHERE window_start >= $__fromTime AND window_start < $__toTime
              AND %s
              AND %s
              AND %s
            GROUP BY node, gpu_index
            ORDER BY coverage, node, gpu_index
            LIMIT 20"""
                .formatted(
                    Ask.chosen("region", "g.region"),
                    Ask.chosen("cluster", "g.cluster"),
                    Ask.chosen("hardware", "g.hardware"))),
        Column.text("node", "Node"),
        Column.number("gpu_index", "GPU", Scale.of(Unit.NONE, 0)).wide(60),
        Column.text("hardware", "Hardware"),
        Column.text("region", "Region"),
        Column.number(
            "coverage", "Coverage", Scale.share().judged(Thresholds.highIsGood(0.9, 0.99))),
        Column.number("unread_s", "Not read", Scale.of(Unit.SECONDS)));
  }

  static Table quality(int id) {
    return Table.of(
        Head.of(
                id,
                "Quality flags",
                """
                What happened to some of the readings of the range: gap, reset, integrated_power, clock_skew, source_period, \
                partial_scrape and others, explained in ARCHITECTURE.md and by each column's comment. doubted: part of the joules \
                whose counter contradicts the power readings; above 5 % ratios are not shown.""")
            .size(8, 9),
        Query.rows(
            """
            SELECT region, hardware, doubted_share, arrayStringConcat(quality, ', ') AS flags
            FROM %s
            ORDER BY region, hardware"""
                .formatted(Ask.whole("efficiency_stepped", "region", "hardware"))),
        Column.text("region", "Region"),
        Column.text("hardware", "Hardware"),
        Column.number(
            "doubted_share", "doubted", Scale.share().judged(Thresholds.lowIsGood(0.01, 0.05))),
        Column.text("flags", "Flags"));
  }

  static Table rollups(int id) {
    return Table.of(
        Head.of(
                id,
                "Rollups: how far they are made",
                """
                Start of the newest window of each table, now. Minutes are made every minute, of boards and engines every five; \
                hours from them. Panels take what is not rolled up yet from the finer table, so a lag costs time, not truth.""")
            .size(8, 9),
        Query.rows(
            """
            SELECT tables.1 AS table_name, tables.2 AS newest, toUnixTimestamp(tables.2) * 1000 AS age
            FROM
            (
                SELECT arrayJoin([
                    ('efficiency_10s', (SELECT max(window_start) FROM efficiency_10s)),
                    ('efficiency_1m', (SELECT max(window_start) FROM efficiency_1m)),
                    ('efficiency_1h', (SELECT max(window_start) FROM efficiency_1h)),
                    ('latency_1m', (SELECT max(window_start) FROM latency_1m)),
                    ('latency_1h', (SELECT max(window_start) FROM latency_1h)),
                    ('request_1m', (SELECT max(window_start) FROM request_1m)),
                    ('gpu_1m', (SELECT max(window_start) FROM gpu_1m)),
                    ('engine_1m', (SELECT max(window_start) FROM engine_1m)),
                    ('node_1m', (SELECT max(window_start) FROM node_1m))]) AS tables
            )"""),
        Column.text("table_name", "Table"),
        Column.text("newest", "Newest window"),
        Column.number("age", "began", Scale.of(Unit.SINCE).free()));
  }
}
