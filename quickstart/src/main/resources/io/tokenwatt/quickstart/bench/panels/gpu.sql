-- Rows of ${table}: ${nodes} nodes of eight boards in one cluster.
INSERT INTO ${database}.${table}
(
    window_start, node, region, zone, cluster, site, rack, gpu, gpu_index, hardware, driver, workload, state,
    expected_ms, observed_ms, energy_mj, power_observed_ms, power_mw_ms, power_limit_observed_ms, power_limit_mw_ms, util_observed_ms, util_ppm_ms,
    sm_active_observed_ms, sm_active_ppm_ms, dram_active_observed_ms, dram_active_ppm_ms, hbm_observed_ms, hbm_kb, memory_observed_ms, memory_used_mib_ms,
    sm_clock_observed_ms, sm_clock_mhz_ms, temperature_observed_ms, temperature_mc_ms, memory_temperature_observed_ms, memory_temperature_mc_ms,
    nvlink_observed_ms, nvlink_kb, pcie_observed_ms, pcie_kb, power_throttled_us, thermal_throttled_us, source_period_ms, version
)
WITH
    intDiv(board, 8) AS machine,
    0.5 + 0.35 * sin(2 * pi() * w % 86400 / 86400) + sipHash64(board, w) % 1000 / 10000 AS load,
    ${seconds} * 1000 AS ms
SELECT
    toDateTime(w, 'UTC'), concat('node-', leftPad(toString(machine), 5, '0')), 'us-east', 'us-east-a', 'us-east-0', 'us-east-site', concat('rack-', toString(intDiv(machine, 8))),
    concat('GPU-', hex(sipHash128(board))), board % 8, 'H200', '580.95', 'model-2-0', 'busy',
    ms, ms, toInt64(ms * (150 + 550 * load)), ms, toInt64(ms * (150 + 550 * load) * 1000), ms, ms * 700000, ms, toInt64(ms * 900000 * load),
    ms, toInt64(ms * load * 800000), ms, toInt64(ms * load * 600000), ms, toInt64(ms * load * 2000000), ms, ms * 120000,
    ms, ms * 1700, ms, toInt64(ms * (40 + 40 * load) * 1000), ms, toInt64(ms * (45 + 40 * load) * 1000),
    ms, ms * 100000, ms, ms * 9000, 0, 0, 1000, intDiv(${seconds}, 10)
FROM (SELECT toUInt32(${from} + ${seconds} * number) AS w FROM numbers(${windows})) AS time
CROSS JOIN (SELECT number AS board FROM numbers(8 * ${nodes})) AS boards
SETTINGS max_insert_threads = 2
