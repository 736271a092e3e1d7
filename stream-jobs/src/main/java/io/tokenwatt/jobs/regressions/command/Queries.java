package io.tokenwatt.jobs.regressions.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Queries that lead from a regression to what lies around it, ready to be run. */
final class Queries {
  private Queries() {}

  static Map<String, String> of(Map<String, Object> values, String database) {
    String started = values.get("started").toString();
    Object closed = values.get("closed");
    String until = (closed == null ? values.get("judged_to") : closed).toString();
    String time =
        "window_start >= toDateTime(%s, 'UTC') - INTERVAL 30 MINUTE AND window_start < toDateTime(%s, 'UTC') + INTERVAL 5 MINUTE"
            .formatted(quoted(started), quoted(until));
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "the measures of the series, minute by minute",
        """
        SELECT toStartOfMinute(window_start) AS minute, deployment,
            sum(gpu_mj_metered) / 1e3 / nullIf(sum(output_tokens_metered), 0) AS joules_per_output_token,
            sum(gpu_ms) / 1e3 / nullIf(sum(output_tokens), 0) AS gpu_seconds_per_output_token,
            sum(output_tokens) / 60 AS output_tokens_per_s,
            sum(running_ms) / nullIf(sum(load_observed_ms), 0) AS running_per_engine,
            sum(observed_ms) / nullIf(sum(expected_ms), 0) AS coverage
        FROM %s.efficiency_10s FINAL
        WHERE %s AND %s
        GROUP BY ALL
        ORDER BY minute, deployment"""
            .formatted(database, time, series(values)));
    queries.put(
        "its boards: clocks, power limits, temperature, throttling",
        """
        SELECT toStartOfMinute(window_start) AS minute, node, gpu,
            round(sum(energy_mj) / nullIf(sum(observed_ms), 0)) AS watts,
            round(sum(sm_clock_mhz_ms) / nullIf(sum(sm_clock_observed_ms), 0)) AS sm_mhz,
            round(sum(power_limit_mw_ms) / nullIf(sum(power_limit_observed_ms), 0) / 1e3) AS limit_w,
            round(sum(temperature_mc_ms) / nullIf(sum(temperature_observed_ms), 0) / 1e3, 1) AS celsius,
            sum(power_throttled_us) / 1e6 AS power_throttled_s, sum(thermal_throttled_us) / 1e6 AS thermal_throttled_s
        FROM %s.gpu_10s FINAL
        WHERE %s AND region = %s AND has(splitByChar(',', workload), %s)
        GROUP BY ALL
        ORDER BY minute, node, gpu"""
            .formatted(
                database, time, quoted(values.get("region")), quoted(values.get("workload"))));
    queries.put(
        "what was changed around its start",
        """
        SELECT time, kind, region, cluster, node, workload, title, link
        FROM %s.events FINAL
        WHERE time BETWEEN toDateTime(%s, 'UTC') - INTERVAL 1 HOUR AND toDateTime(%s, 'UTC') + INTERVAL 10 MINUTE
            AND region IN ('', %s) AND workload IN ('', %s)
        ORDER BY time"""
            .formatted(
                database,
                quoted(started),
                quoted(started),
                quoted(values.get("region")),
                quoted(values.get("workload"))));
    return queries;
  }

  private static String series(Map<String, Object> values) {
    return List.of("region", "hardware", "model", "precision", "role", "workload").stream()
        .map(name -> name + " = " + quoted(values.get(name)))
        .collect(Collectors.joining(" AND "));
  }

  /** A text of ClickHouse's SQL. */
  static String quoted(Object value) {
    return "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
