-- View efficiency_stepped: what view efficiency (R3) says, for pictures: over any dimensions, of some
-- regions, clusters, hardware and models, by steps of a period or for the period as a whole.
--
--   SELECT time, hardware, output_tokens_per_joule
--   FROM ${database}.efficiency_stepped(interval_s = 300, since = now() - 86400, until = now(), by = ['hardware'],
--       regions = ['*'], clusters = ['*'], hardwares = ['*'], models = ['*'])
--   ORDER BY time, hardware
--
-- interval_s, since, until: as in cells_stepped. by: the dimensions that make groups; the others are ''.
-- regions …: values to keep; empty or ['*'] = all, cells without a model (boards that nobody holds) included.
--
-- Every ratio is a ratio of sums over the group, so rows are as right for the fleet as for a cell. NULL = not
-- known; energy_null_reason says why. The rules are those of R3, with two differences that make them hold for
-- groups of unlike engines:
--   * Engines that generate nothing (embedding, reranking) are left out of ratios per output token, with
--     their joules; they do not make the ratio of a whole fleet unknown. prompt_only: the group has no others.
--   * smallest_window_s: engines that credit tokens when a request ends put tokens of about one mean request
--     into the wrong window; in a group that is their part of the engines' time as much. A window is long
--     enough if that is a tenth of it at most.
--
-- Rates (watts, gpus, …_per_s) are sums by seconds: from the group's first window in the step to the end of
-- its last. Silence counts as what was read of the group: sums are scaled by expected / observed time;
-- coverage and token_coverage say by how much. A group that began or ended within a window is a little low
-- in that step; view efficiency looks at the neighbouring windows for it, this one does not.

