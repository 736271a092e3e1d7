-- Rollups of request_10s, in the manner of R2__rollups.sql, which says why.

DROP VIEW IF EXISTS ${database}.request_1m_refresh SYNC;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.request_1m_refresh
REFRESH EVERY 1 MINUTE APPEND TO ${database}.request_1m
AS WITH
    (SELECT toDateTime(greatest(toInt64(max(written_at)) - 600, 0), 'UTC') FROM ${database}.request_1m) AS last_run,
    touched AS
    (
        SELECT DISTINCT toStartOfMinute(window_start) AS bucket
        FROM ${database}.request_10s
        WHERE written_at >= last_run
          AND window_start >= toStartOfMinute(now() - INTERVAL ${keep_10s_days} DAY + INTERVAL 1 DAY)
    )
SELECT
    toStartOfMinute(f.window_start) AS window_start,
    region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind,
    cell_id, service_class, tenant, client_region, adapter,
    sum(f.requests) AS requests,
    sum(f.requests_ok) AS requests_ok,
    sum(f.requests_error) AS requests_error,
    sum(f.requests_aborted) AS requests_aborted,
    sum(f.prompt_tokens) AS prompt_tokens,
    sum(f.prompt_tokens_cached) AS prompt_tokens_cached,
    sum(f.output_tokens) AS output_tokens,
    sum(f.reasoning_tokens) AS reasoning_tokens,
    sum(f.requests_prompt_known) AS requests_prompt_known,
    sum(f.requests_cached_known) AS requests_cached_known,
    sum(f.requests_output_known) AS requests_output_known,
    sum(f.requests_reasoning_known) AS requests_reasoning_known,
    sum(f.prompt_tokens_cached_known) AS prompt_tokens_cached_known,
    sum(f.output_tokens_reasoning_known) AS output_tokens_reasoning_known,
    sum(f.requests_unresolved) AS requests_unresolved,
    sum(f.requests_judged) AS requests_judged,
    sum(f.requests_good) AS requests_good,
    sum(f.output_tokens_good) AS output_tokens_good,
    sum(f.failed_gateway) AS failed_gateway,
    sum(f.failed_client) AS failed_client,
    sum(f.ttft_gateway_us) AS ttft_gateway_us,
    sum(f.e2e_gateway_us) AS e2e_gateway_us,
    sum(f.tpot_gateway_us) AS tpot_gateway_us,
    sum(f.ttft_client_us) AS ttft_client_us,
    sum(f.e2e_client_us) AS e2e_client_us,
    sum(f.tpot_client_us) AS tpot_client_us,
    sum(f.clock_skew) AS clock_skew,
    sumMap(f.ttft_gateway_index, f.ttft_gateway_count).1 AS ttft_gateway_index,
    sumMap(f.ttft_gateway_index, f.ttft_gateway_count).2 AS ttft_gateway_count,
    sumMap(f.e2e_gateway_index, f.e2e_gateway_count).1 AS e2e_gateway_index,
    sumMap(f.e2e_gateway_index, f.e2e_gateway_count).2 AS e2e_gateway_count,
    sumMap(f.tpot_gateway_index, f.tpot_gateway_count).1 AS tpot_gateway_index,
    sumMap(f.tpot_gateway_index, f.tpot_gateway_count).2 AS tpot_gateway_count,
    sumMap(f.ttft_client_index, f.ttft_client_count).1 AS ttft_client_index,
    sumMap(f.ttft_client_index, f.ttft_client_count).2 AS ttft_client_count,
    sumMap(f.e2e_client_index, f.e2e_client_count).1 AS e2e_client_index,
    sumMap(f.e2e_client_index, f.e2e_client_count).2 AS e2e_client_count,
    sumMap(f.tpot_client_index, f.tpot_client_count).1 AS tpot_client_index,
    sumMap(f.tpot_client_index, f.tpot_client_count).2 AS tpot_client_count,
    max(f.slo_version) AS slo_version,
    sum(f.version) AS version
FROM ${database}.request_10s AS f FINAL
WHERE f.window_start >= (SELECT min(bucket) FROM touched)
  AND toStartOfMinute(f.window_start) IN (touched)
