-- A price for each kind of board and way of paying.
INSERT INTO ${database}.prices (provider, region, hardware, purchase_option, effective_from, per_gpu_hour, currency, example, version)
SELECT DISTINCT provider, '', hardware, purchase_option, toDateTime('2026-01-01 00:00:00', 'UTC'), 2.5, 'USD', true, 1
FROM ${database}.bench_cells
