package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Annotation;
import io.tokenwatt.dashboards.source.Color;
import io.tokenwatt.dashboards.source.Variable;
import java.util.List;

/** What all dashboards share. */
public final class Common {
  /** In the order shown. A dashboard takes those that its panels use. */
  public static final List<Variable> VARIABLES =
      List.of(
          Variable.DATASOURCE,
          Variable.REGION,
          Variable.CLUSTER,
          Variable.HARDWARE,
          Variable.MODEL);

  /** What was changed, and what got worse: the same on all dashboards. */
  public static final List<Annotation> ANNOTATIONS =
      List.of(
          new Annotation(
              "Deployments and changes",
              Color.SKY,
              """
              SELECT
                  first_time AS time,
                  concat(if(title != '', title, concat(kind, if(changed != '', concat(': ', changed), ''))),
                      ' · ', workload, ' · ', region, ' ', cluster, ' · ', toString(nodes), ' nodes') AS text,
                  kind AS tags
              FROM deployments_by_time
              WHERE first_time >= $__fromTime AND first_time <= $__toTime
                AND NOT (length(origins) = 1 AND origins[1] = 'first_seen')
                AND %s AND %s
              ORDER BY first_time
              LIMIT 200"""
                  .formatted(Ask.chosen("region", "region"), Ask.chosen("cluster", "cluster"))),
          new Annotation(
              "Regressions",
              Color.VERMILION,
              """
              SELECT
                  started AS time,
                  ifNull(closed, now()) AS timeEnd,
                  concat(measure, ' ', if(size >= 0, '+', ''), toString(round(size * 100)), ' %% · ', workload, ' · ', region, ' ', hardware, ' ', model,
                      if(suspect != '', concat(' · ', suspect), '')) AS text,
                  if(closed IS NULL, 'open', 'closed') AS tags
              FROM regressions FINAL
              WHERE started <= $__toTime AND ifNull(closed, now()) >= $__fromTime
                AND %s AND %s
              ORDER BY started
              LIMIT 200"""
                  .formatted(Ask.chosen("region", "region"), Ask.chosen("hardware", "hardware"))));

  private Common() {}
}
