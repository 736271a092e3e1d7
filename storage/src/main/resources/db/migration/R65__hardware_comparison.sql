-- View hardware_comparison: the same model, precision and mix of prompts and answers on each hardware that
-- served it, each at the highest load at which it kept its SLO.
--
--   SELECT * FROM ${database}.hardware_comparison(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00',
--       min_hours = 20, min_requests = 1000)
--
-- What is compared. Cell-hours of serving (kind inference, task generate, role both) whose boards and
-- engines were read for 0.9 of their time. Each falls into a mix, within a factor of two each: mean prompt
-- and mean output tokens per request, and a quarter of cached share (-1 = the engine does not tell it).
-- Within a mix, load is running requests per engine, in steps of sqrt(2). Rows of different mixes are
-- different work and are never compared.
--
-- The load chosen: the highest at which the SLOs of the model (table slos, in force at the end of the period)
-- were kept by at least min_hours hours and min_requests requests. Kept = requests inside their targets / requests
-- judged >= objective, from request events (slo_basis gateway or client, as the SLO says: 'requests'), failed
-- ones counted against it; without events from the engines' histograms (slo_basis 'engine'): the share in
-- buckets that end at or below the strictest target, which knows no failed requests and is a lower bound.
-- null_reason says why there is no such load:
--   no_slo, no_latency, slo_not_met, few_hours, few_requests
--
-- Savings are against the hardware that made most of the mix's tokens in the period (baseline). Interval:
-- both ratios are sums over sums; blocks are hours; relative variance of a ratio by linearisation, the sum of
-- squared residuals usd - ratio x tokens, times (1 + r) / (1 - r) where hours in a row correlate by r; the
-- two variances add in the logarithm; 2.1 standard errors each way (95 % at 20 blocks). saving_null_reason: the
-- row's own, baseline, baseline_ + its reason, no_overlap (one hardware alone in the mix), no_price.
--
-- replicas_needed: engines (data-parallel ranks) at that load for the highest hour of the mix's demand, plus
-- one. memory_fit: weights (parameters x bytes of the precision) take at most 0.85 of the memory of the boards
-- an engine has; kv_used says how full the rest was. NULL = size or memory unknown (tables models, hardware), or
-- the engine has a part of a board.

