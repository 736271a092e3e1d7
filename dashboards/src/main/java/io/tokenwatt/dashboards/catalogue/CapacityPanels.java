package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.BarGauge;
import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.TimeSeries.Drawing;
import io.tokenwatt.dashboards.source.Unit;

/** The reports of capacity teams as panels: the same views as ./tokenwatt report. */
final class CapacityPanels {
  private static final String RANGE = "(since = $__fromTime, until = $__toTime)";
  private static final String MONTH = "(since = $__toTime - INTERVAL 30 DAY, until = $__toTime)";
  private static final String CHOSEN_BOARDS =
      "%s AND %s AND %s"
          .formatted(
              Ask.chosen("region", "region"),
              Ask.chosen("cluster", "cluster"),
              Ask.chosen("hardware", "hardware"));

  private CapacityPanels() {}

  static Row idle() {
    return Row.open(
        300,
        "Idle waste (report idle)",
        new BarGauge(
            Head.of(
                30,
                "Board time that made nothing, by cause",
                "Board hours over the range. loaded_idle: an engine loaded, nothing to do. unallocated: nobody holds the board. training_idle: hours of training below 1 % activity."),
            Query.rows(
                "SELECT cause, sum(gpu_h) AS gpu_h FROM idle_waste"
                    + RANGE
                    + "\nWHERE waste AND "
                    + CHOSEN_BOARDS
                    + "\nGROUP BY cause\nORDER BY gpu_h DESC"),
            Scale.of(Unit.GPU_HOURS)),
        Table.of(
            Head.of(
                31,
                "All board time by cause",
                "The causes add up to all board time; over_provisioned is an upper bound, throttled is part of busy. Cost is unknown if a part has no price."),
            Query.rows(
                """
                SELECT cause, if(waste, 'waste', '') AS counts_as, cluster, hardware, sum(gpu_h) AS gpu_h,
                    if(countIf(kwh IS NULL) > 0, NULL, sum(kwh)) AS kwh, if(countIf(usd IS NULL) > 0, NULL, sum(usd)) AS usd, max(usd_null_reason) AS why_no_cost
                FROM idle_waste%s
                WHERE %s
                GROUP BY cause, waste, cluster, hardware
                ORDER BY waste DESC, usd DESC, gpu_h DESC
                LIMIT 200"""
                    .formatted(RANGE, CHOSEN_BOARDS)),
            Column.text("cause", "Cause"),
            Column.text("counts_as", "Counts as"),
            Column.text("cluster", "Cluster"),
            Column.text("hardware", "Hardware"),
            number("gpu_h", "Board time", Unit.GPU_HOURS).bars(),
            number("kwh", "Energy", Unit.KILOWATT_HOURS),
            number("usd", "Cost", Unit.DOLLARS),
            Column.text("why_no_cost", "Cost unknown: why")));
  }

  static Row audit() {
    String lines = "cost_audit" + MONTH + "\nWHERE " + Ask.chosen("region", "region");
    return Row.open(
        400,
        "The bill of the 30 days up to the end of the range (report cost-audit)",
        TimeSeries.lines(
                Head.of(
                    40,
                    "Cost by day and use",
                    "The known part of each day: training, inference, batch, idle, contracts for boards not seen, tokens bought. UTC days; nothing is extrapolated. Always 30 days, whatever the range."),
                Query.series(
                    "SELECT toDateTime(day, 'UTC') AS time, use, sum(usd_known) AS usd FROM "
                        + lines
                        + "\nGROUP BY time, use\nORDER BY time, use"),
                Scale.of(Unit.DOLLARS),
                "use")
            .drawn(Drawing.BARS),
        Table.of(
            Head.of(
                41,
                "Cost by use, owner and region",
                "Cost is unknown as soon as a part of it is; the known part is beside it. EXAMPLE: a price behind it is made up for demonstration."),
            Query.rows(
                """
                SELECT use, owner, region, sum(gpu_h) AS gpu_h, if(countIf(usd IS NULL) > 0, NULL, sum(usd)) AS usd, sum(usd_known) AS usd_known,
                    max(usd_null_reason) AS why_unknown, if(max(example_prices), 'EXAMPLE', '') AS prices
                FROM %s
                GROUP BY use, owner, region
                ORDER BY usd_known DESC
                LIMIT 200"""
                    .formatted(lines)),
            Column.text("use", "Use"),
            Column.text("owner", "Owner"),
            Column.text("region", "Region"),
            number("gpu_h", "Board time", Unit.GPU_HOURS),
            number("usd", "Cost", Unit.DOLLARS),
            number("usd_known", "Known part", Unit.DOLLARS).bars(),
            Column.text("why_unknown", "Cost unknown: why"),
            Column.text("prices", "Prices")));
  }

