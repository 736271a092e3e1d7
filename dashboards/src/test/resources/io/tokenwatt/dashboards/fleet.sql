-- Three hours of a small fleet, as facts: two regions, three kinds of boards, two models that generate and one
-- that embeds, boards that nobody holds, records that were not counted, a change and a regression. Windows of
-- 10 s up to the newest whole one; amounts are linear in the cell's number, so nothing is equal by chance.

INSERT INTO efficiency_10s
    (window_start, region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine,
    role, task, kind, cell_id, expected_ms, observed_ms, gpu_ms, gpu_busy_ms, gpu_loaded_idle_ms, gpu_unallocated_ms, gpu_mj, gpu_busy_mj,
    gpu_loaded_idle_mj, gpu_unallocated_mj, gpu_mj_metered, gpu_mj_measured, tokens_expected_ms, tokens_observed_ms, tokens_prompt_only_ms,
    output_tokens, output_tokens_metered, prompt_tokens, prompt_tokens_cached, prompt_cached_observed_ms, prompt_tokens_computed,
    prompt_tokens_computed_metered, prompt_computed_observed_ms, requests_finished, requests_finished_metered, requests_failed,
    load_observed_ms, running_ms, waiting_ms, kv_observed_ms, kv_used_ppm_ms, sm_active_observed_ms, sm_active_ppm_ms,
    dram_active_observed_ms, dram_active_ppm_ms, hbm_observed_ms, hbm_kb, power_limit_observed_ms, power_limit_mw_ms, throttled_us, nodes, version)
SELECT
    toStartOfInterval(now() - 20, INTERVAL 10 SECOND) - 10 * intDiv(number, 8) AS window_start,
    ['eu', 'us', 'us', 'eu', 'us', 'eu', 'us', 'eu'][c + 1] AS region,
    concat('prod-', region) AS cluster, 'cloud', 'acme', 'on_demand',
    ['H100-SXM', 'H100-SXM', 'B200', 'L40S', 'B200', 'H100-SXM', 'L40S', 'B200'][c + 1] AS hardware,
    ['llama', 'llama', 'llama', 'bge', 'qwen', '', 'qwen', 'qwen'][c + 1] AS model, 'fp8',
    ['chat', 'chat', 'chat', 'search', 'code', '(unallocated)', 'code', 'code'][c + 1] AS workload, 'team-a', concat(workload, '@1'),
    if(free, '', 'vllm'), if(free, '', 'both'), multiIf(free, '', embeds, 'embed', 'generate'), if(free, '', 'inference'), c + 1,
    80000, 80000 - 800 * c, 80000 - 800 * c AS boards, if(free, 0, boards - 1000), if(free, 0, 1000), if(free, boards, 0),
    boards * (if(free, 90, 500 + c)) AS mj, if(free, 0, mj - 90000), if(free, 0, 90000), if(free, mj, 0),
    if(free, 0, mj), intDiv(mj * 9, 10),
    if(free, 0, 10000) AS engines, engines, if(embeds, 10000, 0),
    if(free OR embeds, 0, 40000 + 1000 * c + (number % 977)) AS made, made, if(free, 0, 90000) AS asked, intDiv(asked, 3), engines, asked - intDiv(asked, 3),
    asked - intDiv(asked, 3), engines, if(free, 0, 250), if(free, 0, 250), if(free, 0, 1),
    engines, engines * 24, engines * 2, engines, engines * 400000, boards, boards * 600000,
    boards, boards * 450000, boards, boards * 1500, boards, boards * 700000, 5000 * c, 1, 1
FROM
(
    SELECT number, number % 8 AS c, c = 5 AS free, c = 3 AS embeds FROM numbers(8 * 1080)
);

INSERT INTO latency_10s
    (window_start, region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine,
    role, task, kind, cell_id, vantage, measure, bounds_id, bounds_ns, counts, sum_us, version)
