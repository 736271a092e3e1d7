-- Rows of ${table}: four latencies of each cell that serves, in vLLM's bounds; log-normal around a median that
-- grows with load.
INSERT INTO ${database}.${table}
(
    window_start, region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind, cell_id,
    vantage, measure, bounds_id, bounds_ns, counts, sum_us, version
)
WITH
    arrayMap(s -> toInt64(s * 1e9), [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560]) AS bounds,
    0.5 + 0.35 * sin(2 * pi() * (w % 86400 / 86400 + n % 10 / 10)) AS load,
    toInt64(boards * ${seconds} * load) AS requests
SELECT
    toDateTime(w, 'UTC'), region, cluster, site_kind, provider, purchase_option, hardware, model, precision, workload, owner, deployment, engine, role, task, kind, cell_id,
    'engine', latency.1, 1, bounds, arrayMap(b -> toInt64(requests * exp(-pow(log(b / latency.2) - load, 2))), arrayPushBack(bounds, 5120000000000)), requests * 200000, intDiv(boards * ${seconds}, 80)
FROM (SELECT toUInt32(${from} + ${seconds} * number) AS w FROM numbers(${windows})) AS time
CROSS JOIN ${database}.bench_cells
ARRAY JOIN [('ttft', 2e8), ('itl', 2e7), ('e2e', 4e9), ('queue', 1e7)] AS latency
WHERE NOT free AND ${where}
SETTINGS max_insert_threads = 2
