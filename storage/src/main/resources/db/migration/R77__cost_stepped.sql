-- View cost_stepped: what tokens cost, for pictures: over any dimensions, by steps of a period or for the
-- period as a whole. Rules of money: view efficiency (R3). Parameters: efficiency_stepped (R76).
--
--   SELECT time, hardware, usd_per_mtok_output_all_in
--   FROM ${database}.cost_stepped(interval_s = 3600, since = now() - 86400, until = now(), by = ['hardware'],
--       regions = ['*'], clusters = ['*'], hardwares = ['*'], models = ['*'])
--   ORDER BY time, hardware
--
-- active: board time that was busy. all_in: all board time that somebody holds, and the boards that nobody
-- holds, shared by GPU-seconds among the holders of boards of the same region, cluster and hardware within
-- the step. held: all board time, the unallocated as rows of their own (no model, nobody's share).
-- usd_null_reason as in R3, for groups of whole engines: no_price, no_facility_energy, no_tokens,
-- missing_members, token_coverage, board_coverage; other_rows is found as there.
-- Cells of training, embedding and the like have dollars and no output tokens: they are not in the ratio, of
-- boards that generate alone. Dollars of groups add up; ratios do not.

CREATE OR REPLACE VIEW ${database}.cost_stepped AS
WITH
    board_time AS
    (
        SELECT
            time, any(c.step_s) AS step_s, toStartOfHour(c.window_start) AS hour,
            c.region AS at_region, c.cluster AS at_cluster, c.hardware AS at_hardware, c.provider AS at_provider,
            c.purchase_option AS at_option,
            c.tokens_observed_ms + c.tokens_expected_ms > 0 AND c.tokens_prompt_only_ms = 0 AS serves,
            ${chosen_models} AS shown,
            ${by_columns},
            sum(c.expected_ms) AS expected_ms,
            sum(c.gpu_ms) AS held_ms,
            sum(c.gpu_busy_ms) AS busy_ms,
            sum(c.gpu_unallocated_ms) AS free_ms,
            sum(c.members_missing_ms) AS missing_ms,
            sum(c.spanning_gpu_ms_behind - c.spanning_gpu_ms) AS behind_ms,
            sum(c.output_tokens) AS output_tokens,
            sum(c.tokens_expected_ms) AS tokens_expected_ms,
            sum(c.tokens_observed_ms) AS tokens_observed_ms,
            sum(toInt128(c.facility_mj + c.facility_mj_modelled)) AS held_mj,
            sum(if(c.gpu_mj > 0, intDiv(toInt128(c.facility_mj + c.facility_mj_modelled) * c.gpu_busy_mj, c.gpu_mj),
                intDiv(toInt128(c.facility_mj + c.facility_mj_modelled) * c.gpu_busy_ms, greatest(c.gpu_ms, 1)))) AS busy_mj,
            sum(if(c.gpu_mj > 0, intDiv(toInt128(c.facility_mj + c.facility_mj_modelled) * c.gpu_unallocated_mj, c.gpu_mj),
                intDiv(toInt128(c.facility_mj + c.facility_mj_modelled) * c.gpu_unallocated_ms, greatest(c.gpu_ms, 1)))) AS free_mj,
            countIf(c.gpu_ms > 0 AND (c.facility_mj + c.facility_mj_modelled = 0 OR c.facility_mj + c.facility_mj_modelled < c.gpu_mj
                OR c.facility_observed_ms < c.node_observed_ms)) AS energy_unknown
        FROM ${database}.cells_stepped(interval_s = {interval_s:UInt32}, since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS c
        -- Boards that nobody holds have no model; they are wanted for what others pay of them.
        WHERE 1${and_chosen_boards}
        GROUP BY ALL
    ),
    -- A price without a region holds in every region that has none of its own.
    listed AS
    (
        SELECT b.*, p.microusd_per_gpu_hour AS own_rate, p.microusd_per_kwh AS own_tariff, p.example AS own_example
        FROM board_time AS b
        ASOF LEFT JOIN ${database}.price_rates AS p
        ON b.at_provider = p.provider AND b.at_region = p.region AND b.at_hardware = p.hardware
            AND b.at_option = p.purchase_option AND p.effective_from <= b.hour
    ),
    priced AS
    (
        SELECT
            b.*,
            ifNull(b.own_rate, p.microusd_per_gpu_hour) AS rate,
            if(b.own_rate IS NULL, p.microusd_per_kwh, b.own_tariff) AS metered,
            if(b.own_rate IS NULL, p.example, b.own_example) AS example,
            if(metered IS NOT NULL AND b.energy_unknown > 0, NULL, toInt128(rate) * 1000) AS price,
            toInt128(ifNull(metered, 0)) AS tariff,
            toInt128(b.held_ms - b.free_ms) AS own_ms
        FROM listed AS b
        ASOF LEFT JOIN (SELECT * EXCEPT (region) FROM ${database}.price_rates WHERE region = '') AS p
        ON b.at_provider = p.provider AND b.at_hardware = p.hardware
            AND b.at_option = p.purchase_option AND p.effective_from <= b.hour
    ),
    shared AS
    (
        SELECT
            *,
            sum(free_ms * ifNull(price, 0) + free_mj * tariff) OVER peers AS free_cost,
            max(free_ms > 0 AND price IS NULL) OVER peers AS free_unpriced,
            sum(own_ms) OVER peers AS peers_ms,
            own_ms > 0 AND (price IS NULL OR free_unpriced) AS all_in_unpriced,
            toFloat64(held_ms * ifNull(price, 0) + held_mj * tariff) / 3.6e15 AS held_usd,
            toFloat64(busy_ms * ifNull(price, 0) + busy_mj * tariff) / 3.6e15 AS busy_usd,
            toFloat64(own_ms * ifNull(price, 0) + (held_mj - free_mj) * tariff) / 3.6e15
                + if(own_ms > 0, toFloat64(free_cost) * (own_ms / peers_ms), 0) / 3.6e15 AS all_in_usd
        FROM priced
        WINDOW peers AS (PARTITION BY time, at_region, at_cluster, at_hardware)
    ),
    sums AS
    (
        SELECT
            time, any(s.step_s) AS step_s, ${by_names},
            sum(s.held_usd) AS held, sum(s.busy_usd) AS busy, sum(s.all_in_usd) AS all_in,
            sumIf(s.busy_usd, serves) AS serving_busy, sumIf(s.all_in_usd, serves) AS serving_all_in,
            countIf(s.held_ms > 0 AND s.price IS NULL) AS held_unpriced,
            countIf(s.busy_ms > 0 AND s.price IS NULL) AS busy_unpriced,
            countIf(s.all_in_unpriced) AS all_in_unpriced,
            countIf(s.held_ms > 0 AND s.rate IS NULL) AS unlisted,
            max(s.example AND s.held_ms > 0) AS examples,
            sum(s.output_tokens) AS tokens,
            sum(s.tokens_expected_ms) AS tokens_expected_ms,
            sum(s.tokens_observed_ms) AS tokens_observed_ms,
            sumIf(s.held_ms, serves) AS serving_ms,
            sumIf(s.expected_ms, serves) AS serving_expected_ms,
            sum(s.missing_ms) AS missing_ms,
            sum(s.behind_ms) AS behind_ms,
            sum(s.held_ms) AS gpu_ms
        FROM shared AS s
        WHERE s.shown
        GROUP BY ALL
    )
SELECT
    time, step_s, ${by_names},
    multiIf(
        tokens_observed_ms = 0 OR tokens = 0, 'no_tokens',
        missing_ms > 0.1 * (serving_ms + missing_ms), 'missing_members',
        abs(behind_ms) > 0.1 * serving_ms, 'other_rows',
        tokens_observed_ms < 0.9 * tokens_expected_ms, 'token_coverage',
        serving_ms = 0 OR serving_ms < 0.9 * serving_expected_ms, 'board_coverage',
        '') AS unpaired,
    if(held_unpriced > 0, NULL, held) AS usd_held,
    if(busy_unpriced > 0, NULL, busy) AS usd_active,
    if(all_in_unpriced > 0, NULL, all_in) AS usd_all_in,
    if(busy_unpriced > 0 OR all_in_unpriced > 0, if(unlisted = 0, 'no_facility_energy', 'no_price'), unpaired) AS usd_null_reason,
    if(unpaired != '' OR busy_unpriced > 0, NULL, serving_busy * 1e6 / nullIf(tokens, 0)) AS usd_per_mtok_output_active,
    if(unpaired != '' OR all_in_unpriced > 0, NULL, serving_all_in * 1e6 / nullIf(tokens, 0)) AS usd_per_mtok_output_all_in,
    usd_held / nullIf(gpu_ms, 0) * 3.6e6 AS usd_per_gpu_h,
    tokens AS output_tokens,
    gpu_ms / 3.6e6 AS gpu_h,
    CAST(ifNull(examples, 0), 'Bool') AS example_prices
FROM sums
COMMENT 'Dollars and dollars per million tokens over any dimensions, by step of a period. Parameters interval_s, since, until (UTC), by, regions, clusters, hardwares, models.';