  static Row whatIf() {
    return Row.open(
        500,
        "What if (reports hardware, benchmark), of the range",
        Table.of(
            Head.of(
                    50,
                    "The same work on other hardware",
                    "Same model, precision and mix of prompts and answers, each hardware at the highest load that kept its SLO (20 h and 1,000 requests at least). Saving: against the hardware that does most of it, with its 95 % interval. Why not: the evidence that is missing.")
                .size(24, 8),
            Query.rows(
                """
                SELECT model, hardware, baseline_hardware, hours, requests, slo_attainment, output_tokens_per_joule, usd_per_mtok_output,
                    usd_saving_share, usd_saving_share_low, usd_saving_share_high, replicas_needed, gpus_needed,
                    if(null_reason != '', null_reason, saving_null_reason) AS why_not
                FROM hardware_comparison(since = $__fromTime, until = $__toTime, min_hours = 20, min_requests = 1000)
                WHERE %s AND %s
                ORDER BY model, tokens_share_of_mix DESC
                LIMIT 200"""
                    .formatted(Ask.chosen("hardware", "hardware"), Ask.chosen("model", "model"))),
            Column.text("model", "Model"),
            Column.text("hardware", "Hardware"),
            Column.text("baseline_hardware", "Against"),
            number("hours", "Evidence", Unit.HOURS),
            number("requests", "Requests", Unit.COUNT),
            share("slo_attainment", "SLO kept"),
            number("output_tokens_per_joule", "Per energy", Unit.TOKENS_PER_JOULE),
            number("usd_per_mtok_output", "Cost of output", Unit.DOLLARS_PER_MTOK),
            share("usd_saving_share", "Saves"),
            share("usd_saving_share_low", "at least"),
            share("usd_saving_share_high", "at most"),
            number("replicas_needed", "Replicas", Unit.COUNT),
            number("gpus_needed", "Boards", Unit.GPUS),
            Column.text("why_not", "Why not")),
        Table.of(
            Head.of(
                    51,
                    "The same tokens bought from providers",
                    "Tokens of the range at each provider's tariff in force then, against own all-in cost. Break-even: the busy share of own boards at which both cost the same.")
                .size(24, 8),
            Query.rows(
                """
                SELECT model, provider, offer, usd_per_mtok_own, usd_per_mtok_provider, usd_own, usd_provider, usd_own_minus_provider, busy_share,
                    break_even_busy_share, break_even_null_reason AS why_not, if(example, 'EXAMPLE', '') AS prices
                FROM price_benchmark%s
                WHERE %s
                ORDER BY model, usd_per_mtok_provider
                LIMIT 200"""
                    .formatted(RANGE, Ask.chosen("model", "model"))),
            Column.text("model", "Model"),
            Column.text("provider", "Provider"),
            Column.text("offer", "Offer"),
            number("usd_per_mtok_own", "Own, all-in", Unit.DOLLARS_PER_MTOK),
            number("usd_per_mtok_provider", "Provider", Unit.DOLLARS_PER_MTOK),
            number("usd_own", "Own", Unit.DOLLARS),
            number("usd_provider", "Provider, same tokens", Unit.DOLLARS),
            Column.number(
                "usd_own_minus_provider", "Own − provider", Scale.of(Unit.DOLLARS).free()),
            share("busy_share", "Busy"),
            share("break_even_busy_share", "Break-even at busy"),
            Column.text("why_not", "Why not"),
            Column.text("prices", "Prices")));
  }

  static Row power() {
    return Row.open(
        600,
        "Power headroom (report power-headroom), of the range",
        Table.of(
            Head.of(
                    60,
                    "Limits, what was drawn, what is left",
                    "P99 and peak of watts drawn at the same time by all nodes of a scope (rack, feed, site, fleet), machines included; not the sum of their peaks. Left over P99: limit − P99. Extra tokens: what those watts would make at the scope's present tokens per joule. Why unknown: no limit, nodes not seen, coverage.")
                .size(24, 9),
            Query.rows(
                """
                SELECT scope, site, name, nodes_read, nodes_declared, limit_watts, p99_node_watts, peak_node_watts, stranded_watts, headroom_watts,
                    extra_output_tokens_per_s, node_watts_basis, extra_tokens_null_reason AS why_unknown, node_coverage
                FROM power_headroom(since = $__fromTime, until = $__toTime, window_s = 60)
                ORDER BY stranded_watts ASC NULLS LAST, scope, site, name
                LIMIT 200"""),
            Column.text("scope", "Scope"),
            Column.text("site", "Site"),
            Column.text("name", "Name"),
            number("nodes_read", "Nodes read", Unit.NODES),
            number("nodes_declared", "declared", Unit.NODES),
            number("limit_watts", "Limit", Unit.WATTS),
            number("p99_node_watts", "P99 drawn", Unit.WATTS),
            number("peak_node_watts", "Peak", Unit.WATTS),
            Column.number("stranded_watts", "Left over P99", Scale.of(Unit.WATTS).free()),
            Column.number("headroom_watts", "Left over peak", Scale.of(Unit.WATTS).free()),
            number("extra_output_tokens_per_s", "Extra tokens", Unit.TOKENS_PER_S),
            Column.text("node_watts_basis", "Watts are"),
            Column.text("why_unknown", "Why unknown"),
            share("node_coverage", "Coverage")));
  }

  private static Column number(String name, String title, Unit unit) {
    return Column.number(name, title, Scale.of(unit));
  }

  private static Column share(String name, String title) {
    return Column.number(name, title, Scale.share().free());
  }
}
