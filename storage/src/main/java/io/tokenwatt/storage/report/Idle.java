package io.tokenwatt.storage.report;

import java.util.List;

/** Report {@code idle}: what boards cost and draw while they make nothing. */
final class Idle {
  private static final String VIEW =
      "idle_waste(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')})";

  /** by=cause adds up what the view tells per workload; a part without a price leaves no sum. */
  private static final String ROWS =
      """
      SELECT
          i.waste AS waste, i.cause AS cause,
          if({by:String} = 'cause', '', i.region) AS region,
          if({by:String} = 'cause', '', i.cluster) AS cluster,
          if({by:String} = 'cause', '', i.hardware) AS hardware,
          if({by:String} = 'cause', '', i.workload) AS workload,
          if({by:String} = 'cause', '', i.owner) AS owner,
          sum(i.gpu_h) AS gpu_h,
          sum(i.share_of_gpu_h) AS share_of_gpu_h,
          if(countIf(i.watts IS NULL) > 0, NULL, sum(i.watts)) AS watts,
          if(countIf(i.kwh IS NULL) > 0, NULL, sum(i.kwh)) * 1000 / sum(i.gpu_h) AS watts_per_gpu,
          if(countIf(i.floor_watts_per_gpu IS NULL) > 0, NULL,
              sum(i.floor_watts_per_gpu * i.gpu_h) / sum(i.gpu_h)) AS floor_watts_per_gpu,
          multiIf(NOT waste, 'not_waste', floor_watts_per_gpu IS NULL, 'no_floor', '') AS floor_null_reason,
          if(i.cause IN ('throttled', 'not_observed'), 'no_energy', '') AS watts_null_reason,
          if(countIf(i.usd IS NULL) > 0, NULL, sum(i.usd)) AS usd,
          max(i.usd_null_reason) AS usd_null_reason,
          CAST(max(i.example_prices), 'Bool') AS example_prices
      FROM VIEW AS i
      GROUP BY ALL
      ORDER BY waste DESC, ifNull(usd, 0) DESC, gpu_h DESC, cause, region, cluster, hardware, workload, owner
      """
          .replace("VIEW", VIEW);

  private static final String TOTAL =
      """
      SELECT concat(
          'Waste (loaded_idle, unallocated, training_idle): ', printf('%.1f', sumIf(i.gpu_h, i.waste)), ' of ',
          printf('%.1f', sumIf(i.gpu_h, i.cause NOT IN ('throttled', 'not_observed'))), ' GPU-h read, ',
          printf('%.0f', ifNull(sumIf(i.watts, i.waste), 0)), ' W on average, ',
          if(countIf(i.waste AND i.usd IS NULL) > 0, 'at least ', ''), printf('%.2f', ifNull(sumIf(i.usd, i.waste), 0)), ' USD',
          if(max(i.example_prices), ' (example prices)', ''), ', over ', printf('%.2f', any(i.span_hours)), ' h of data.') AS note
      FROM VIEW AS i
      HAVING count() > 0
      """
          .replace("VIEW", VIEW);

  static final Report REPORT =
      MoneyWords.explained(
              Report.of(
                  "idle",
                  "Which boards draw power and cost money without making anything, and why?",
                  ROWS,
                  List.of(
                      ReportColumn.of("waste", "waste", Unit.YES_NO),
                      ReportColumn.text("cause", "cause"),
                      ReportColumn.text("region", "region"),
                      ReportColumn.text("cluster", "cluster"),
                      ReportColumn.text("hardware", "hardware"),
                      ReportColumn.text("workload", "workload"),
                      ReportColumn.text("owner", "owner"),
                      ReportColumn.of("gpu_h", "boards", Unit.GPU_HOURS),
                      ReportColumn.of("share_of_gpu_h", "of time read", Unit.PERCENT),
                      ReportColumn.of("watts", "power", Unit.WATTS).because("watts_null_reason"),
                      ReportColumn.of("watts_per_gpu", "per board", Unit.WATTS)
                          .because("watts_null_reason"),
                      ReportColumn.of("floor_watts_per_gpu", "floor", Unit.WATTS)
                          .because("floor_null_reason"),
                      ReportColumn.of("usd", "cost", Unit.USD).because("usd_null_reason"),
                      ReportColumn.of("example_prices", "example", Unit.YES_NO))))
          .with(new Parameter("by", "String", "workload", "workload, or cause: one row per cause"))
          .explaining("no_energy", "time only: energy of its own is not known")
          .explaining("not_waste", "told for wasted time only")
          .explaining("no_floor", "less than an hour of an unallocated board of this kind was read")
          .explaining("slowed_not_idle", "throttled boards worked, only slower: part of busy time")
          .noting(TOTAL)
          .remarking(
              "power: energy over the whole span, so that rows add up; per board: while in that"
                  + " state; floor: what unallocated boards of the kind drew.")
          .remarking(
              "unknown and not_observed are not idle: whether these boards worked was not read."
                  + " over_provisioned is an upper bound: some of these boards have to stay.");

  private Idle() {}
}
