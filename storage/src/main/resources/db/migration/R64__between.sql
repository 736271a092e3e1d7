-- View ${view}: the rows of ${facts}_1h, ${facts}_1m and ${facts}_10s of a period, each window once, from the
-- coarsest table that covers it, by the rules of cells_between (R61), which tells them.
--
--   SELECT * FROM ${database}.${view}(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')

CREATE OR REPLACE VIEW ${database}.${view} AS
WITH
    {since:DateTime('UTC')} AS t0,
    {until:DateTime('UTC')} AS t1,
    (SELECT max(window_start) FROM ${database}.${facts}_1h) AS hours_rolled,
    (SELECT max(window_start) FROM ${database}.${facts}_1m) AS minutes_rolled,
    toStartOfHour(t0 + INTERVAL 3599 SECOND) AS h0,
    greatest(h0, least(toStartOfHour(t1), hours_rolled)) AS h1,
    toStartOfMinute(t0 + INTERVAL 59 SECOND) AS m0,
    greatest(m0, least(toStartOfMinute(t1), minutes_rolled)) AS m1
SELECT 3600 AS window_s, toStartOfHour(window_start) AS hour, ${columns}
FROM ${database}.${facts}_1h FINAL
WHERE window_start >= h0 AND window_start < h1
UNION ALL
SELECT 60 AS window_s, toStartOfHour(window_start) AS hour, ${columns}
FROM ${database}.${facts}_1m FINAL
WHERE window_start >= m0 AND window_start < m1 AND NOT (window_start >= h0 AND window_start < h1)
UNION ALL
SELECT 10 AS window_s, toStartOfHour(window_start) AS hour, ${columns}
FROM ${database}.${facts}_10s FINAL
WHERE window_start >= t0 AND window_start < t1 AND NOT (window_start >= h0 AND window_start < h1)
  AND NOT (window_start >= m0 AND window_start < m1)
COMMENT 'Facts of a period from the coarsest rollup that covers it. Parameters since, until (UTC).';
