-- View ${view}: was each SLO kept, per time window, region and hardware?
-- This one text makes slo_attainment, of windows of window_s seconds from the 10 s rows, and slo_stepped, for
-- pictures: by steps of a period from the rollups, with the parameters of efficiency_stepped (R76) except by.
--
--   SELECT slo, sum(good) / sum(total) AS attainment FROM ${database}.slo_attainment(window_s = 3600)
--   WHERE time >= now() - INTERVAL 30 DAY GROUP BY slo
--
-- total: requests that ended well and told the measure, and all that failed or were aborted, which count
-- against every SLO. good: those that ended well inside the target. Both add up over any rows.
-- Judged here from the sketches, so that an SLO loaded or corrected today acts on the past at once.
-- The bucket that holds the target (2 % wide) cannot be split: good lies between good_lo and good_hi, and
-- is interpolated. met is NULL where the objective lies between the two.
--
-- Of each row's sketches only what lies below and in the buckets of the targets is counted, of whatever SLO and
-- time, and sums of that are judged: whole sketches take four times as long.
--
-- Which SLO: of its entries the latest whose effective_from has come when the window starts (whole hours);
-- for each measure and vantage the most particular: model and service class, then model, then service
-- class, then neither; of equals the strictest. LatencyJob judges requests_good by the same rule.

CREATE OR REPLACE VIEW ${database}.${view} AS
WITH
    1.01 / 0.99 AS growth,
    (
        SELECT groupUniqArray((concat(measure, '_', vantage), toInt32(ceil(log(greatest(threshold * 1e6, 1)) / log(growth)))))
        FROM ${database}.slos FINAL
        WHERE vantage != '' AND threshold > 0
    ) AS targets,
    ${target_ends},
    grouped AS
    (
        SELECT
            ${time} AS time,
            region, hardware, model, service_class,
            sum(c.failed_gateway) AS failed_gateway,
            sum(c.failed_client) AS failed_client,
            ${target_sums}
        FROM ${rows} AS c ${final}
        WHERE ${condition}
        GROUP BY ALL
    ),
    -- Each entry holds until the next of its SLO.
    entries AS
    (
        SELECT
            *,
            leadInFrame(effective_from, 1, toDateTime('2106-01-01 00:00:00', 'UTC'))
                OVER (PARTITION BY slo ORDER BY effective_from ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS effective_until
        FROM ${database}.slos FINAL
        WHERE vantage != ''
    ),
    chosen AS
    (
        SELECT
            g.time AS time, g.region AS region, g.hardware AS hardware, g.model AS model, g.service_class AS service_class,
            e.slo AS slo, e.vantage AS vantage, e.measure AS measure, e.threshold AS target_s,
            e.objective AS objective, e.owner AS owner,
            if(e.vantage = 'client', g.failed_client, g.failed_gateway) AS failed,
            concat(e.measure, '_', e.vantage) AS of_measure,
            toInt32(ceil(log(greatest(target_s * 1e6, 1)) / log(growth))) AS target_bucket,
            ${target_counts} AS counts
        FROM grouped AS g
        CROSS JOIN entries AS e
        WHERE e.effective_from <= g.time AND g.time < e.effective_until
            AND e.threshold > 0
            AND (e.model = '' OR e.model = g.model)
            AND (e.service_class = '' OR e.service_class = g.service_class)
        ORDER BY (e.model != '') * 2 + (e.service_class != '') DESC, e.threshold
        LIMIT 1 BY g.time, g.region, g.hardware, g.model, g.service_class, e.measure, e.vantage
    )
SELECT
    time, slo, region, hardware, model, service_class, vantage, measure, target_s, objective, owner,
    counts[3] + failed AS total,
    failed,
    counts[1] AS good_lo,
    counts[2] AS good_hi,
    good_lo + (good_hi - good_lo)
        * greatest(0, least(1, (target_s * 1e6 / pow(growth, target_bucket - 1) - 1) / (growth - 1))) AS good,
    good / nullIf(total, 0) AS attainment,
    good_lo / nullIf(total, 0) AS attainment_lo,
    good_hi / nullIf(total, 0) AS attainment_hi,
    CAST(multiIf(total = 0, NULL, attainment_lo >= objective, true, attainment_hi < objective, false, NULL), 'Nullable(Bool)') AS met,
    -- How fast the error budget is spent: 1 = just as fast as the objective allows.
    (1 - attainment) / nullIf(1 - objective, 0) AS burn_rate
FROM chosen
COMMENT 'How many requests met each SLO, per window or step, region, hardware, model and service class.';