SELECT
    window_start, region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine,
    role, task, kind, cell_id, 'engine', arrayJoin(['ttft', 'itl', 'e2e', 'queue']), 7,
    [10000000, 100000000, 1000000000, 10000000000], [20, 120, 100, 9, 1], 120000000, 1
FROM efficiency_10s
WHERE model IN ('llama', 'qwen');

INSERT INTO gpu_10s
    (window_start, node, region, zone, cluster, site, rack, gpu, gpu_index, hardware, driver, workload, state, expected_ms, observed_ms,
    energy_mj, power_observed_ms, power_mw_ms, power_limit_observed_ms, power_limit_mw_ms, sm_active_observed_ms, sm_active_ppm_ms,
    dram_active_observed_ms, dram_active_ppm_ms, hbm_observed_ms, hbm_kb, memory_observed_ms, memory_used_mib_ms, sm_clock_observed_ms,
    sm_clock_mhz_ms, temperature_observed_ms, temperature_mc_ms, memory_temperature_observed_ms, memory_temperature_mc_ms,
    nvlink_observed_ms, nvlink_kb, pcie_observed_ms, pcie_kb, power_throttled_us, thermal_throttled_us, version)
SELECT
    window_start, concat('node-', toString(cell_id)), region, '', cluster, concat(region, '-1'), 'r1', concat('GPU-', toString(cell_id), '-', toString(board)), board,
    hardware, '580', workload, 'busy', intDiv(expected_ms, 8) AS ms, intDiv(observed_ms, 8), intDiv(gpu_mj, 8) + if(board = 0, gpu_mj % 8, 0),
    ms, ms * 500000, ms, ms * 700000, ms, ms * 600000, ms, ms * 450000, ms, ms * 1500, ms, ms * 70000, ms, ms * 1700, ms, ms * 64000, ms, ms * 71000,
    ms, ms * 90, ms, ms * 8, 1000 * board, 10 * board, 1
FROM efficiency_10s
ARRAY JOIN range(8) AS board;

INSERT INTO node_10s
    (window_start, node, region, zone, cluster, site, rack, expected_ms, board_expected_ms, board_observed_ms, board_mj, machine_observed_ms,
    machine_mj, tokens_expected_ms, tokens_observed_ms, output_tokens, version)
SELECT
    window_start, concat('node-', toString(cell_id)), region, '', cluster, concat(region, '-1'), 'r1', 10000, expected_ms, observed_ms, gpu_mj, 10000,
    intDiv(gpu_mj * 3, 2), tokens_expected_ms, tokens_observed_ms, output_tokens, 1
FROM efficiency_10s;

INSERT INTO request_10s
    (window_start, region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine,
    role, task, kind, cell_id, service_class, tenant, client_region, adapter, requests, requests_ok, requests_error, prompt_tokens,
    output_tokens, requests_prompt_known, requests_output_known, requests_judged, requests_good, output_tokens_good, output_tokens_judged,
    failed_gateway, ttft_gateway_us, e2e_gateway_us, tpot_gateway_us, ttft_gateway_index, ttft_gateway_count, e2e_gateway_index,
    e2e_gateway_count, tpot_gateway_index, tpot_gateway_count, ttft_client_us, ttft_client_index, ttft_client_count, version)
SELECT
    window_start, region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine,
    role, task, kind, cell_id, 'interactive', 'tenant-1', region, '', 250, 249, 1, prompt_tokens,
    output_tokens, 249, 249, 250, 240, intDiv(output_tokens * 24, 25), output_tokens,
    1, 249 * 500000, 249 * 9000000, 249 * 30000, [600, 660, 760], [149, 90, 10], [800], [249], [515], [249],
    249 * 600000, [610, 670, 770], [149, 90, 10], 1
FROM efficiency_10s
WHERE model IN ('llama', 'qwen');

INSERT INTO engine_10s
    (window_start, node, region, zone, cluster, site, rack, instance, engine, model, workload, deployment, role, expected_ms, observed_ms,
    output_tokens, version)
