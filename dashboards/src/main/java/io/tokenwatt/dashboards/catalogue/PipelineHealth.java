package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.BarGauge;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.Thresholds;
import io.tokenwatt.dashboards.source.Unit;
import java.util.List;

/** Is the telemetry complete, fresh and believable. */
final class PipelineHealth {
  private PipelineHealth() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Uids.PIPELINE,
        "Tokenwatt: pipeline health",
        """
        Whether what the other dashboards say can be relied on: how much was read, how fresh it is, what was not counted and \
        why, and whether the books balance.""",
        "now-6h",
        Common.VARIABLES,
        Common.ANNOTATIONS,
        List.of(
            Row.open(
                100,
                "Verdict over the whole time range",
                Verdicts.dataUpTo(1),
                Verdicts.coverage(2),
                tokenCoverage(),
                measured(),
                uncounted(),
                silentNodes()),
            Row.open(
                200,
                "Complete and fresh",
                Trends.coverage(20, "region"),
                Trends.efficiency(
                    Head.of(
                        21,
                        "Token coverage, by region",
                        "Observed ÷ expected engine time: engines whose tokens should have been read."),
                    "token_coverage",
                    "region",
                    Scale.share()),
                PipelineTrends.delay(22),
                PipelineTrends.nodes(23)),
            Row.open(
                300,
                "Not counted, and why",
                PipelineTrends.records(30),
                PipelineTrends.requests(31),
                PipelineTables.rejects(32),
                PipelineTables.leastCovered(33)),
            Row.open(400, "Do the books balance", Identities.table(40)),
            Row.collapsed(
                500,
                "Quality, rollups, detector",
                PipelineTables.quality(50),
                PipelineTables.rollups(51),
                judged())));
  }

  private static Stat tokenCoverage() {
    return Verdicts.of(
        Head.of(
            3,
            "Token coverage",
            "Observed ÷ expected engine time. Vermilion below 0.9: dollars per token are not shown then."),
        "SELECT token_coverage FROM " + Ask.whole("efficiency_stepped"),
        Scale.share().judged(Thresholds.highIsGood(0.9, 0.99)));
  }

  private static Stat measured() {
    return Verdicts.of(
        Head.of(
            4,
            "Measured share of energy",
            """
            Joules by counter whose owner was told alone or by read activity ÷ all joules. The rest was integrated from power, \
            or shared equally, by size or by tokens."""),
        "SELECT measured_share FROM " + Ask.whole("efficiency_stepped"),
        Scale.share());
  }

  private static Stat uncounted() {
    return Verdicts.of(
        Head.of(
            5,
            "Records not counted",
            """
            Node records that were rejected, late or from two agents under one node id, of the chosen regions and clusters. \
            None of these happen in normal operation; duplicates do and are harmless. Alert: `records-rejected`."""),
        """
        SELECT sumIf(records, outcome IN ('rejected', 'late', 'two_agents'))
        FROM intake_10s FINAL
        WHERE window_start >= $__fromTime AND window_start < $__toTime
          AND %s
          AND %s"""
            .formatted(Ask.chosen("region", "region"), Ask.chosen("cluster", "cluster")),
        Scale.of(Unit.RECORDS, 0).judged(Thresholds.zeroIsGood()));
  }

  private static Stat silentNodes() {
    return Verdicts.of(
        Head.of(
            6,
            "Silent nodes",
            """
            Nodes that were counted in the time range and not in its last two minutes. Nodes that were taken out count too, \
            until they leave the range. Alert: `telemetry-stale` pages if it is more than half of a cluster."""),
        """
        SELECT countIf(newest < $__toTime - INTERVAL 130 SECOND)
        FROM
        (
            SELECT node, max(window_start) AS newest
            FROM intake_10s
            WHERE outcome = 'counted' AND window_start >= $__fromTime AND window_start < $__toTime
              AND %s
              AND %s
            GROUP BY node
        )"""
            .formatted(Ask.chosen("region", "region"), Ask.chosen("cluster", "cluster")),
        Scale.of(Unit.NODES, 0));
  }

  private static BarGauge judged() {
    return new BarGauge(
        Head.of(
                52,
                "What the regression detector did with the windows",
                """
                Windows by outcome, one count per measure of a series (table `judged_windows`). Without it silence could mean \
                that all is well or that nothing was looked at. outside_experience: the load was never like this.""")
            .size(8, 9),
        Query.rows(
            """
            SELECT outcome, sum(measures) AS windows
            FROM judged_windows FINAL
            WHERE hour >= toStartOfHour($__fromTime) AND hour < $__toTime AND %s
            GROUP BY outcome
            ORDER BY windows DESC"""
                .formatted(Ask.chosen("region", "region"))),
        Scale.of(Unit.COUNT));
  }
}
