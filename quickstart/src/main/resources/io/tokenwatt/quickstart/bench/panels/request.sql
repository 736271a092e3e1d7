-- Rows of ${table}: requests of each cell that serves, as its gateway told; three sketches of 40 buckets each.
INSERT INTO ${database}.${table}
(
    window_start, region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind, cell_id,
    service_class, tenant, client_region, adapter,
    requests, requests_ok, requests_error, prompt_tokens, output_tokens, requests_prompt_known, requests_output_known,
    requests_judged, requests_good, output_tokens_good, failed_gateway, output_tokens_judged,
    ttft_gateway_index, ttft_gateway_count, e2e_gateway_index, e2e_gateway_count, tpot_gateway_index, tpot_gateway_count, version
)
WITH
    0.5 + 0.35 * sin(2 * pi() * (w % 86400 / 86400 + n % 10 / 10)) AS load,
    toInt64(boards * ${seconds} * load) AS told,
    intDiv(told, 200) AS failed,
    arrayMap(i -> toInt64(told * exp(-pow((i - 20) / 8, 2)) / 14), range(40)) AS counts
SELECT
    toDateTime(w, 'UTC'), region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind, cell_id,
    'interactive', '', region, '',
    told, told - failed, failed, told * 1200, told * 300, told, told,
    told, intDiv(told * 98, 100), intDiv(told * 98, 100) * 300, failed, told * 300,
    arrayMap(i -> toInt32(590 + i + load * 20), range(40)), counts, arrayMap(i -> toInt32(740 + i + load * 20), range(40)), counts, arrayMap(i -> toInt32(480 + i + load * 20), range(40)), counts, told
FROM (SELECT toUInt32(${from} + ${seconds} * number) AS w FROM numbers(${windows})) AS time
CROSS JOIN ${database}.bench_cells
WHERE NOT free AND ${where}
SETTINGS max_insert_threads = 2
