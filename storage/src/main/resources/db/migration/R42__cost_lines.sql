-- What each cell's board time cost, hour by hour, and its tokens.
--
--   SELECT * FROM ${database}.cost_lines(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- Columns …_cost are whole numbers of which 3.6e15 are a dollar, so that sums are exact: board-ms x
-- micro-USD per hour x 1000, and mJ of facility energy x micro-USD per kWh where energy is billed on top.
-- held = busy + loaded idle + free + unknown. Costs are 0 where null_reason says why they are not known:
-- no_price, or no_facility_energy. free_share: what boards nobody held cost, shared out over those
-- who held boards of the same region, cluster and hardware in the hour by board time; NULL = not known.
-- Board time over gaps longer than 5 minutes is in none of it: it shows as a commitment not observed.

CREATE OR REPLACE VIEW ${database}.cost_lines AS
WITH
    timed AS
    (
        WITH toInt128(f.facility_mj + f.facility_mj_modelled) AS energy
        SELECT
            f.hour AS hour, ${dimensions}, cell_id,
            price, price_per_kwh, price_example,
            sum(f.gpu_ms) AS held_ms,
            sum(f.gpu_busy_ms) AS busy_ms,
            sum(f.gpu_loaded_idle_ms) AS idle_ms,
            sum(f.gpu_unallocated_ms) AS free_ms,
            sum(energy) AS held_mj,
            sum(if(f.gpu_mj > 0, intDiv(energy * f.gpu_busy_mj, f.gpu_mj), intDiv(energy * f.gpu_busy_ms, greatest(f.gpu_ms, 1)))) AS busy_mj,
            sum(if(f.gpu_mj > 0, intDiv(energy * f.gpu_loaded_idle_mj, f.gpu_mj), intDiv(energy * f.gpu_loaded_idle_ms, greatest(f.gpu_ms, 1)))) AS idle_mj,
            sum(if(f.gpu_mj > 0, intDiv(energy * f.gpu_unallocated_mj, f.gpu_mj), intDiv(energy * f.gpu_unallocated_ms, greatest(f.gpu_ms, 1)))) AS free_mj,
            countIf(f.gpu_ms > 0 AND (energy = 0 OR energy < f.gpu_mj OR f.facility_observed_ms < f.node_observed_ms)) AS energy_unknown,
            sum(f.expected_ms) AS expected_ms,
            sum(f.tokens_expected_ms) AS tokens_expected_ms,
            sum(f.tokens_observed_ms) AS tokens_observed_ms,
            sum(f.output_tokens) AS output_tokens,
            sum(f.prompt_tokens) AS prompt_tokens,
            sum(f.prompt_tokens_cached) AS prompt_tokens_cached,
            sum(f.prompt_cached_observed_ms) AS prompt_cached_observed_ms,
            sum(f.output_tokens_bridged) AS output_tokens_bridged,
            sum(f.prompt_tokens_bridged) AS prompt_tokens_bridged
        FROM ${database}.cells_between(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS f
        GROUP BY ALL
    ),
    costed AS
    (
        SELECT
            *,
            multiIf(
                held_ms = 0, '',
                price IS NULL, 'no_price',
                price_per_kwh IS NOT NULL AND energy_unknown > 0, 'no_facility_energy',
                '') AS null_reason,
            if(null_reason = '', toInt128(ifNull(price, 0)) * 1000, 0) AS rate,
            if(null_reason = '', toInt128(ifNull(price_per_kwh, 0)), 0) AS tariff,
            held_ms * rate + held_mj * tariff AS held_cost,
            busy_ms * rate + busy_mj * tariff AS busy_cost,
            idle_ms * rate + idle_mj * tariff AS idle_cost,
            free_ms * rate + free_mj * tariff AS free_cost,
            held_mj * tariff AS energy_cost,
            toInt128(held_ms - free_ms) AS own_ms
        FROM timed
    )
SELECT
    * EXCEPT (rate, tariff, price, price_per_kwh, price_example, energy_unknown),
    price_example AS example,
    if(max(free_ms > 0 AND null_reason != '') OVER peers, NULL,
        if(own_ms > 0, toFloat64(sum(free_cost) OVER peers) * (own_ms / sum(own_ms) OVER peers), 0)) AS free_share
FROM costed
WINDOW peers AS (PARTITION BY hour, region, cluster, hardware)
COMMENT 'Cost and tokens per hour and cell between since and until; 3.6e15 parts of cost are a dollar.';
