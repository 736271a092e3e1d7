package io.tokenwatt.storage.report;

import java.util.List;

/** Report {@code events}: what was changed, as the job saw it or as people and CI told it. */
final class Events {
  private static final String ROWS =
      """
      SELECT
          formatDateTime(min(at), '%F %T') AS first,
          if(max(at) - min(at) < 1, '', formatDateTime(max(at), '%F %T')) AS last,
          kind, origin, region, workload, deployment,
          uniqExactIf(place, place != '') AS nodes,
          if(uniqExactIf(place, place != '') = 1, max(place), '') AS node,
          title, actor,
          min(id) AS event_id
      FROM
      (
          SELECT time AS at, kind, origin, region, workload, deployment, node AS place, title, actor, event_id AS id
          FROM events FINAL
          WHERE time >= {since:DateTime('UTC')}
              AND (time < {until:DateTime('UTC')} OR {until:DateTime('UTC')} >= toStartOfHour(now('UTC')))
              AND ({kind:String} = '' OR kind = {kind:String})
              AND ({region:String} = '' OR region IN ('', {region:String}))
              AND ({workload:String} = '' OR workload IN ('', {workload:String}))
              AND ({node:String} = '' OR node IN ('', {node:String}))
              AND ({first_seen:Bool} OR origin != 'first_seen')
          ORDER BY version DESC
          LIMIT 1 BY if(event_id = '', concat(toString(time), kind, deployment, node, title), event_id)
      )
      GROUP BY toDate(at), kind, origin, region, workload, deployment, title, actor, if(origin = 'told', id, '')
      ORDER BY min(at), kind, title
      """;

  static final Report REPORT =
      Report.of(
              "events",
              "What was changed, when, by whom, and on how many nodes?",
              ROWS,
              List.of(
                  ReportColumn.text("first", "first (UTC)"),
                  ReportColumn.text("last", "last (UTC)"),
                  ReportColumn.text("kind", "kind"),
                  ReportColumn.text("origin", "origin"),
                  ReportColumn.text("region", "region"),
                  ReportColumn.text("workload", "workload"),
                  ReportColumn.text("deployment", "deployment"),
                  ReportColumn.of("nodes", "nodes", Unit.COUNT),
                  ReportColumn.text("node", "node"),
                  ReportColumn.text("title", "what"),
                  ReportColumn.text("actor", "who"),
                  ReportColumn.text("event_id", "event")))
          .with(
              new Parameter("kind", "String", "", "such as deployment or power_limit; empty = all"))
          .with(
              new Parameter("region", "String", "", "and events that name no region; empty = all"))
          .with(new Parameter("workload", "String", "", "and events that name none; empty = all"))
          .with(new Parameter("node", "String", "", "and events that name none; empty = all"))
          .with(
              new Parameter(
                  "first_seen", "Bool", "false", "true = also what ran when a node was first seen"))
          .remarking(
              "The same change on many nodes on one day is one row. The hour under way is included"
                  + " where the time asked for ends with it.");

  private Events() {}
}
