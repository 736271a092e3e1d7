-- Rollups, as refreshable materialized views that append to a ReplacingMergeTree.
--
-- Not incremental views: those add what is inserted, so a corrected row would count twice. Here every
-- window that was touched is summed again, whole, from the finer table FINAL.
--
-- Which windows: those with a row written since the rollup last wrote (10 minutes of overlap cover
-- inserts in flight and clocks of replicas). That holds every late row (at most 15 minutes old, or
-- 5 minutes of gap and a window older), and also days of backlog after an outage, which a range
-- counted back from now would miss. Nothing written, nothing read.
--
-- Version = sum of the finer versions. It grows when a finer row is added or replaced by a higher
-- version, so the latest state wins; computed twice from one state it gives the same row, whatever the
-- clock; a refresh that read an older state and finishes late loses. With now64() it would win.
--
-- Windows within a day of the finer table's retention are left alone: the TTL may already have
-- taken part of them, and half a window must not replace a whole one.

DROP VIEW IF EXISTS ${database}.efficiency_1m_refresh SYNC;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.efficiency_1m_refresh
REFRESH EVERY 1 MINUTE APPEND TO ${database}.efficiency_1m
AS WITH
    (SELECT toDateTime(greatest(toInt64(max(written_at)) - 600, 0), 'UTC') FROM ${database}.efficiency_1m) AS last_run,
    touched AS
    (
        SELECT DISTINCT toStartOfMinute(window_start) AS bucket
        FROM ${database}.efficiency_10s
        WHERE written_at >= last_run
          AND window_start >= toStartOfMinute(now() - INTERVAL ${keep_10s_days} DAY + INTERVAL 1 DAY)
    )
SELECT
    toStartOfMinute(f.window_start) AS window_start,
    region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind,
    cell_id,
    sum(expected_ms) AS expected_ms,
    sum(observed_ms) AS observed_ms,
    sum(gpu_ms) AS gpu_ms,
    sum(gpu_busy_ms) AS gpu_busy_ms,
    sum(gpu_loaded_idle_ms) AS gpu_loaded_idle_ms,
    sum(gpu_unallocated_ms) AS gpu_unallocated_ms,
    sum(gpu_unknown_ms) AS gpu_unknown_ms,
    sum(gpu_mj) AS gpu_mj,
    sum(gpu_busy_mj) AS gpu_busy_mj,
    sum(gpu_loaded_idle_mj) AS gpu_loaded_idle_mj,
    sum(gpu_unallocated_mj) AS gpu_unallocated_mj,
    sum(gpu_unknown_mj) AS gpu_unknown_mj,
    sum(gpu_mj_integrated) AS gpu_mj_integrated,
    sum(gpu_mj_metered) AS gpu_mj_metered,
    sum(gpu_mj_bridged) AS gpu_mj_bridged,
    sum(node_observed_ms) AS node_observed_ms,
    sum(node_mj) AS node_mj,
    sum(node_mj_modelled) AS node_mj_modelled,
    sum(node_mj_metered) AS node_mj_metered,
    sum(node_mj_bridged) AS node_mj_bridged,
    sum(facility_mj) AS facility_mj,
    sum(tokens_expected_ms) AS tokens_expected_ms,
    sum(tokens_observed_ms) AS tokens_observed_ms,
    sum(output_tokens) AS output_tokens,
    sum(output_tokens_metered) AS output_tokens_metered,
    sum(output_tokens_node_metered) AS output_tokens_node_metered,
    sum(output_tokens_bridged) AS output_tokens_bridged,
    sum(prompt_tokens) AS prompt_tokens,
    sum(prompt_tokens_cached) AS prompt_tokens_cached,
    sum(prompt_tokens_computed) AS prompt_tokens_computed,
    sum(prompt_tokens_computed_metered) AS prompt_tokens_computed_metered,
    sum(prompt_tokens_transferred) AS prompt_tokens_transferred,
    sum(prompt_tokens_bridged) AS prompt_tokens_bridged,
    sum(reasoning_tokens) AS reasoning_tokens,
    sum(requests_finished) AS requests_finished,
    sum(requests_finished_metered) AS requests_finished_metered,
    sum(requests_aborted) AS requests_aborted,
    sum(requests_failed) AS requests_failed,
    sum(load_observed_ms) AS load_observed_ms,
    sum(running_ms) AS running_ms,
    sum(waiting_ms) AS waiting_ms,
    sum(kv_observed_ms) AS kv_observed_ms,
    sum(kv_used_ppm_ms) AS kv_used_ppm_ms,
    sum(preemptions) AS preemptions,
    sum(sm_active_observed_ms) AS sm_active_observed_ms,
    sum(sm_active_ppm_ms) AS sm_active_ppm_ms,
    sum(dram_active_observed_ms) AS dram_active_observed_ms,
    sum(dram_active_ppm_ms) AS dram_active_ppm_ms,
    sum(hbm_observed_ms) AS hbm_observed_ms,
    sum(hbm_kb) AS hbm_kb,
    sum(gr_active_observed_ms) AS gr_active_observed_ms,
    sum(gr_active_ppm_ms) AS gr_active_ppm_ms,
    sum(tensor_active_observed_ms) AS tensor_active_observed_ms,
    sum(tensor_active_ppm_ms) AS tensor_active_ppm_ms,
    sum(nvlink_observed_ms) AS nvlink_observed_ms,
    sum(nvlink_kb) AS nvlink_kb,
    sum(pcie_observed_ms) AS pcie_observed_ms,
    sum(pcie_kb) AS pcie_kb,
    sum(sm_clock_observed_ms) AS sm_clock_observed_ms,
    sum(sm_clock_mhz_ms) AS sm_clock_mhz_ms,
    sum(power_limit_observed_ms) AS power_limit_observed_ms,
    sum(power_limit_mw_ms) AS power_limit_mw_ms,
    sum(throttled_us) AS throttled_us,
    sum(prompt_computed_observed_ms) AS prompt_computed_observed_ms,
    sum(tokens_at_finish_ms) AS tokens_at_finish_ms,
    sum(at_finish_requests) AS at_finish_requests,
    sum(at_finish_e2e_us) AS at_finish_e2e_us,
    sum(tokens_prompt_only_ms) AS tokens_prompt_only_ms,
    sum(prompt_cached_observed_ms) AS prompt_cached_observed_ms,
    sum(prompt_transferred_observed_ms) AS prompt_transferred_observed_ms,
    sum(reasoning_observed_ms) AS reasoning_observed_ms,
    sum(prompt_tokens_cached_bridged) AS prompt_tokens_cached_bridged,
    sum(requests_finished_bridged) AS requests_finished_bridged,
    sum(node_modelled_ms) AS node_modelled_ms,
    sum(node_mj_modelled_metered) AS node_mj_modelled_metered,
    sum(output_tokens_node_modelled_metered) AS output_tokens_node_modelled_metered,
    sum(facility_mj_metered) AS facility_mj_metered,
    sum(output_tokens_facility_metered) AS output_tokens_facility_metered,
    sum(facility_observed_ms) AS facility_observed_ms,
    sum(facility_mj_modelled) AS facility_mj_modelled,
    sum(facility_mj_modelled_metered) AS facility_mj_modelled_metered,
    sum(output_tokens_facility_modelled_metered) AS output_tokens_facility_modelled_metered,
    sum(gpu_mj_doubted) AS gpu_mj_doubted,
    groupBitOr(f.quality) AS quality,
    max(f.source_period_ms) AS source_period_ms,
    max(f.nodes) AS nodes,
    if(uniqExact(f.attribution_method) > 1, 'mixed', any(f.attribution_method)) AS attribution_method,
    if(countIf(f.microusd_live < 0 AND f.gpu_ms > 0) > 0, -1, sum(greatest(f.microusd_live, 0))) AS microusd_live,
    max(f.price_version) AS price_version,
    sum(f.version) AS version
