package io.tokenwatt.storage.report;

import java.util.List;

/** Report {@code power-headroom}: what more would fit under the power that is there. */
final class PowerHeadroom {
  private static final String ROWS =
      """
      SELECT
          scope, site, name, limit_watts, if(limit_watts IS NULL, 'no_limit', '') AS limit_null_reason,
          p99_node_watts, peak_node_watts, node_watts_null_reason, node_watts_basis, node_coverage,
          stranded_watts, stranded_watts_null_reason,
          p99_gpu_watts, gpu_watts_null_reason,
          nodes_read,
          output_tokens_per_s, output_tokens_per_s_per_mw_node, tokens_null_reason,
          extra_output_tokens_per_s, extra_tokens_null_reason
      FROM power_headroom(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}, window_s = {window_s:UInt32})
      ORDER BY indexOf(['fleet', 'site', 'feed', 'rack'], scope), site, name
      """;

  static final Report REPORT =
      Report.of(
              "power-headroom",
              "How much power is drawn at once, how much is left under the limits, and how many"
                  + " more tokens would fit?",
              ROWS,
              List.of(
                  ReportColumn.text("scope", "scope"),
                  ReportColumn.text("site", "site"),
                  ReportColumn.text("name", "name"),
                  ReportColumn.of("nodes_read", "nodes", Unit.COUNT),
                  ReportColumn.of("limit_watts", "limit", Unit.WATTS).because("limit_null_reason"),
                  ReportColumn.of("p99_node_watts", "P99, nodes", Unit.WATTS)
                      .because("node_watts_null_reason"),
                  ReportColumn.of("peak_node_watts", "peak, nodes", Unit.WATTS)
                      .because("node_watts_null_reason"),
                  ReportColumn.text("node_watts_basis", "basis"),
                  ReportColumn.of("node_coverage", "windows known", Unit.PERCENT),
                  ReportColumn.of("stranded_watts", "stranded", Unit.WATTS)
                      .because("stranded_watts_null_reason"),
                  ReportColumn.of("p99_gpu_watts", "P99, boards only", Unit.WATTS)
                      .because("gpu_watts_null_reason"),
                  ReportColumn.of("output_tokens_per_s", "output", Unit.TOKENS_PER_S)
                      .because("tokens_null_reason"),
                  ReportColumn.of(
                          "output_tokens_per_s_per_mw_node",
                          "per power of nodes",
                          Unit.TOKENS_PER_S_PER_MW)
                      .because("tokens_null_reason"),
                  ReportColumn.of("extra_output_tokens_per_s", "would fit", Unit.TOKENS_PER_S)
                      .because("extra_tokens_null_reason")))
          .with(
              new Parameter(
                  "window_s", "UInt32", "60", "seconds that watts are averaged over; 10 or n x 60"))
          .explaining("no_limit", "no entry in power_budgets, and no sites.power_limit_kw")
          .explaining("unseen_nodes", "fewer nodes are read than power_budgets says stand there")
          .explaining(
              "no_node_power",
              "nodes have neither a power meter nor a node class; boards alone are no node")
          .explaining("coverage", "in more than a tenth of the windows a node was not wholly read")
          .explaining(
              "source_period", "a meter refreshes more slowly than window_s; set a longer one")
          .explaining("no_tokens", "no engine was read there, or none for 0.9 of its time")
          .explaining(
              "engine_over_nodes",
              "an engine runs over several nodes: its tokens and its power may lie apart")
          .remarking(
              "Watts of all nodes are added per window first; P99 and peak are of that sum."
                  + " stranded = limit - P99; below 0 = over the limit.")
          .remarking(
              "would fit: stranded power x this scope's own output tokens per joule, idle power"
                  + " included. basis modelled or mixed: from the node class, not from a meter.");

  private PowerHeadroom() {}
}
