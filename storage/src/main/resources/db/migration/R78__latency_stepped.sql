-- View latency_stepped: quantiles of the engines' own histograms, for pictures: over any dimensions, by steps
-- of a period or for the period as a whole. One row per step, group and measure.
--
--   SELECT time, model, p95_s, n
--   FROM ${database}.latency_stepped(interval_s = 300, since = now() - 86400, until = now(), by = ['model'],
--       regions = ['*'], clusters = ['*'], hardwares = ['*'], models = ['*'])
--   WHERE measure = 'ttft' ORDER BY time, model
--
-- Parameters: efficiency_stepped (R76); which table: cells_stepped (R75). measure: ttft, itl, e2e, queue,
-- prefill or decode; by the rules of R3 the ttft of a pair is its prefill server's, itl and e2e its decode
-- server's. Buckets are summed and interpolated as Prometheus' histogram_quantile does; sets of different
-- bounds meet only on the bounds they share (mixed_bounds), where their cumulative counts are exact.
-- A quantile that lies in +Inf is NULL and …_saturated is true: it is above …_lo. n = observations.

CREATE OR REPLACE VIEW ${database}.latency_stepped AS
WITH
    {interval_s:UInt32} AS wanted_s,
    multiIf(wanted_s = 0, 0, wanted_s <= 60, 10 * intDiv(wanted_s + 9, 10),
        wanted_s <= 3600, 60 * intDiv(wanted_s + 59, 60), 3600 * intDiv(wanted_s + 3599, 3600)) AS s,
    {since:DateTime('UTC')} AS asked,
    if(s = 0, toStartOfInterval(asked, INTERVAL 10 SECOND), toStartOfInterval(asked, toIntervalSecond(greatest(s, 1)))) AS t0,
    {until:DateTime('UTC')} AS t1,
    (SELECT max(window_start) FROM ${database}.latency_1h) AS hours_rolled,
    (SELECT max(window_start) FROM ${database}.latency_1m) AS minutes_rolled,
    toStartOfHour(t0 + INTERVAL 3599 SECOND) AS h0,
    if(s = 0 OR s % 3600 = 0, greatest(h0, least(toStartOfHour(t1), hours_rolled)), h0) AS h1,
    toStartOfMinute(t0 + INTERVAL 59 SECOND) AS m0,
    if(s = 0 OR s % 60 = 0, greatest(m0, least(toStartOfMinute(t1), minutes_rolled)), m0) AS m1,
    c AS
    (
        SELECT window_start, ${dimensions}, vantage, measure, bounds_id, bounds_ns, counts
        FROM ${database}.latency_1h FINAL
        WHERE window_start >= h0 AND window_start < h1${and_rows}
        UNION ALL
        SELECT window_start, ${dimensions}, vantage, measure, bounds_id, bounds_ns, counts
        FROM ${database}.latency_1m FINAL
        WHERE window_start >= m0 AND window_start < m1 AND NOT (window_start >= h0 AND window_start < h1)${and_rows}
        UNION ALL
        SELECT window_start, ${dimensions}, vantage, measure, bounds_id, bounds_ns, counts
        FROM ${database}.latency_10s FINAL
        WHERE window_start >= t0 AND window_start < t1 AND NOT (window_start >= h0 AND window_start < h1)
          AND NOT (window_start >= m0 AND window_start < m1)${and_rows}
    ),
    -- Of equal bounds buckets add up place by place: maps take several times as long.
    alike AS
    (
        SELECT
            if(s = 0, t0, toStartOfInterval(c.window_start, toIntervalSecond(greatest(s, 1)))) AS time,
            ${by_columns},
            c.measure AS measure,
            c.bounds_id AS bounds_id,
            any(c.bounds_ns) AS bounds_ns,
            sumForEach(c.counts) AS sums
        FROM c
        WHERE c.vantage = 'engine'
            AND NOT (c.role = 'prefill' AND c.measure IN ('itl', 'e2e')) AND NOT (c.role = 'decode' AND c.measure = 'ttft')${and_chosen}
        GROUP BY ALL
    ),
    histograms AS
    (
        SELECT
            time, ${by_names}, measure,
            sumMap(arrayPushBack(bounds_ns, 9223372036854775807), sums) AS buckets,
            arraySort(groupArrayIntersect(bounds_ns)) AS bounds,
            uniqExact(bounds_id) > 1 AS mixed
        FROM alike
        GROUP BY ALL
    ),
    cumulative AS
    (
        SELECT
            * EXCEPT (buckets, bounds),
            arrayMap(bound -> bound / 1e9, bounds) AS upper,
            arrayMap(bound -> arraySum((b, n) -> if(b <= bound, n, 0), buckets.1, buckets.2), bounds) AS counts,
            toInt64(arraySum(buckets.2)) AS n
        FROM histograms
    ),
    quantiles AS
    (
        SELECT
            time, ${by_names}, measure, n, mixed, upper, counts,
            arrayMap(rank -> (arrayFirstIndex(k -> k >= rank, counts) AS i, rank), [0.5 * n, 0.95 * n, 0.99 * n]) AS ranks,
            arrayMap(
                r -> CAST(
                    multiIf(
                        n = 0, (NULL, NULL, NULL, NULL),
                        r.1 = 0, (NULL, if(empty(upper), NULL, upper[-1]), NULL, true),
                        r.1 = 1 AND upper[1] <= 0, (upper[1], upper[1], upper[1], false),
                        (
                            if(r.1 > 1, upper[r.1 - 1], 0)
                                + (upper[r.1] - if(r.1 > 1, upper[r.1 - 1], 0))
                                * ((r.2 - if(r.1 > 1, counts[r.1 - 1], 0))
                                    / (counts[r.1] - if(r.1 > 1, counts[r.1 - 1], 0))),
                            if(r.1 > 1, upper[r.1 - 1], 0),
                            upper[r.1],
                            false
                        )),
                    'Tuple(value Nullable(Float64), lo Nullable(Float64), hi Nullable(Float64), saturated Nullable(Bool))'),
                ranks) AS q
        FROM cumulative
    )
SELECT
    time, ${by_names}, measure, n,
    q[1].value AS p50_s, q[1].lo AS p50_s_lo, q[1].hi AS p50_s_hi, q[1].saturated AS p50_s_saturated,
    q[2].value AS p95_s, q[2].lo AS p95_s_lo, q[2].hi AS p95_s_hi, q[2].saturated AS p95_s_saturated,
    q[3].value AS p99_s, q[3].lo AS p99_s_lo, q[3].hi AS p99_s_hi, q[3].saturated AS p99_s_saturated,
    mixed AS mixed_bounds,
    -- For pictures of the whole distribution: upper ends of the shared buckets, seconds, and how many lie in each.
    upper AS bounds_s,
    arrayDifference(arrayPushFront(counts, 0)) AS differences,
    arrayPopFront(differences) AS bucket_n,
    n - if(empty(counts), 0, counts[-1]) AS beyond_n
FROM quantiles
COMMENT 'Quantiles of the engines'' latency histograms over any dimensions, by step of a period; seconds. Parameters interval_s, since, until (UTC), by, regions, clusters, hardwares, models.';