CREATE OR REPLACE VIEW ${database}.efficiency_stepped AS
WITH
    sums AS
    (
        SELECT
            time, any(c.step_s) AS step_s, ${by_columns},
            min(c.window_start) AS first_window,
            max(c.window_start + c.window_s) AS last_window,
            sum(c.expected_ms) AS expected_ms,
            sum(c.observed_ms) AS observed_ms,
            sum(c.gpu_ms) AS gpu_ms,
            sum(c.gpu_busy_ms) AS busy_ms,
            sum(c.gpu_loaded_idle_ms) AS loaded_idle_ms,
            sum(c.gpu_unallocated_ms) AS unallocated_ms,
            sum(c.gpu_unknown_ms) AS unknown_ms,
            sum(c.gpu_mj) AS gpu_mj,
            sum(c.gpu_mj_measured) AS measured_mj,
            sum(c.gpu_mj_doubted) AS doubted_mj,
            sum(c.node_observed_ms) AS node_observed_ms,
            sum(c.node_mj) AS node_mj,
            sum(c.facility_observed_ms) AS facility_observed_ms,
            sum(c.facility_mj) AS facility_mj,
            sum(c.tokens_expected_ms) AS tokens_expected_ms,
            sum(c.tokens_observed_ms) AS tokens_observed_ms,
            sum(c.output_tokens) AS output_tokens,
            sum(c.prompt_tokens) AS prompt_tokens,
            sum(c.prompt_tokens_cached) AS cached_tokens,
            sum(c.prompt_cached_observed_ms) AS cached_observed_ms,
            sum(c.requests_finished) AS requests_finished,
            sumIf(c.requests_finished, c.tokens_prompt_only_ms = 0) AS generating_requests,
            sum(c.requests_failed + c.requests_aborted) AS requests_unwell,
            sum(c.preemptions) AS preemptions,
            sum(c.members_missing_ms) AS members_missing_ms,
            -- Over engines that generate: both sides of every ratio per output token.
            sum(c.tokens_observed_ms - c.tokens_prompt_only_ms) AS generating_ms,
            sumIf(c.output_tokens_metered, c.tokens_prompt_only_ms = 0) AS metered_tokens,
            sumIf(c.prompt_tokens_computed_metered, c.tokens_prompt_only_ms = 0) AS metered_prompt,
            sumIf(c.prompt_computed_observed_ms, c.tokens_prompt_only_ms = 0) AS computed_observed_ms,
            sumIf(c.gpu_mj_metered, c.tokens_prompt_only_ms = 0) AS metered_mj,
            sumIf(c.requests_finished_metered, c.tokens_prompt_only_ms = 0) AS metered_requests,
            sumIf(c.output_tokens_node_metered, c.tokens_prompt_only_ms = 0) AS node_metered_tokens,
            sumIf(c.node_mj_metered, c.tokens_prompt_only_ms = 0) AS node_metered_mj,
            sumIf(c.output_tokens_facility_metered, c.tokens_prompt_only_ms = 0) AS facility_metered_tokens,
            sumIf(c.facility_mj_metered, c.tokens_prompt_only_ms = 0) AS facility_metered_mj,
            sumIf(c.gpu_mj_role_metered, c.role = 'prefill') AS prefill_mj,
            sum(c.tokens_at_finish_ms) AS at_finish_ms,
            sum(c.at_finish_requests) AS at_finish_requests,
            sum(c.at_finish_e2e_us) AS at_finish_e2e_us,
            sum(c.load_observed_ms) AS load_observed_ms,
            sum(c.running_ms) AS running_ms,
            sum(c.waiting_ms) AS waiting_ms,
            sum(c.kv_observed_ms) AS kv_observed_ms,
            sum(c.kv_used_ppm_ms) AS kv_used_ppm_ms,
            sum(c.sm_active_observed_ms) AS sm_observed_ms,
            sum(c.sm_active_ppm_ms) AS sm_ppm_ms,
            sum(c.dram_active_observed_ms) AS dram_observed_ms,
            sum(c.dram_active_ppm_ms) AS dram_ppm_ms,
            sum(c.hbm_observed_ms) AS hbm_observed_ms,
            sum(c.hbm_kb) AS hbm_kb,
            sum(c.power_limit_observed_ms) AS limit_observed_ms,
            sum(c.power_limit_mw_ms) AS limit_mw_ms,
            sum(c.throttled_us) AS throttled_us,
            max(c.source_period_ms) AS source_period_ms,
            groupBitOr(c.quality) AS quality_bits
        FROM ${database}.cells_stepped(interval_s = {interval_s:UInt32}, since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS c
        -- Not the empty rows of workers whose joules count under the names that their head shows.
        WHERE (c.expected_ms != 0 OR c.gpu_ms != 0 OR c.observed_ms != 0 OR c.gpu_mj != 0 OR c.output_tokens != 0
                OR c.tokens_expected_ms != 0 OR c.tokens_observed_ms != 0)${and_chosen}
        GROUP BY ALL
    ),
    -- One layer per step of the reasoning: an alias that others use within its own SELECT is planned again each time.
    timed AS
    (
        SELECT
            *,
            toFloat64(dateDiff('second', first_window, last_window)) AS seconds,
            if(at_finish_ms > 0, at_finish_e2e_us / 1e6 / nullIf(at_finish_requests, 0) * at_finish_ms / nullIf(generating_ms, 0),
                toNullable(0)) AS request_s_behind
        FROM sums
    ),
    judged AS
    (
        SELECT
            *,
            if(step_s = 0, seconds, toFloat64(step_s)) AS window_seconds,
            if(isNull(request_s_behind), NULL, 10 * ceil(greatest(request_s_behind, source_period_ms / 10000, 1))) AS smallest_window_s,
            greatest(tokens_expected_ms, tokens_observed_ms) / nullIf(tokens_observed_ms, 0) / nullIf(seconds, 0) AS per_engine_second
        FROM timed
    ),
    known AS
    (
        SELECT
            *,
            multiIf(
                source_period_ms > window_seconds * 1000, 'source_period',
                observed_ms = 0, 'no_energy',
                tokens_observed_ms = 0, 'no_tokens',
                generating_ms = 0, 'prompt_only',
                metered_mj = 0, multiIf(members_missing_ms > 0, 'missing_members', output_tokens = 0 AND prefill_mj > 0, 'prefill_only', 'unpaired'),
                doubted_mj * 20 > gpu_mj, 'doubted_energy',
                ifNull(smallest_window_s, 4e9) > window_seconds, 'window_too_short',
                '') AS energy_null_reason
        FROM judged
    ),
    (SELECT max(window_start) + INTERVAL 10 SECOND FROM ${database}.efficiency_10s) AS newest
SELECT
    time, step_s, ${by_names},
    energy_null_reason,
    if(energy_null_reason != '', NULL, metered_tokens * 1000 / nullIf(metered_mj, 0)) AS output_tokens_per_joule,
    if(energy_null_reason != '', NULL, metered_mj / 1000 / nullIf(metered_tokens, 0)) AS joules_per_output_token,
    if(energy_null_reason != '', NULL, metered_mj / 1000 / nullIf(metered_requests, 0)) AS joules_per_request,
    if(energy_null_reason != '' OR computed_observed_ms < generating_ms, NULL,
        (metered_tokens + metered_prompt) * 1000 / nullIf(metered_mj, 0)) AS total_tokens_per_joule,
    if(energy_null_reason != '', NULL, node_metered_tokens * 1000 / nullIf(node_metered_mj, 0)) AS output_tokens_per_joule_node,
    if(energy_null_reason != '', NULL, facility_metered_tokens * 1000 / nullIf(facility_metered_mj, 0)) AS output_tokens_per_joule_facility,

    seconds,
    output_tokens * per_engine_second AS output_tokens_per_s,
    prompt_tokens * per_engine_second AS prompt_tokens_per_s,
    requests_finished * per_engine_second AS requests_per_s,
    if(source_period_ms > window_seconds * 1000, NULL,
        gpu_mj / 1000 * greatest(expected_ms, observed_ms) / nullIf(observed_ms, 0) / nullIf(seconds, 0)) AS watts,
    if(source_period_ms > window_seconds * 1000, NULL, gpu_mj / nullIf(observed_ms, 0)) AS watts_per_gpu,
    greatest(expected_ms, gpu_ms) / 1000 / nullIf(seconds, 0) AS gpus,

    busy_ms / nullIf(gpu_ms, 0) AS busy_share,
    loaded_idle_ms / nullIf(gpu_ms, 0) AS loaded_idle_share,
    unallocated_ms / nullIf(gpu_ms, 0) AS unallocated_share,
    unknown_ms / nullIf(gpu_ms, 0) AS unknown_share,
    gpu_ms / 3.6e6 AS gpu_h,
    running_ms / nullIf(load_observed_ms, 0) AS running_per_engine,
    waiting_ms / nullIf(load_observed_ms, 0) AS waiting_per_engine,
    kv_used_ppm_ms / 1e6 / nullIf(kv_observed_ms, 0) AS kv_used,
    sm_ppm_ms / 1e6 / nullIf(sm_observed_ms, 0) AS sm_active,
    dram_ppm_ms / 1e6 / nullIf(dram_observed_ms, 0) AS dram_active,
    hbm_kb / 1e3 / nullIf(hbm_observed_ms, 0) AS hbm_gbps,
    limit_mw_ms / 1000 / nullIf(limit_observed_ms, 0) AS power_limit_w,
    throttled_us / 1000 / nullIf(gpu_ms, 0) AS throttled_share,

    if(generating_ms = 0, NULL, output_tokens) AS output_tokens,
    if(tokens_observed_ms = 0, NULL, prompt_tokens) AS prompt_tokens,
    if(tokens_observed_ms = 0, NULL, requests_finished) AS requests_finished,
    if(generating_ms = 0, NULL, output_tokens / nullIf(generating_requests, 0)) AS output_tokens_per_request,
    if(tokens_observed_ms = 0, NULL, prompt_tokens / nullIf(requests_finished, 0)) AS prompt_tokens_per_request,
    if(tokens_observed_ms = 0 OR cached_observed_ms < tokens_observed_ms, NULL, cached_tokens / nullIf(prompt_tokens, 0)) AS cached_prompt_share,
    requests_unwell / nullIf(requests_finished, 0) AS unwell_share,
    preemptions / nullIf(requests_finished, 0) AS preemptions_per_request,
    if(observed_ms = 0, NULL, gpu_mj / 1000) AS gpu_joules,
    if(node_observed_ms = 0, NULL, node_mj / 1000) AS node_joules,
    if(facility_observed_ms = 0, NULL, facility_mj / 1000) AS facility_joules,

    observed_ms / nullIf(expected_ms, 0) AS coverage,
    tokens_observed_ms / nullIf(tokens_expected_ms, 0) AS token_coverage,
    measured_mj / nullIf(gpu_mj, 0) AS measured_share,
    doubted_mj / nullIf(gpu_mj, 0) AS doubted_share,
    arrayFilter((label, bit) -> bitTest(quality_bits, bit), [${quality_labels}] AS labels, range(length(labels))) AS quality,
    smallest_window_s,
    source_period_ms,
    newest AS data_up_to
FROM known
COMMENT 'Ratios and rates over any dimensions, by step of a period; units are in the names. Parameters interval_s, since, until (UTC), by, regions, clusters, hardwares, models.';
