-- The facts that reports add up, between two times, each counted once whatever table still holds it.
--
--   SELECT sum(gpu_ms) FROM ${database}.facts_by_hour(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- 10 s rows stay for weeks, hours for years: whole hours come from efficiency_1h up to an hour before the
-- newest data's, the rest from efficiency_10s, so that the newest minutes count too. Only additive
-- measures: group by what is asked. since and until should be whole hours.

CREATE OR REPLACE VIEW ${database}.facts_by_hour AS
WITH
    (
        SELECT if(count() = 0, toDateTime('2100-01-01 00:00:00', 'UTC'), toStartOfHour(max(window_start)) - INTERVAL 1 HOUR)
        FROM ${database}.efficiency_10s
    ) AS fresh
SELECT
    toStartOfHour(window_start) AS hour,
    window_start AS first,
    window_start + INTERVAL 10 SECOND AS last,
    region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind, cell_id,
    expected_ms, observed_ms, gpu_ms, gpu_busy_ms, gpu_loaded_idle_ms, gpu_unallocated_ms, gpu_unknown_ms,
        gpu_mj, gpu_busy_mj, gpu_loaded_idle_mj, gpu_unallocated_mj, gpu_mj_bridged,
        node_observed_ms, facility_observed_ms, facility_mj, facility_mj_modelled,
        tokens_expected_ms, tokens_observed_ms, output_tokens, output_tokens_bridged,
        prompt_tokens, prompt_tokens_cached, prompt_tokens_bridged, prompt_cached_observed_ms, requests_finished
FROM ${database}.efficiency_10s FINAL
WHERE window_start >= greatest({since:DateTime('UTC')}, fresh) AND window_start < {until:DateTime('UTC')}
UNION ALL
SELECT
    window_start AS hour,
    window_start AS first,
    window_start + INTERVAL 1 HOUR AS last,
    region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind, cell_id,
    expected_ms, observed_ms, gpu_ms, gpu_busy_ms, gpu_loaded_idle_ms, gpu_unallocated_ms, gpu_unknown_ms,
        gpu_mj, gpu_busy_mj, gpu_loaded_idle_mj, gpu_unallocated_mj, gpu_mj_bridged,
        node_observed_ms, facility_observed_ms, facility_mj, facility_mj_modelled,
        tokens_expected_ms, tokens_observed_ms, output_tokens, output_tokens_bridged,
        prompt_tokens, prompt_tokens_cached, prompt_tokens_bridged, prompt_cached_observed_ms, requests_finished
FROM ${database}.efficiency_1h FINAL
WHERE window_start >= {since:DateTime('UTC')} AND window_start < least({until:DateTime('UTC')}, fresh)
COMMENT 'Additive facts between since and until: hours from the rollup, the newest from the 10 s rows.';
