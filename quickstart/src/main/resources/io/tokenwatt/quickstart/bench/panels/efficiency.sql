-- Rows of ${table}: each of ${windows} windows of ${seconds} s from Unix second ${from} on, for each cell. Load follows the
-- region's day; power, tokens and activity follow load. One row in 977 saw no energy.
INSERT INTO ${database}.${table}
(
    window_start, region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind, cell_id,
    expected_ms, observed_ms, gpu_ms, gpu_busy_ms, gpu_loaded_idle_ms, gpu_unallocated_ms,
    gpu_mj, gpu_busy_mj, gpu_loaded_idle_mj, gpu_unallocated_mj, gpu_mj_metered, gpu_mj_measured,
    node_observed_ms, node_mj, node_mj_metered, output_tokens_node_metered,
    facility_observed_ms, facility_mj, facility_mj_metered, output_tokens_facility_metered,
    tokens_expected_ms, tokens_observed_ms, output_tokens, output_tokens_metered,
    prompt_tokens, prompt_tokens_cached, prompt_cached_observed_ms, prompt_tokens_computed, prompt_tokens_computed_metered, prompt_computed_observed_ms,
    requests_finished, requests_finished_metered, load_observed_ms, running_ms, waiting_ms, kv_observed_ms, kv_used_ppm_ms,
    sm_active_observed_ms, sm_active_ppm_ms, dram_active_observed_ms, dram_active_ppm_ms, hbm_observed_ms, hbm_kb,
    sm_clock_observed_ms, sm_clock_mhz_ms, power_limit_observed_ms, power_limit_mw_ms, throttled_us,
    source_period_ms, nodes, attribution_method, microusd_live, price_version, version
)
WITH
    0.5 + 0.35 * sin(2 * pi() * (w % 86400 / 86400 + n % 10 / 10)) + sipHash64(n, w) % 1000 / 10000 AS load,
    sipHash64(n, w) % 977 != 0 AS seen,
    boards * ${seconds} * 1000 AS ms,
    toInt64(boards * ${seconds} * (150 + 550 * load) * 1000) AS mj,
    toInt64(boards * ${seconds} * load * 300) AS tokens,
    not free AS held,
    intDiv(ms, 8) AS engine_ms
SELECT
    toDateTime(w, 'UTC'), region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind, cell_id,
    ms, ms * seen, ms, held * (ms - intDiv(ms, 20)), held * intDiv(ms, 20), free * ms,
    mj * seen, held * seen * (mj - intDiv(mj, 40)), held * seen * intDiv(mj, 40), free * seen * mj, held * seen * mj, seen * mj,
    engine_ms, intDiv(mj * 13, 10), held * intDiv(mj * 13, 10), held * tokens,
    engine_ms, intDiv(mj * 15, 10), held * intDiv(mj * 15, 10), held * tokens,
    held * engine_ms, held * engine_ms, held * tokens, held * seen * tokens,
    held * tokens * 4, held * tokens, held * engine_ms, held * tokens * 3, held * seen * tokens * 3, held * engine_ms,
    held * intDiv(tokens, 300), held * seen * intDiv(tokens, 300), held * engine_ms, held * toInt64(engine_ms * load * 40), held * toInt64(engine_ms * load * load * 8), held * engine_ms, held * toInt64(engine_ms * load * 900000),
    ms, toInt64(ms * load * 800000), ms, toInt64(ms * load * 600000), ms, toInt64(ms * load * 2000000),
    ms, ms * 1700, ms, ms * 700000, 0,
    1000, intDiv(boards, 8), 'config', ms * 694, 1, intDiv(boards * ${seconds}, 80)
FROM (SELECT toUInt32(${from} + ${seconds} * number) AS w FROM numbers(${windows})) AS time
CROSS JOIN ${database}.bench_cells
WHERE ${where}
SETTINGS max_insert_threads = 2
