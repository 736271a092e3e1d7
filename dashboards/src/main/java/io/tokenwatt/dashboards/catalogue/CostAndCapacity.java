package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Color;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.SeriesStyle;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.TimeSeries.Drawing;
import io.tokenwatt.dashboards.source.Unit;
import java.util.List;

/**
 * What tokens cost, what is paid for nothing, what would change it: before a contract is signed.
 */
final class CostAndCapacity {
  private CostAndCapacity() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Uids.COST,
        "Tokenwatt: cost and capacity",
        "Dollars per million tokens on each basis, what idle boards cost, the last 30 days' bill, what other hardware or providers would cost, and how much power is left.",
        "now-24h",
        Common.VARIABLES,
        Common.ANNOTATIONS,
        List.of(
            verdict(),
            trends(),
            CapacityPanels.idle(),
            CapacityPanels.audit(),
            CapacityPanels.whatIf(),
            CapacityPanels.power()));
  }

  private static Row verdict() {
    return Row.open(
        100,
        "Verdict over the time range",
        cost(
            1,
            "Active cost of output",
            "Dollars of busy board time ÷ million output tokens, at the price in force at each hour. Unknown where a price is missing or boards or engines were read for less than 0.9 of the time.",
            "usd_per_mtok_output_active",
            Unit.DOLLARS_PER_MTOK),
        cost(
            2,
            "All-in cost of output",
            "As active, plus the workload's own idle time, plus its share of boards that nobody holds in the same cluster and hardware.",
            "usd_per_mtok_output_all_in",
            Unit.DOLLARS_PER_MTOK),
        cost(
            3,
            "Spent on boards",
            "Dollars of all board time that was read, idle and unallocated included; energy on top where it is billed so. Not in it: contracts for boards not seen (see the bill).",
            "usd_held",
            Unit.DOLLARS),
        efficiency(
            4,
            "Joules per request",
            "Σ GPU joules ÷ Σ finished requests of generating engines, over the same node-intervals. Read it beside tokens per joule: longer answers flatter that.",
            "joules_per_request",
            Unit.JOULES_PER_REQUEST),
        efficiency(
            5,
            "Output tokens per joule",
            "Σ output tokens ÷ Σ GPU joules over the same node-intervals.",
            "output_tokens_per_joule",
            Unit.TOKENS_PER_JOULE),
        new Stat(
            Head.of(
                    6,
                    "At EXAMPLE prices",
                    "Board time whose price is made up for demonstration; no dollar here is yours while it is above zero. Load yours: ./tokenwatt prices load.")
                .size(4, 4),
            Query.rows(
                "SELECT if(count() = 0, NULL, sumIf(gpu_h, example_prices)) AS gpu_h FROM "
                    + Ask.whole(
                        "cost_stepped", "region", "hardware", "provider", "purchase_option")),
            Scale.of(Unit.GPU_HOURS, 1)));
  }

  private static Stat cost(int id, String title, String says, String column, Unit unit) {
    return stat(id, title, says, column, "cost_stepped", unit);
  }

  private static Stat efficiency(int id, String title, String says, String column, Unit unit) {
    return stat(id, title, says, column, "efficiency_stepped", unit);
  }

  private static Stat stat(
      int id, String title, String says, String column, String view, Unit unit) {
    return new Stat(
        Head.of(id, title, says).size(4, 4),
        Query.rows("SELECT " + column + " FROM " + Ask.whole(view)),
        Scale.of(unit, 2));
  }

  private static Row trends() {
    return Row.open(
        200,
        "Trends",
        TimeSeries.lines(
                Head.of(
                    20,
                    "Cost of a million output tokens: active and all-in",
                    "Ratios of sums per step, of all that is chosen. The distance between the lines is idle and unallocated time."),
                Query.series(
                    "SELECT time, usd_per_mtok_output_active AS active, usd_per_mtok_output_all_in AS all_in FROM "
                        + Ask.stepped("cost_stepped")
                        + "\nORDER BY time"),
                Scale.of(Unit.DOLLARS_PER_MTOK))
            .styled(
                SeriesStyle.solid("active", Color.BLUE), SeriesStyle.solid("all_in", Color.ORANGE)),
        TimeSeries.lines(
            Head.of(
                21,
                "All-in cost of a million output tokens, by hardware",
                "usd_per_mtok_output_all_in of each hardware and step. Different hardware serves different models and mixes: for like with like see what-if."),
            Query.series(
                "SELECT time, hardware, usd_per_mtok_output_all_in FROM "
                    + Ask.stepped("cost_stepped", "hardware")
                    + "\nORDER BY time, hardware"),
            Scale.of(Unit.DOLLARS_PER_MTOK),
            "hardware"),
        TimeSeries.lines(
            Head.of(
                22,
                "Joules per request, by model",
                "Σ GPU joules ÷ Σ finished requests of each model and step."),
            Query.series(
                "SELECT time, model, joules_per_request FROM "
                    + Ask.stepped("efficiency_stepped", "model")
                    + "\nWHERE model != ''\nORDER BY time, model"),
            Scale.of(Unit.JOULES_PER_REQUEST),
            "model"),
        TimeSeries.lines(
            Head.of(
                23,
                "Output tokens per joule, by model",
                "Σ output tokens ÷ Σ GPU joules of each model and step: beside joules per request, for longer answers raise this and that alike."),
            Query.series(
                "SELECT time, model, output_tokens_per_joule FROM "
                    + Ask.stepped("efficiency_stepped", "model")
                    + "\nWHERE model != ''\nORDER BY time, model"),
            Scale.of(Unit.TOKENS_PER_JOULE),
            "model"),
        TimeSeries.lines(
                Head.of(
                        24,
                        "What board time was used for",
                        "Board hours per step: busy; loaded and idle; held by nobody; held, activity not observed. Sums to the board time that was read.")
                    .size(24, 8),
                Query.series(
                    """
                    SELECT time, busy_share * gpu_h AS busy, loaded_idle_share * gpu_h AS loaded_idle,
                        unallocated_share * gpu_h AS unallocated, unknown_share * gpu_h AS unknown
                    FROM %s
                    ORDER BY time"""
                        .formatted(Ask.stepped("efficiency_stepped"))),
                Scale.of(Unit.GPU_HOURS))
            .drawn(Drawing.STACKED)
            .styled(
                SeriesStyle.solid("busy", Color.BLUE),
                SeriesStyle.solid("loaded_idle", Color.ORANGE),
                SeriesStyle.solid("unallocated", Color.VERMILION),
                SeriesStyle.solid("unknown", Color.GREY)));
  }
}
