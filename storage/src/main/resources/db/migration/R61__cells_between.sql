-- View cells_between: the additive facts of a period, each window once, from the coarsest table that
-- covers it: whole hours that are rolled up from efficiency_1h, whole minutes beside them from
-- efficiency_1m, the rest (what is newer than the rollups, and odd seconds) from efficiency_10s.
--
--   SELECT * FROM ${database}.cells_between(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- since and until: UTC, half-open, on 10 s. Hours stay longest: give periods older than the retention of
-- the minutes on whole hours, or the odd minutes at their ends are missing.
-- An hour is taken from the rollup once a later hour is there; a late row is in it a minute afterwards.
--
-- price: micro-USD for one board and hour, in force at the row's hour (a price holds from a whole hour, so
-- no row has two); NULL = the price book has none. Dollars = sum(ms * price) / 3.6e12.
-- price_per_kwh: micro-USD per kWh of facility energy that come on top; NULL = energy is in the price.

CREATE OR REPLACE VIEW ${database}.cells_between AS
WITH
    {since:DateTime('UTC')} AS t0,
    {until:DateTime('UTC')} AS t1,
    (SELECT max(window_start) FROM ${database}.efficiency_1h) AS hours_rolled,
    (SELECT max(window_start) FROM ${database}.efficiency_1m) AS minutes_rolled,
    toStartOfHour(t0 + INTERVAL 3599 SECOND) AS h0,
    greatest(h0, least(toStartOfHour(t1), hours_rolled)) AS h1,
    toStartOfMinute(t0 + INTERVAL 59 SECOND) AS m0,
    greatest(m0, least(toStartOfMinute(t1), minutes_rolled)) AS m1,
    facts AS
    (
        SELECT 3600 AS window_s, ${fact_columns}
        FROM ${database}.efficiency_1h FINAL
        WHERE window_start >= h0 AND window_start < h1
        UNION ALL
        SELECT 60 AS window_s, ${fact_columns}
        FROM ${database}.efficiency_1m FINAL
        WHERE window_start >= m0 AND window_start < m1 AND NOT (window_start >= h0 AND window_start < h1)
        UNION ALL
        SELECT 10 AS window_s, ${fact_columns}
        FROM ${database}.efficiency_10s FINAL
        WHERE window_start >= t0 AND window_start < t1 AND NOT (window_start >= h0 AND window_start < h1)
          AND NOT (window_start >= m0 AND window_start < m1)
    ),
    listed AS
    (
        SELECT f.*, p.microusd_per_gpu_hour AS own_rate, p.microusd_per_kwh AS own_tariff, p.example AS own_example
        FROM (SELECT *, toStartOfHour(window_start) AS hour FROM facts) AS f
        ASOF LEFT JOIN ${database}.price_rates AS p
        ON f.provider = p.provider AND f.region = p.region AND f.hardware = p.hardware
            AND f.purchase_option = p.purchase_option AND p.effective_from <= f.hour
    )
SELECT
    f.* EXCEPT (own_rate, own_tariff, own_example),
    toInt128(ifNull(f.own_rate, p.microusd_per_gpu_hour)) AS price,
    if(f.own_rate IS NULL, p.microusd_per_kwh, f.own_tariff) AS price_per_kwh,
    if(f.own_rate IS NULL, p.example, f.own_example) AS price_example
FROM listed AS f
ASOF LEFT JOIN (SELECT * EXCEPT (region) FROM ${database}.price_rates WHERE region = '') AS p
ON f.provider = p.provider AND f.hardware = p.hardware
    AND f.purchase_option = p.purchase_option AND p.effective_from <= f.hour
COMMENT 'Facts of a period from the coarsest rollup that covers it, with the price of a board-hour. Parameters since, until (UTC).';
