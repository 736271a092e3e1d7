-- 100,000 boards as ${cells} cells: 10 regions, 6 kinds of board, 12 models on each of them, 5 workloads
-- of each model; 8 to 168 boards a cell, a few of them large. Boards that nobody holds: a cell for each region
-- and kind of board. Numbers are hashes of the cell, so every run has the same fleet.
CREATE TABLE ${database}.bench_cells ENGINE = Memory AS
SELECT
    number AS n,
    number >= 3600 AS free,
    intDiv(number, 60) % 3 AS place,
    ['us-east', 'us-west', 'us-central', 'eu-central', 'eu-west', 'eu-north', 'ap-south', 'ap-east', 'sa-east', 'me-central'][number % 10 + 1] AS region,
    concat(region, '-', toString(place)) AS cluster,
    if(place = 2, 'on_prem', 'cloud') AS site_kind,
    ['hyperscaler', 'neocloud', 'own'][place + 1] AS provider,
    ['on_demand', 'reserved', 'owned'][place + 1] AS purchase_option,
    ['A100-SXM4-80GB', 'H100-SXM', 'H200', 'B200', 'MI300X', 'L40S'][intDiv(number, 10) % 6 + 1] AS hardware,
    if(free, '', concat('model-', toString((intDiv(number, 60) % 12 + 2 * (intDiv(number, 10) % 6)) % 24))) AS model,
    if(free, '', 'fp8') AS precision,
    if(free, '(unallocated)', concat(model, '-', toString(intDiv(number, 720)))) AS workload,
    if(free, '', concat('team-', toString(sipHash64(workload) % 20))) AS owner,
    if(free, '', hex(sipHash64(number, 'deployment'))) AS deployment,
    if(free, '', 'vllm') AS engine,
    if(free, '', 'both') AS role,
    if(free, '', 'generate') AS task,
    if(free, '', 'inference') AS kind,
    sipHash64(number) AS cell_id,
    if(free, 8, 8 * (1 + toInt64(floor(1 / (0.05 + sipHash64(number, 'boards') % 1000 / 1000))))) AS boards
FROM numbers(3660)
WHERE number % 10 < ${regions}
