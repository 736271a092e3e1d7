-- What a board costs per hour in micro-USD, from each hour at which that changes: by a price, by an
-- exchange rate, by an end. NULL from an hour on: no price is known from there.
--
--   SELECT * FROM ${database}.price_rates ORDER BY ALL
--
-- Read it with an ASOF join on effective_from; region is what the facts carry, empty = every region
-- without a price of its own.
--
--   microusd_per_gpu_hour = (per_gpu_hour + kw_per_gpu x per_kw_month x 12 / 8760 if committed_kw) x fx
--   microusd_per_kwh      = per_kwh x fx if metered, else NULL: energy is in the hour's price

CREATE OR REPLACE VIEW ${database}.price_rates AS
WITH
    toDateTime('2106-01-01 00:00:00', 'UTC') AS never,
    book AS
    (
        SELECT
            *,
            leadInFrame(effective_from, 1, never) OVER (
                PARTITION BY provider, region, hardware, purchase_option ORDER BY effective_from
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS next_from,
            least(next_from, ifNull(effective_until, never)) AS holds_until
        FROM ${database}.prices FINAL
        WHERE NOT withdrawn
    ),
    fx AS
    (
        SELECT
            currency, effective_from AS fx_from, usd_per_unit, example AS fx_example,
            leadInFrame(effective_from, 1, never) OVER (
                PARTITION BY currency ORDER BY effective_from
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS fx_until
        FROM ${database}.fx_rates FINAL
        UNION ALL
        SELECT 'USD', toDateTime(0, 'UTC'), toDecimal64(1, 9), false, never
    ),
    spans AS
    (
        SELECT
            b.provider, b.region, b.hardware, b.purchase_option,
            greatest(b.effective_from, f.fx_from) AS since,
            least(b.holds_until, f.fx_until) AS until,
            toInt64(round((b.per_gpu_hour
                + if(b.energy_billing = 'committed_kw', toDecimal128(ifNull(b.kw_per_gpu, 0), 6) * ifNull(b.per_kw_month, 0) * 12 / 8760, 0))
                * toDecimal128(f.usd_per_unit, 9) * 1000000)) AS per_gpu_hour,
            if(b.energy_billing = 'metered', toInt64(round(toDecimal128(b.per_kwh, 6) * f.usd_per_unit * 1000000)), NULL) AS per_kwh,
            b.energy_billing AS energy_billing,
            b.example OR f.fx_example AS example,
            b.version AS version
        FROM book AS b
        INNER JOIN fx AS f ON b.currency = f.currency
        WHERE since < until
    )
SELECT
    provider, region, hardware, purchase_option, at AS effective_from,
    -- Where one span ends another may begin: what begins wins.
    anyIf(per_gpu_hour, begins) AS microusd_per_gpu_hour,
    anyIf(per_kwh, begins) AS microusd_per_kwh,
    anyIf(energy_billing, begins) AS energy_billing,
    max(example AND begins) AS example,
    max(if(begins, version, 0)) AS price_version
FROM
(
    SELECT provider, region, hardware, purchase_option, since AS at, true AS begins,
        toNullable(per_gpu_hour) AS per_gpu_hour, per_kwh, energy_billing, example, version
    FROM spans
    UNION ALL
    SELECT provider, region, hardware, purchase_option, until, false, NULL, NULL, '', false, 0
    FROM spans
    WHERE until < never
)
GROUP BY ALL
COMMENT 'Hourly rate of boards in micro-USD from each hour at which it changes; NULL = no price from there.';