CREATE OR REPLACE VIEW ${database}.hardware_comparison AS
WITH
    {since:DateTime('UTC')} AS t0,
    {until:DateTime('UTC')} AS t1,
    cell_hours AS
    (
        SELECT
            hour, region, hardware, model, precision, workload,
            sum(f.expected_ms) AS expected_ms, sum(f.observed_ms) AS observed_ms, sum(f.gpu_ms) AS gpu_ms,
            sum(f.tokens_expected_ms) AS tokens_expected_ms, sum(f.tokens_observed_ms) AS tokens_observed_ms,
            sum(f.output_tokens) AS tokens,
            sum(f.output_tokens_metered) AS tokens_metered, sum(f.gpu_mj_metered) AS mj_metered,
            sum(f.prompt_tokens) AS prompt_tokens, sum(f.prompt_tokens_cached) AS cached_tokens,
            sum(f.prompt_cached_observed_ms) AS cached_ms,
            sum(f.requests_finished) AS requests,
            sum(f.load_observed_ms) AS load_ms, sum(f.running_ms) AS running_ms,
            sum(f.kv_observed_ms) AS kv_ms, sum(f.kv_used_ppm_ms) AS kv_ppm_ms,
            sum(f.gpu_ms * ifNull(f.price, 0)) / 3.6e12 AS board_usd,
            -- Electricity that is billed apart: facility energy, where all of it is known.
            sum(toFloat64(f.facility_mj + f.facility_mj_modelled) / 3.6e9 * toFloat64(ifNull(f.price_per_kwh, 0)) / 1e6) AS energy_usd,
            countIf(f.gpu_ms > 0 AND (f.price IS NULL
                OR (f.price_per_kwh IS NOT NULL AND f.facility_mj + f.facility_mj_modelled = 0))) AS unpriced,
            max(f.price_example) AS example
        FROM ${database}.cells_between(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS f
        WHERE f.kind = 'inference' AND f.task = 'generate' AND f.role = 'both' AND f.model NOT IN ('', '(other)') AND f.hardware != ''
        GROUP BY ALL
    ),

    -- The strictest target of a model's service classes, per measure.
    targets AS
    (
        SELECT model, measure, min(threshold) AS target_s, max(objective) AS objective
        FROM
        (
            SELECT
                slo,
                argMax(s.model, s.effective_from) AS model,
                argMax(s.measure, s.effective_from) AS measure,
                argMax(s.threshold, s.effective_from) AS threshold,
                argMax(s.objective, s.effective_from) AS objective
            FROM ${database}.slos AS s FINAL
            WHERE s.effective_from < t1
            GROUP BY slo
        )
        WHERE threshold > 0
        GROUP BY model, measure
    ),
    (
        SELECT groupArray((toString(model), toString(measure), target_s, objective)) FROM targets
    ) AS all_targets,
    request_hours AS
    (
        SELECT
            hour, region, hardware, model, precision, workload,
            sum(r.requests_judged) AS judged, sum(r.requests_good) AS good,
            sumMap(r.ttft_gateway_index, r.ttft_gateway_count) AS ttft_gateway,
            sumMap(r.e2e_gateway_index, r.e2e_gateway_count) AS e2e_gateway
        FROM ${database}.request_between(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS r
        GROUP BY ALL
    ),
    -- (measure, observations, of which inside the target) of the engines' own histograms.
    engine_hours AS
    (
        SELECT hour, region, hardware, model, precision, workload,
            sumMap([measure], [n]) AS engine_n, sumMap([measure], [inside]) AS engine_inside
        FROM
        (
            SELECT
                hour, region, hardware, model, precision, workload, toString(l.measure) AS measure,
                arraySum(l.counts) AS n,
                arrayMin(t -> t.3, arrayFilter(t -> t.1 IN ('', model) AND t.2 = measure, all_targets)) AS target_s,
                arraySum((bound, c) -> if(bound / 1e9 <= target_s, c, 0), l.bounds_ns, arrayPopBack(l.counts)) AS inside
            FROM ${database}.latency_between(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS l
            WHERE l.vantage = 'engine' AND arrayExists(t -> t.1 IN ('', l.model) AND t.2 = l.measure, all_targets)
        )
        GROUP BY ALL
    ),

    -- Hours that can be compared, each in its mix and load.
    binned AS
    (
        SELECT
            c.hour AS hour, c.hardware AS hardware, c.model AS model, c.precision AS precision,
            c.tokens AS tokens, c.requests AS requests, c.tokens_metered AS tokens_metered, c.mj_metered AS mj_metered,
            c.board_usd + c.energy_usd AS usd, c.unpriced AS unpriced, c.example AS example, c.gpu_ms AS gpu_ms,
            c.tokens_observed_ms AS engine_ms, c.expected_ms AS boards_expected_ms, c.tokens_expected_ms AS engines_expected_ms, c.kv_ms AS kv_ms, c.kv_ppm_ms AS kv_ppm_ms,
            toInt32(round(log2(c.prompt_tokens / c.requests))) AS prompt_bin,
            toInt32(round(log2(c.tokens / c.requests))) AS output_bin,
            if(c.cached_ms < 0.9 * c.tokens_observed_ms, -1, toInt32(least(3, floor(4 * c.cached_tokens / c.prompt_tokens)))) AS cached_bin,
            toInt32(floor(2 * log2(c.running_ms / c.load_ms))) AS load_bin,
            r.judged AS judged, r.good AS good, r.ttft_gateway AS ttft_gateway, r.e2e_gateway AS e2e_gateway,
            e.engine_n AS engine_n, e.engine_inside AS engine_inside
        FROM cell_hours AS c
        LEFT JOIN request_hours AS r USING (hour, region, hardware, model, precision, workload)
        LEFT JOIN engine_hours AS e USING (hour, region, hardware, model, precision, workload)
        WHERE c.expected_ms > 0 AND c.observed_ms >= 0.9 * c.expected_ms
          AND c.tokens_observed_ms > 0 AND c.tokens_observed_ms >= 0.9 * c.tokens_expected_ms
          AND c.load_ms >= 0.9 * c.tokens_observed_ms AND c.running_ms > 0
          AND c.requests > 0 AND c.tokens > 0 AND c.prompt_tokens > 0 AND c.gpu_ms > 0
    ),
    -- Blocks: what all cells of one hardware did in an hour at one load.
    blocks AS
    (
        SELECT
            model, precision, prompt_bin, output_bin, cached_bin, hardware, load_bin, hour,
            sum(b.tokens) AS tokens, sum(b.requests) AS requests,
            sum(sum(b.tokens)) OVER (PARTITION BY model, precision, prompt_bin, output_bin, cached_bin, hour) AS mix_tokens,
            sum(b.tokens_metered) AS tokens_metered, sum(b.mj_metered) / 1000 AS joules,
            sum(b.usd) AS usd, sum(b.unpriced) AS unpriced, max(b.example) AS example,
            sum(b.gpu_ms) AS gpu_ms, sum(b.engine_ms) AS engine_ms,
            sum(b.boards_expected_ms) AS boards_expected_ms, sum(b.engines_expected_ms) AS engines_expected_ms,
            sum(b.kv_ms) AS kv_ms, sum(b.kv_ppm_ms) AS kv_ppm_ms,
            sum(b.judged) AS judged, sum(b.good) AS good,
            sumMap(b.ttft_gateway.1, b.ttft_gateway.2) AS ttft_gateway, sumMap(b.e2e_gateway.1, b.e2e_gateway.2) AS e2e_gateway,
            sumMap(b.engine_n.1, b.engine_n.2) AS engine_n, sumMap(b.engine_inside.1, b.engine_inside.2) AS engine_inside
        FROM binned AS b
        GROUP BY model, precision, prompt_bin, output_bin, cached_bin, hardware, load_bin, hour
    ),
    loads AS
    (
        SELECT
            model, precision, prompt_bin, output_bin, cached_bin, hardware, load_bin,
            count() AS hours, max(b.mix_tokens) AS peak_mix_tokens,
            sum(b.tokens) AS tokens, sum(b.requests) AS requests, sum(b.tokens_metered) AS tokens_metered, sum(b.joules) AS joules,
            sum(b.usd) AS usd, sum(b.unpriced) > 0 AS unpriced, max(b.example) AS example,
            sum(b.gpu_ms) AS gpu_ms, sum(b.engine_ms) AS engine_ms,
            sum(b.boards_expected_ms) AS boards_expected_ms, sum(b.engines_expected_ms) AS engines_expected_ms,
            sum(b.kv_ppm_ms) / 1e6 / nullIf(sum(b.kv_ms), 0) AS kv_used,
            sum(b.judged) AS judged, sum(b.good) AS good,
            sumMap(b.ttft_gateway.1, b.ttft_gateway.2) AS ttft_gateway, sumMap(b.e2e_gateway.1, b.e2e_gateway.2) AS e2e_gateway,
            sumMap(b.engine_n.1, b.engine_n.2) AS engine_n, sumMap(b.engine_inside.1, b.engine_inside.2) AS engine_inside,
            arraySort(groupArray((toUnixTimestamp(b.hour), toFloat64(b.usd), toFloat64(b.tokens)))) AS usd_blocks,
            arraySort(groupArray((toUnixTimestamp(b.hour), toFloat64(b.joules), toFloat64(b.tokens_metered)))) AS joule_blocks
        FROM blocks AS b
        GROUP BY model, precision, prompt_bin, output_bin, cached_bin, hardware, load_bin
    ),
    judged_loads AS
    (
        SELECT
            l.* EXCEPT (usd_blocks, joule_blocks),
            arrayFilter(t -> t.1 IN ('', toString(l.model)), all_targets) AS own_targets,
            arrayMax(t -> t.4, own_targets) AS objective,
            arrayDistinct(own_targets.2) AS slo_measures,
            notEmpty(own_targets) AS has_slo,
            multiIf(NOT has_slo, '', l.judged > 0, 'requests',
                hasAll(l.engine_n.1, slo_measures), 'engine', '') AS slo_basis,
            -- The worst of the measures, each inside / all.
            multiIf(
                slo_basis = 'requests', l.good / l.judged,
                slo_basis = 'engine', arrayMin(arrayMap(
                    m -> l.engine_inside.2[indexOf(l.engine_inside.1, m)] / l.engine_n.2[indexOf(l.engine_n.1, m)], slo_measures)),
                NULL) AS attainment,
            multiIf(
                NOT has_slo, 'no_slo',
                attainment IS NULL, 'no_latency',
                attainment < objective, 'slo_not_met',
                l.hours < {min_hours:UInt32}, 'few_hours',
                l.requests < {min_requests:UInt64} OR (slo_basis = 'requests' AND l.judged < {min_requests:UInt64}), 'few_requests',
                '') AS null_reason,
            ${usd_variance},
            ${joule_variance}
        FROM loads AS l
    ),
    chosen AS
    (
        SELECT
            *,
            sum(tokens) OVER (PARTITION BY model, precision, prompt_bin, output_bin, cached_bin, hardware) AS all_tokens,
            sum(tokens) OVER (PARTITION BY model, precision, prompt_bin, output_bin, cached_bin) AS mix_all_tokens,
            max(peak_mix_tokens) OVER (PARTITION BY model, precision, prompt_bin, output_bin, cached_bin) / 3600 AS demand_tokens_per_s,
            row_number() OVER (
                PARTITION BY model, precision, prompt_bin, output_bin, cached_bin, hardware
                ORDER BY null_reason = '' DESC, if(null_reason = '', load_bin, 0) DESC, tokens DESC, load_bin DESC) AS choice
        FROM judged_loads
    ),
    compared AS
    (
        SELECT
            *,
            if(null_reason != '' OR unpriced, NULL, usd / tokens) AS usd_per_token,
            if(null_reason != '', NULL, joules / nullIf(tokens_metered, 0)) AS joules_per_token,
            count() OVER mix AS hardware_in_mix,
            argMax((toString(hardware), null_reason, usd_per_token, joules_per_token, usd_variance, joule_variance), (all_tokens, hardware)) OVER mix AS base
        FROM chosen
        WHERE choice = 1
        WINDOW mix AS (PARTITION BY model, precision, prompt_bin, output_bin, cached_bin)
    ),
    sizes AS
    (
        SELECT model, max(m.parameters_b) AS parameters_b, max(m.precision) AS precision_of
        FROM ${database}.models AS m FINAL
        WHERE m.parameters_b > 0
        GROUP BY model
    ),
    boards AS (SELECT hardware, memory_mib FROM ${database}.hardware FINAL WHERE memory_mib > 0)
SELECT
    c.model AS model,
    c.precision AS precision,
    exp2(c.prompt_bin) AS prompt_tokens_per_request_about,
    exp2(c.output_bin) AS output_tokens_per_request_about,
    c.cached_bin AS cached_share_quarter,
    c.hardware AS hardware,
    c.all_tokens / c.mix_all_tokens AS tokens_share_of_mix,
    c.null_reason AS null_reason,
    c.slo_basis AS slo_basis,
    if(c.has_slo, c.objective, NULL) AS slo_objective,
    c.attainment AS slo_attainment,
    c.hours AS hours,
    c.requests AS requests,
    if(c.null_reason != '', NULL, exp2(c.load_bin / 2)) AS running_per_engine_from,
    1 / c.joules_per_token AS output_tokens_per_joule,
    if(c.null_reason != '', NULL, c.tokens / (c.gpu_ms / 1000)) AS output_tokens_per_s_per_gpu,
    c.usd_per_token * 1e6 AS usd_per_mtok_output,
    multiIf(c.null_reason != '', c.null_reason, c.unpriced, 'no_price', '') AS usd_null_reason,
    CAST(c.example, 'Bool') AS example_prices,
    if(c.null_reason != '' OR c.slo_basis != 'requests', NULL, ${p95_ttft}) AS p95_ttft_gateway_s,
    if(c.null_reason != '' OR c.slo_basis != 'requests', NULL, ${p95_e2e}) AS p95_e2e_gateway_s,
    if(c.null_reason != '', NULL, c.kv_used) AS kv_used,
    c.base.1 AS baseline_hardware,
    multiIf(
        c.hardware_in_mix = 1, 'no_overlap',
        c.null_reason != '', c.null_reason,
        c.hardware = c.base.1, 'baseline',
        c.base.2 != '', concat('baseline_', c.base.2),
        '') AS saving_null_reason,
    multiIf(saving_null_reason != '', saving_null_reason, c.usd_per_token IS NULL OR c.base.3 IS NULL, 'no_price',
        c.usd_variance IS NULL OR c.base.5 IS NULL, 'few_hours', '') AS usd_saving_null_reason,
    if(usd_saving_null_reason != '', NULL, c.usd_per_token / c.base.3) AS usd_ratio,
    2.1 * sqrt(c.usd_variance + c.base.5) AS usd_log_half_width,
    1 - usd_ratio AS usd_saving_share,
    1 - usd_ratio * exp(usd_log_half_width) AS usd_saving_share_low,
    1 - usd_ratio * exp(-usd_log_half_width) AS usd_saving_share_high,
    if(saving_null_reason != '' OR c.joule_variance IS NULL OR c.base.6 IS NULL, NULL, c.joules_per_token / c.base.4) AS joules_ratio,
    2.1 * sqrt(c.joule_variance + c.base.6) AS joules_log_half_width,
    1 - joules_ratio AS joules_saving_share,
    1 - joules_ratio * exp(joules_log_half_width) AS joules_saving_share_low,
    1 - joules_ratio * exp(-joules_log_half_width) AS joules_saving_share_high,
    c.demand_tokens_per_s AS demand_output_tokens_per_s,
    c.boards_expected_ms / c.engines_expected_ms AS gpus_per_engine,
    if(c.null_reason != '', NULL, toUInt64(ceil(c.demand_tokens_per_s / (c.tokens / (c.engine_ms / 1000)))) + 1) AS replicas_needed,
    -- Engines on parts of a board share it; others have whole ones.
    toUInt64(if(gpus_per_engine < 0.95, ceil(replicas_needed * gpus_per_engine), replicas_needed * round(gpus_per_engine))) AS gpus_needed,
    -- The engine's name for the model may not tell the precision; table models may.
    if(c.precision != '', c.precision, z.precision_of) AS weights_precision,
    multiIf(weights_precision IN ('fp4', 'nvfp4', 'mxfp4', 'int4', 'w4a16', 'awq', 'gptq'), 0.5,
        weights_precision IN ('fp8', 'int8', 'w8a8', 'w8a16'), 1,
        weights_precision IN ('bf16', 'fp16'), 2, weights_precision = 'fp32', 4, NULL) AS bytes_per_parameter,
    if(z.parameters_b > 0, z.parameters_b * bytes_per_parameter * 1e9 / 1073741824, NULL) AS weights_gib,
    if(b.memory_mib > 0 AND gpus_per_engine >= 0.95, b.memory_mib * round(gpus_per_engine) / 1024, NULL) AS memory_per_engine_gib,
    if(weights_gib IS NULL OR memory_per_engine_gib IS NULL, NULL, weights_gib <= 0.85 * memory_per_engine_gib) AS memory_fit
FROM compared AS c
LEFT JOIN sizes AS z ON c.model = z.model
LEFT JOIN boards AS b ON c.hardware = b.hardware
COMMENT 'Hardware for the same work, each at the highest load that keeps its SLO; units are in the names. Parameters since, until (UTC), min_hours, min_requests.';
