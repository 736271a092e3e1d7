-- View boards_stepped: power, activity, clocks and heat of boards, for pictures: by node and board or over more
-- of them, by steps of a period or for the period as a whole. Boards are physical: a board with MIG instances or
-- time slices is one row.
--
--   SELECT time, node, gpu_index, watts_per_gpu
--   FROM ${database}.boards_stepped(interval_s = 60, since = now() - 3600, until = now(), by = ['node', 'gpu_index'],
--       regions = ['*'], clusters = ['*'], hardwares = ['*'], nodes = ['node-00007'])
--   ORDER BY time, node, gpu_index
--
-- interval_s, since, until: as in cells_stepped (R75). by: of node, gpu, gpu_index, region, cluster, rack, hardware;
-- those not named are '' (gpu_index: -1). regions …: values to keep; empty or ['*'] = all. Without nodes every
-- board of the fleet is read: for the fleet ask efficiency_stepped, which has the same means per board.
--
-- Means are sum(value x ms) / sum(ms observed), each over the time in which that reading was there; NULL = never.
-- watts_per_gpu is energy over observed time, from the energy counter where there is one; power_w is the mean of
-- the power readings. Shares of time: throttled by power or by heat, of the time observed, summed over boards.
-- …_max columns: the highest mean of one board in one window of the table read, not of one sample.

CREATE OR REPLACE VIEW ${database}.boards_stepped AS
WITH
    {interval_s:UInt32} AS wanted_s,
    multiIf(wanted_s = 0, 0, wanted_s <= 60, 10 * intDiv(wanted_s + 9, 10),
        wanted_s <= 3600, 60 * intDiv(wanted_s + 59, 60), 3600 * intDiv(wanted_s + 3599, 3600)) AS s,
    {since:DateTime('UTC')} AS asked,
    if(s = 0, toStartOfInterval(asked, INTERVAL 10 SECOND), toStartOfInterval(asked, toIntervalSecond(greatest(s, 1)))) AS t0,
    {until:DateTime('UTC')} AS t1,
    (SELECT max(window_start) FROM ${database}.gpu_1h) AS hours_rolled,
    (SELECT max(window_start) FROM ${database}.gpu_1m) AS minutes_rolled,
    toStartOfHour(t0 + INTERVAL 3599 SECOND) AS h0,
    if(s = 0 OR s % 3600 = 0, greatest(h0, least(toStartOfHour(t1), hours_rolled)), h0) AS h1,
    toStartOfMinute(t0 + INTERVAL 59 SECOND) AS m0,
    if(s = 0 OR s % 60 = 0, greatest(m0, least(toStartOfMinute(t1), minutes_rolled)), m0) AS m1,
    c AS
    (
        SELECT ${board_columns}
        FROM ${database}.gpu_1h FINAL
        WHERE window_start >= h0 AND window_start < h1${and_nodes}
        UNION ALL
        SELECT ${board_columns}
        FROM ${database}.gpu_1m FINAL
        WHERE window_start >= m0 AND window_start < m1 AND NOT (window_start >= h0 AND window_start < h1)
           ${and_nodes}
        UNION ALL
        SELECT ${board_columns}
        FROM ${database}.gpu_10s FINAL
        WHERE window_start >= t0 AND window_start < t1 AND NOT (window_start >= h0 AND window_start < h1)
            AND NOT (window_start >= m0 AND window_start < m1)${and_nodes}
    ),
    sums AS
    (
        SELECT
            if(s = 0, t0, toStartOfInterval(c.window_start, toIntervalSecond(greatest(s, 1)))) AS time,
            ${board_groups},
            uniqExact(c.gpu) AS boards,
            uniqExact(c.node) AS machines,
            argMax(toString(c.workload), c.window_start) AS last_workload,
            argMax(toString(c.state), c.window_start) AS last_state,
            argMax(toString(c.driver), c.window_start) AS last_driver,
            max(c.xid_last) AS xid,
            groupBitOr(c.throttle_reasons) AS reasons,
            ${board_sums},
            max(c.temperature_mc_ms / 1e3 / nullIf(c.temperature_observed_ms, 0)) AS hottest,
            max(c.power_mw_ms / 1e3 / nullIf(c.power_observed_ms, 0)) AS most_power,
            max(c.source_period_ms) AS source_period_ms,
            groupBitOr(c.quality) AS quality_bits
        FROM c
        WHERE 1${and_chosen_boards}
        GROUP BY ALL
    ),
    (SELECT max(window_start) + INTERVAL 10 SECOND FROM ${database}.gpu_10s) AS newest
SELECT
    time, ${board_names}, boards, machines,
    last_workload AS workload, last_state AS state, last_driver AS driver, xid AS xid_last, reasons AS throttle_reasons,
    if(observed_ms = 0, NULL, energy_mj / 1000) AS joules,
    energy_mj / nullIf(observed_ms, 0) AS watts_per_gpu,
    power_mw_ms / 1000 / nullIf(power_observed_ms, 0) AS power_w,
    most_power AS power_w_max,
    power_limit_mw_ms / 1000 / nullIf(power_limit_observed_ms, 0) AS power_limit_w,
    power_w / nullIf(power_limit_w, 0) AS power_limit_share,
    util_ppm_ms / 1e6 / nullIf(util_observed_ms, 0) AS utilisation,
    gr_active_ppm_ms / 1e6 / nullIf(gr_active_observed_ms, 0) AS gr_active,
    sm_active_ppm_ms / 1e6 / nullIf(sm_active_observed_ms, 0) AS sm_active,
    tensor_active_ppm_ms / 1e6 / nullIf(tensor_active_observed_ms, 0) AS tensor_active,
    dram_active_ppm_ms / 1e6 / nullIf(dram_active_observed_ms, 0) AS dram_active,
    hbm_kb / 1e3 / nullIf(hbm_observed_ms, 0) AS hbm_gbps,
    nvlink_kb / 1e3 / nullIf(nvlink_observed_ms, 0) AS nvlink_gbps,
    pcie_kb / 1e3 / nullIf(pcie_observed_ms, 0) AS pcie_gbps,
    memory_used_mib_ms * 1048576 / nullIf(memory_observed_ms, 0) AS memory_used_bytes,
    sm_clock_mhz_ms / nullIf(sm_clock_observed_ms, 0) AS sm_clock_mhz,
    temperature_mc_ms / 1000 / nullIf(temperature_observed_ms, 0) AS temperature_c,
    hottest AS temperature_c_max,
    memory_temperature_mc_ms / 1000 / nullIf(memory_temperature_observed_ms, 0) AS memory_temperature_c,
    power_throttled_us / 1000 / nullIf(observed_ms, 0) AS power_throttled_share,
    thermal_throttled_us / 1000 / nullIf(observed_ms, 0) AS thermal_throttled_share,
    ecc_uncorrected,
    observed_ms / nullIf(expected_ms, 0) AS coverage,
    arrayFilter((label, bit) -> bitTest(quality_bits, bit), [${quality_labels}] AS labels, range(length(labels))) AS quality,
    source_period_ms,
    newest AS data_up_to
FROM sums
COMMENT 'Power, activity, clocks and heat of boards by step of a period; units are in the names. Parameters interval_s, since, until (UTC), by, regions, clusters, hardwares, nodes.';