SELECT
    window_start, concat('node-', toString(cell_id)), region, '', cluster, '', '', 'vllm', engine, model, workload, deployment, role,
    tokens_expected_ms, tokens_observed_ms, output_tokens, 1
FROM efficiency_10s
WHERE tokens_expected_ms > 0;

INSERT INTO intake_10s (window_start, node, region, zone, cluster, site, rack, outcome, records, version)
SELECT DISTINCT
    window_start, concat('node-', toString(cell_id)), region, '', cluster, '', '',
    arrayJoin(if(cell_id = 2 AND toMinute(window_start) % 20 = 0, ['counted', 'duplicate', 'rejected'], ['counted'])) AS outcome,
    if(outcome = 'counted', 10, 1), 1
FROM efficiency_10s;

INSERT INTO request_intake_10s (window_start, agent, outcome, events, version)
SELECT DISTINCT window_start, 'node-1', 'counted', 240, 1 FROM efficiency_10s;

INSERT INTO rejects (time, topic, partition, offset, node, reason, detail, payload_bytes)
SELECT now() - 600 * (number + 1), 'tokenwatt.node-samples', 0, number, 'node-2', 'not_decodable', 'byte 17: a tag of field 0', 100 FROM numbers(3);

INSERT INTO judged_windows (hour, region, workload, outcome, measures, version)
SELECT DISTINCT toStartOfHour(window_start), region, workload, arrayJoin(['judged', 'warm_up', 'low_traffic']), 300, 1 FROM efficiency_10s;

INSERT INTO prices (provider, region, hardware, purchase_option, effective_from, per_gpu_hour, currency, note, example, version)
SELECT 'acme', '', arrayJoin(['H100-SXM', 'B200', 'L40S']), 'on_demand', toStartOfHour(now()) - 86400, 2.5, 'USD', 'made up', true, 1;

INSERT INTO slos (slo, model, service_class, measure, vantage, comparison, threshold, objective, effective_from)
SELECT 'first-token', '', '', 'ttft', 'gateway', '<=', 2, 0.8, toStartOfHour(now()) - 86400;

INSERT INTO power_budgets (scope, site, name, effective_from, limit_kw, racks, nodes, note, version)
SELECT 'feed', concat(arrayJoin(['eu', 'us']), '-1'), 'A', toStartOfHour(now()) - 86400, 60, ['r1'], 4, 'made up', 1;

INSERT INTO api_tariffs
    (provider, model, effective_from, offer, per_mtok_prompt, per_mtok_cached, per_mtok_output, currency, note, example, version)
SELECT 'api-one', '*', toStartOfHour(now()) - 86400, '', 0.1, 0.05, 0.2, 'USD', 'made up', true, 1;

INSERT INTO events (event_id, time, kind, origin, deployment, region, cluster, node, hardware, model, workload, title, power_limit_w, version)
VALUES
    ('a', now() - 7200, 'deployment', 'first_seen', 'chat@1', 'eu', 'prod-eu', 'node-1', 'H100-SXM', 'llama', 'chat', 'chat runs as chat@1', NULL, 1),
    ('b', now() - 3600, 'power_limit', 'detected', 'chat@1', 'us', 'prod-us', 'node-2', 'H100-SXM', '', 'chat', 'power limit 700 W to 300 W', 300, 1);

INSERT INTO regressions
    (regression, opened, started, judged_to, region, cluster, hardware, model, workload, role, measure, expected, observed, size, size_low,
    size_high, sigma, usd_per_day, suspect, cause, suspects, nodes, version)
SELECT
    'r1', now() - 3500, now() - 3590, now() - 60, 'us', 'prod-us', 'H100-SXM', 'llama', 'chat', 'both', 'joules_per_output_token', 0.4, 0.5, 0.25,
    0.2, 0.3, 9, 85, 'power_cap: 700 W to 300 W', 'power_cap H100-SXM in us', ['power_cap: 700 W to 300 W'], ['node-2'], 1;