FROM ${database}.efficiency_10s AS f FINAL
WHERE f.window_start >= (SELECT min(bucket) FROM touched)
  AND toStartOfMinute(f.window_start) IN (touched)
GROUP BY ALL;

DROP VIEW IF EXISTS ${database}.efficiency_1h_refresh SYNC;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.efficiency_1h_refresh
REFRESH EVERY 1 MINUTE APPEND TO ${database}.efficiency_1h
AS WITH
    (SELECT toDateTime(greatest(toInt64(max(written_at)) - 600, 0), 'UTC') FROM ${database}.efficiency_1h) AS last_run,
    touched AS
    (
        SELECT DISTINCT toStartOfHour(window_start) AS bucket
        FROM ${database}.efficiency_1m
        WHERE written_at >= last_run
          AND window_start >= toStartOfHour(now() - INTERVAL ${keep_1m_days} DAY + INTERVAL 1 DAY)
    )
SELECT
    toStartOfHour(f.window_start) AS window_start,
    region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind,
    cell_id,
    sum(expected_ms) AS expected_ms,
    sum(observed_ms) AS observed_ms,
    sum(gpu_ms) AS gpu_ms,
    sum(gpu_busy_ms) AS gpu_busy_ms,
    sum(gpu_loaded_idle_ms) AS gpu_loaded_idle_ms,
    sum(gpu_unallocated_ms) AS gpu_unallocated_ms,
    sum(gpu_unknown_ms) AS gpu_unknown_ms,
    sum(gpu_mj) AS gpu_mj,
    sum(gpu_busy_mj) AS gpu_busy_mj,
    sum(gpu_loaded_idle_mj) AS gpu_loaded_idle_mj,
    sum(gpu_unallocated_mj) AS gpu_unallocated_mj,
    sum(gpu_unknown_mj) AS gpu_unknown_mj,
    sum(gpu_mj_integrated) AS gpu_mj_integrated,
    sum(gpu_mj_metered) AS gpu_mj_metered,
    sum(gpu_mj_bridged) AS gpu_mj_bridged,
    sum(node_observed_ms) AS node_observed_ms,
    sum(node_mj) AS node_mj,
    sum(node_mj_modelled) AS node_mj_modelled,
    sum(node_mj_metered) AS node_mj_metered,
    sum(node_mj_bridged) AS node_mj_bridged,
    sum(facility_mj) AS facility_mj,
    sum(tokens_expected_ms) AS tokens_expected_ms,
    sum(tokens_observed_ms) AS tokens_observed_ms,
    sum(output_tokens) AS output_tokens,
    sum(output_tokens_metered) AS output_tokens_metered,
    sum(output_tokens_node_metered) AS output_tokens_node_metered,
    sum(output_tokens_bridged) AS output_tokens_bridged,
    sum(prompt_tokens) AS prompt_tokens,
    sum(prompt_tokens_cached) AS prompt_tokens_cached,
    sum(prompt_tokens_computed) AS prompt_tokens_computed,
    sum(prompt_tokens_computed_metered) AS prompt_tokens_computed_metered,
    sum(prompt_tokens_transferred) AS prompt_tokens_transferred,
    sum(prompt_tokens_bridged) AS prompt_tokens_bridged,
    sum(reasoning_tokens) AS reasoning_tokens,
    sum(requests_finished) AS requests_finished,
    sum(requests_finished_metered) AS requests_finished_metered,
    sum(requests_aborted) AS requests_aborted,
    sum(requests_failed) AS requests_failed,
    sum(load_observed_ms) AS load_observed_ms,
    sum(running_ms) AS running_ms,
    sum(waiting_ms) AS waiting_ms,
    sum(kv_observed_ms) AS kv_observed_ms,
    sum(kv_used_ppm_ms) AS kv_used_ppm_ms,
    sum(preemptions) AS preemptions,
    sum(sm_active_observed_ms) AS sm_active_observed_ms,
    sum(sm_active_ppm_ms) AS sm_active_ppm_ms,
    sum(dram_active_observed_ms) AS dram_active_observed_ms,
    sum(dram_active_ppm_ms) AS dram_active_ppm_ms,
    sum(hbm_observed_ms) AS hbm_observed_ms,
    sum(hbm_kb) AS hbm_kb,
    sum(gr_active_observed_ms) AS gr_active_observed_ms,
    sum(gr_active_ppm_ms) AS gr_active_ppm_ms,
    sum(tensor_active_observed_ms) AS tensor_active_observed_ms,
    sum(tensor_active_ppm_ms) AS tensor_active_ppm_ms,
    sum(nvlink_observed_ms) AS nvlink_observed_ms,
    sum(nvlink_kb) AS nvlink_kb,
    sum(pcie_observed_ms) AS pcie_observed_ms,
    sum(pcie_kb) AS pcie_kb,
    sum(sm_clock_observed_ms) AS sm_clock_observed_ms,
    sum(sm_clock_mhz_ms) AS sm_clock_mhz_ms,
    sum(power_limit_observed_ms) AS power_limit_observed_ms,
    sum(power_limit_mw_ms) AS power_limit_mw_ms,
    sum(throttled_us) AS throttled_us,
    sum(prompt_computed_observed_ms) AS prompt_computed_observed_ms,
    sum(tokens_at_finish_ms) AS tokens_at_finish_ms,
    sum(at_finish_requests) AS at_finish_requests,
    sum(at_finish_e2e_us) AS at_finish_e2e_us,
    sum(tokens_prompt_only_ms) AS tokens_prompt_only_ms,
    sum(prompt_cached_observed_ms) AS prompt_cached_observed_ms,
    sum(prompt_transferred_observed_ms) AS prompt_transferred_observed_ms,
    sum(reasoning_observed_ms) AS reasoning_observed_ms,
    sum(prompt_tokens_cached_bridged) AS prompt_tokens_cached_bridged,
    sum(requests_finished_bridged) AS requests_finished_bridged,
    sum(node_modelled_ms) AS node_modelled_ms,
    sum(node_mj_modelled_metered) AS node_mj_modelled_metered,
    sum(output_tokens_node_modelled_metered) AS output_tokens_node_modelled_metered,
    sum(facility_mj_metered) AS facility_mj_metered,
    sum(output_tokens_facility_metered) AS output_tokens_facility_metered,
    sum(facility_observed_ms) AS facility_observed_ms,
    sum(facility_mj_modelled) AS facility_mj_modelled,
    sum(facility_mj_modelled_metered) AS facility_mj_modelled_metered,
    sum(output_tokens_facility_modelled_metered) AS output_tokens_facility_modelled_metered,
    sum(gpu_mj_doubted) AS gpu_mj_doubted,
    groupBitOr(f.quality) AS quality,
    max(f.source_period_ms) AS source_period_ms,
    max(f.nodes) AS nodes,
    if(uniqExact(f.attribution_method) > 1, 'mixed', any(f.attribution_method)) AS attribution_method,
    if(countIf(f.microusd_live < 0 AND f.gpu_ms > 0) > 0, -1, sum(greatest(f.microusd_live, 0))) AS microusd_live,
    max(f.price_version) AS price_version,
    sum(f.version) AS version
FROM ${database}.efficiency_1m AS f FINAL
WHERE f.window_start >= (SELECT min(bucket) FROM touched)
  AND toStartOfHour(f.window_start) IN (touched)
GROUP BY ALL;
