-- View idle_waste: board time and energy of a period that made nothing, by cause.
--
--   SELECT * FROM ${database}.idle_waste(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- cause (waste = counted as waste; the others are shown so that the causes add up to all board time):
--   loaded_idle      waste: owned, an engine loaded, nothing running or waiting and no token
--   unallocated      waste: nobody holds the board
--   training_idle    waste: hours in which a training cell's mean SM activity (else graphics-engine
--                    activity), read for at least 0.9 of its board time, was below 1 %. Whole hours only:
--                    shorter pauses are not in it, so it is a lower bound
--   over_provisioned upper bound: busy hours in which the KV cache was used below 20 % on average, nothing
--                    waited, and engines ran below 20 % of the batch their deployment allows (events.max_batch;
--                    where that is not known: fewer than 2 requests). Some of these boards have to stay
--   throttled        slowed by power or temperature, by the driver's counters; part of busy time, no energy of its own
--   unknown          held, but whether busy was not observed. Never idle
--   not_observed     expected, but not read: no energy is known; the dollars are owed all the same
--   busy             the rest
--
-- Dollars are board time at the price of its hour (view cells_between) and, where electricity is billed on
-- top, the line's energy at the hour's ratio of facility to board energy; NULL, with usd_null_reason, as soon
-- as a part has no price (no_price) or no facility energy (no_facility_energy). watts = energy over the observed span, so that causes add up;
-- watts_per_gpu = while in that state. The floor is what an unallocated board of the same hardware drew on
-- average in the same period, if at least one board-hour of it was seen; NULL otherwise.
-- span_from and span_to: first and last data of the whole store in the period. Nothing is extrapolated.