GROUP BY ALL;

DROP VIEW IF EXISTS ${database}.request_1h_refresh SYNC;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.request_1h_refresh
REFRESH EVERY 1 MINUTE APPEND TO ${database}.request_1h
AS WITH
    (SELECT toDateTime(greatest(toInt64(max(written_at)) - 600, 0), 'UTC') FROM ${database}.request_1h) AS last_run,
    touched AS
    (
        SELECT DISTINCT toStartOfHour(window_start) AS bucket
        FROM ${database}.request_1m
        WHERE written_at >= last_run
          AND window_start >= toStartOfHour(now() - INTERVAL ${keep_1m_days} DAY + INTERVAL 1 DAY)
    )
SELECT
    toStartOfHour(f.window_start) AS window_start,
    region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind,
    cell_id, service_class, tenant, client_region, adapter,
    sum(f.requests) AS requests,
    sum(f.requests_ok) AS requests_ok,
    sum(f.requests_error) AS requests_error,
    sum(f.requests_aborted) AS requests_aborted,
    sum(f.prompt_tokens) AS prompt_tokens,
    sum(f.prompt_tokens_cached) AS prompt_tokens_cached,
    sum(f.output_tokens) AS output_tokens,
    sum(f.reasoning_tokens) AS reasoning_tokens,
    sum(f.requests_prompt_known) AS requests_prompt_known,
    sum(f.requests_cached_known) AS requests_cached_known,
    sum(f.requests_output_known) AS requests_output_known,
    sum(f.requests_reasoning_known) AS requests_reasoning_known,
    sum(f.prompt_tokens_cached_known) AS prompt_tokens_cached_known,
    sum(f.output_tokens_reasoning_known) AS output_tokens_reasoning_known,
    sum(f.requests_unresolved) AS requests_unresolved,
    sum(f.requests_judged) AS requests_judged,
    sum(f.requests_good) AS requests_good,
    sum(f.output_tokens_good) AS output_tokens_good,
    sum(f.failed_gateway) AS failed_gateway,
    sum(f.failed_client) AS failed_client,
    sum(f.ttft_gateway_us) AS ttft_gateway_us,
    sum(f.e2e_gateway_us) AS e2e_gateway_us,
    sum(f.tpot_gateway_us) AS tpot_gateway_us,
    sum(f.ttft_client_us) AS ttft_client_us,
    sum(f.e2e_client_us) AS e2e_client_us,
    sum(f.tpot_client_us) AS tpot_client_us,
    sum(f.clock_skew) AS clock_skew,
    sumMap(f.ttft_gateway_index, f.ttft_gateway_count).1 AS ttft_gateway_index,
    sumMap(f.ttft_gateway_index, f.ttft_gateway_count).2 AS ttft_gateway_count,
    sumMap(f.e2e_gateway_index, f.e2e_gateway_count).1 AS e2e_gateway_index,
    sumMap(f.e2e_gateway_index, f.e2e_gateway_count).2 AS e2e_gateway_count,
    sumMap(f.tpot_gateway_index, f.tpot_gateway_count).1 AS tpot_gateway_index,
    sumMap(f.tpot_gateway_index, f.tpot_gateway_count).2 AS tpot_gateway_count,
    sumMap(f.ttft_client_index, f.ttft_client_count).1 AS ttft_client_index,
    sumMap(f.ttft_client_index, f.ttft_client_count).2 AS ttft_client_count,
    sumMap(f.e2e_client_index, f.e2e_client_count).1 AS e2e_client_index,
    sumMap(f.e2e_client_index, f.e2e_client_count).2 AS e2e_client_count,
    sumMap(f.tpot_client_index, f.tpot_client_count).1 AS tpot_client_index,
    sumMap(f.tpot_client_index, f.tpot_client_count).2 AS tpot_client_count,
    max(f.slo_version) AS slo_version,
    sum(f.version) AS version
FROM ${database}.request_1m AS f FINAL
WHERE f.window_start >= (SELECT min(bucket) FROM touched)
  AND toStartOfHour(f.window_start) IN (touched)
GROUP BY ALL;
