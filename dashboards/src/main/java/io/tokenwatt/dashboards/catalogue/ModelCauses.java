package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.Unit;

/** What may explain a change of efficiency or latency that is nobody's fault, or somebody's. */
final class ModelCauses {
  private ModelCauses() {}

  static TimeSeries running(int id) {
    return lines(
        id,
        "Running requests per engine, by workload",
        "Running requests × ms ÷ ms read, by the engines' gauges: the batch. Fuller engines make more tokens of a joule.",
        "running_per_engine",
        Scale.of(Unit.COUNT));
  }

  static TimeSeries waiting(int id) {
    return lines(
        id,
        "Waiting requests per engine, by workload",
        "Waiting requests × ms ÷ ms read, by the engines' gauges. A queue that stands: engines are too few or too slow.",
        "waiting_per_engine",
        Scale.of(Unit.COUNT));
  }

  static TimeSeries answerLength(int id) {
    return lines(
        id,
        "Output tokens per request, by workload",
        "Σ output tokens ÷ Σ finished requests of engines that generate. Longer answers raise tokens per joule and joules per request.",
        "output_tokens_per_request",
        Scale.of(Unit.TOKENS));
  }

  static TimeSeries kvUsed(int id) {
    return lines(
        id,
        "KV cache in use, by workload",
        "Use × ms ÷ ms read. Near 100 % engines preempt requests and compute them twice.",
        "kv_used",
        Scale.share());
  }

  static TimeSeries cached(int id) {
    return lines(
        id,
        "Prompt tokens from the prefix cache, by workload",
        "Σ cached ÷ Σ prompt tokens, where engines tell it. What is cached needs no energy.",
        "cached_prompt_share",
        Scale.share());
  }

  static TimeSeries unwell(int id) {
    return lines(
        id,
        "Requests aborted or failed, by workload",
        "Σ (aborted + failed) ÷ Σ ended requests, by the engines' counters, where they tell it.",
        "unwell_share",
        Scale.share());
  }

  static Table deployments(int id) {
    return Table.of(
        Head.of(
                id,
                "What ran since when",
                """
                View `deployments_by_time`: a rollout over many nodes is one row. Those that ran in the time range, the newest \
                first. origins: told by people or CI, detected on nodes, first_seen = no change.""")
            .size(24, 8),
        Query.rows(
            """
            SELECT
                first_time, until, kind, region, cluster, workload, deployment, model, engine, engine_version, driver,
                power_limit_w, nodes, changed, arrayStringConcat(origins, ', ') AS origin
            FROM deployments_by_time
            WHERE first_time <= $__toTime AND ifNull(until, now()) >= $__fromTime
              AND %s
              AND %s
              AND (model = '' OR %s)
            ORDER BY first_time DESC
            LIMIT 100"""
                .formatted(
                    Ask.chosen("region", "region"),
                    Ask.chosen("cluster", "cluster"),
                    Ask.chosen("model", "model"))),
        Column.text("first_time", "Since").wide(160),
        Column.text("until", "Until").wide(160),
        Column.text("kind", "Kind"),
        Column.text("region", "Region"),
        Column.text("cluster", "Cluster"),
        Column.text("workload", "Workload"),
        Column.text("deployment", "Deployment"),
        Column.text("engine_version", "Version"),
        Column.number("power_limit_w", "Power limit", Scale.of(Unit.WATTS)),
        Column.text("changed", "Changed"),
        Column.text("origin", "Origin"));
  }

  private static TimeSeries lines(int id, String title, String says, String column, Scale scale) {
    return Trends.efficiency(
        Head.of(id, title, says).step(Trends.ENERGY_STEP_S), column, "workload", scale);
  }
}