CREATE OR REPLACE VIEW ${database}.idle_waste AS
WITH
    hours AS
    (
        SELECT
            hour, ${dimensions},
            max(f.window_start + f.window_s) AS hour_to,
            min(f.window_start) AS hour_from,
            any(price) AS price,
            any(price_example) AS price_example,
            any(price_per_kwh) AS price_per_kwh,
            sum(f.facility_mj + f.facility_mj_modelled) / nullIf(sum(f.gpu_mj), 0) AS facility_per_gpu,
            sum(f.expected_ms) AS expected_ms,
            sum(f.observed_ms) AS observed_ms,
            sum(f.gpu_ms) AS gpu_ms,
            sum(f.gpu_busy_ms) AS busy_ms,
            sum(f.gpu_loaded_idle_ms) AS loaded_idle_ms,
            sum(f.gpu_unallocated_ms) AS unallocated_ms,
            sum(f.gpu_unknown_ms) AS unknown_ms,
            sum(f.gpu_busy_mj) AS busy_mj,
            sum(f.gpu_loaded_idle_mj) AS loaded_idle_mj,
            sum(f.gpu_unallocated_mj) AS unallocated_mj,
            sum(f.gpu_unknown_mj) AS unknown_mj,
            sum(f.throttled_us) AS throttled_us,
            sum(f.sm_active_observed_ms) AS sm_ms,
            sum(f.sm_active_ppm_ms) AS sm_ppm_ms,
            sum(f.gr_active_observed_ms) AS gr_ms,
            sum(f.gr_active_ppm_ms) AS gr_ppm_ms,
            sum(f.load_observed_ms) AS load_ms,
            sum(f.running_ms) AS running_ms,
            sum(f.waiting_ms) AS waiting_ms,
            sum(f.kv_observed_ms) AS kv_ms,
            sum(f.kv_used_ppm_ms) AS kv_ppm_ms
        FROM ${database}.cells_between(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS f
        GROUP BY hour, ${dimensions}
    ),
    batches AS
    (
        SELECT deployment, argMax(e.max_batch, e.time) AS batch
        FROM ${database}.events AS e FINAL
        WHERE deployment != '' AND e.max_batch > 0
        GROUP BY deployment
    ),
    judged AS
    (
        SELECT
            h.*,
            h.kind = 'training' AND multiIf(
                h.sm_ms > 0 AND h.sm_ms >= 0.9 * h.gpu_ms, h.sm_ppm_ms < 10000 * h.sm_ms,
                h.gr_ms > 0 AND h.gr_ms >= 0.9 * h.gpu_ms, h.gr_ppm_ms < 10000 * h.gr_ms,
                0) AS training_idle,
            h.busy_ms > 0 AND h.kv_ms > 0 AND h.kv_ms >= 0.9 * h.load_ms AND h.load_ms > 0
                AND h.kv_ppm_ms < 200000 * h.kv_ms AND h.waiting_ms < 0.01 * h.load_ms
                AND h.running_ms < h.load_ms * if(b.batch > 0, 0.2 * b.batch, 2) AS over_provisioned
        FROM hours AS h
        LEFT JOIN batches AS b ON h.deployment = b.deployment
    ),
    parts AS
    (
        SELECT
            region, cluster, hardware, workload, owner, price, price_example, price_per_kwh, facility_per_gpu, hour_from, hour_to,
            expected_ms, observed_ms, gpu_ms,
            arrayJoin([
                ('loaded_idle', if(training_idle, 0, loaded_idle_ms), if(training_idle, 0, loaded_idle_mj)),
                ('unallocated', unallocated_ms, unallocated_mj),
                ('training_idle', if(training_idle, loaded_idle_ms + busy_ms + unknown_ms, 0),
                    if(training_idle, loaded_idle_mj + busy_mj + unknown_mj, 0)),
                ('over_provisioned', if(over_provisioned AND NOT training_idle, busy_ms, 0),
                    if(over_provisioned AND NOT training_idle, busy_mj, 0)),
                ('throttled', intDiv(throttled_us, 1000), 0),
                ('unknown', if(training_idle, 0, unknown_ms), if(training_idle, 0, unknown_mj)),
                ('not_observed', greatest(expected_ms - gpu_ms, 0), 0),
                ('busy', if(training_idle OR over_provisioned, 0, busy_ms), if(training_idle OR over_provisioned, 0, busy_mj))
            ]) AS part,
            part.1 AS cause,
            toInt64(part.2) AS ms,
            toInt64(part.3) AS mj
        FROM judged
    ),
    floors AS
    (
        SELECT hardware, sum(unallocated_mj) / sum(unallocated_ms) AS floor_watts_per_gpu
        FROM hours
        GROUP BY hardware
        HAVING sum(unallocated_ms) >= 3600000
    ),
    (SELECT (min(hour_from), max(hour_to), sum(gpu_ms)) FROM hours) AS span,
    greatest(dateDiff('second', span.1, span.2), 1) AS span_s
SELECT
    p.cause AS cause,
    p.cause IN ('loaded_idle', 'unallocated', 'training_idle') AS waste,
    p.region AS region,
    p.cluster AS cluster,
    p.hardware AS hardware,
    p.workload AS workload,
    p.owner AS owner,
    sum(p.ms) / 3.6e6 AS gpu_h,
    sum(p.ms) / nullIf(span.3, 0) AS share_of_gpu_h,
    p.cause NOT IN ('throttled', 'not_observed') AS has_energy,
    if(has_energy, sum(p.mj) / 3.6e9, NULL) AS kwh,
    if(has_energy, sum(p.mj) / 1000 / span_s, NULL) AS watts,
    if(has_energy, sum(p.mj) / nullIf(sum(p.ms), 0), NULL) AS watts_per_gpu,
    if(waste, any(f.floor_watts_per_gpu), NULL) AS floor_watts_per_gpu,
    kwh - floor_watts_per_gpu * gpu_h / 1000 AS kwh_above_floor,
    multiIf(p.cause = 'throttled', 'slowed_not_idle', countIf(p.price IS NULL AND p.ms > 0) > 0, 'no_price',
        countIf(p.price_per_kwh IS NOT NULL AND p.ms > 0 AND (NOT has_energy OR ifNull(p.facility_per_gpu, 0) = 0)) > 0, 'no_facility_energy',
        '') AS usd_null_reason,
    if(usd_null_reason != '', NULL, sum(p.ms * ifNull(p.price, 0)) / 3.6e12
        + sum(p.mj / 3.6e9 * ifNull(p.facility_per_gpu, 0) * toFloat64(ifNull(p.price_per_kwh, 0)) / 1e6)) AS usd,
    p.cause = 'over_provisioned' AS upper_bound,
    CAST(countIf(p.price_example AND p.ms > 0) > 0, 'Bool') AS example_prices,
    sum(p.observed_ms) / nullIf(sum(p.expected_ms), 0) AS coverage,
    span.1 AS span_from,
    span.2 AS span_to,
    span_s / 3600 AS span_hours
FROM parts AS p
LEFT JOIN (SELECT hardware, toNullable(floor_watts_per_gpu) AS floor_watts_per_gpu FROM floors) AS f ON p.hardware = f.hardware
GROUP BY p.cause, p.region, p.cluster, p.hardware, p.workload, p.owner
HAVING sum(p.ms) > 0
COMMENT 'Board time, energy and dollars that made nothing, by cause; units are in the names. Parameters since, until (UTC).';
