-- View request_cells_stepped: the request facts of a period for a picture of it: each window once, with the
-- start of the step that it belongs to, from the coarsest table that can tell it. Parameters and rules:
-- cells_stepped (R75), which does the same for the facts of boards and engines.
--
--   SELECT time, sum(requests) FROM ${database}.request_cells_stepped(interval_s = 300, since = now() - 86400, until = now())
--   GROUP BY time ORDER BY time

CREATE OR REPLACE VIEW ${database}.request_cells_stepped AS
WITH
    {interval_s:UInt32} AS wanted_s,
    multiIf(wanted_s = 0, 0, wanted_s <= 60, 10 * intDiv(wanted_s + 9, 10),
        wanted_s <= 3600, 60 * intDiv(wanted_s + 59, 60), 3600 * intDiv(wanted_s + 3599, 3600)) AS s,
    {since:DateTime('UTC')} AS asked,
    if(s = 0, toStartOfInterval(asked, INTERVAL 10 SECOND), toStartOfInterval(asked, toIntervalSecond(greatest(s, 1)))) AS t0,
    {until:DateTime('UTC')} AS t1,
    (SELECT max(window_start) FROM ${database}.request_1h) AS hours_rolled,
    (SELECT max(window_start) FROM ${database}.request_1m) AS minutes_rolled,
    toStartOfHour(t0 + INTERVAL 3599 SECOND) AS h0,
    if(s = 0 OR s % 3600 = 0, greatest(h0, least(toStartOfHour(t1), hours_rolled)), h0) AS h1,
    toStartOfMinute(t0 + INTERVAL 59 SECOND) AS m0,
    if(s = 0 OR s % 60 = 0, greatest(m0, least(toStartOfMinute(t1), minutes_rolled)), m0) AS m1
SELECT
    f.*,
    toUInt32(s) AS step_s,
    if(s = 0, t0, toStartOfInterval(f.window_start, toIntervalSecond(greatest(s, 1)))) AS time
FROM
(
    SELECT 3600 AS window_s, ${request_columns}
    FROM ${database}.request_1h FINAL
    WHERE window_start >= h0 AND window_start < h1${and_rows}
    UNION ALL
    SELECT 60 AS window_s, ${request_columns}
    FROM ${database}.request_1m FINAL
    WHERE window_start >= m0 AND window_start < m1 AND NOT (window_start >= h0 AND window_start < h1)${and_rows}
    UNION ALL
    SELECT 10 AS window_s, ${request_columns}
    FROM ${database}.request_10s FINAL
    WHERE window_start >= t0 AND window_start < t1 AND NOT (window_start >= h0 AND window_start < h1)
      AND NOT (window_start >= m0 AND window_start < m1)${and_rows}
) AS f
COMMENT 'Request facts of a period by step, from the coarsest table that can tell it. Parameters interval_s, since, until (UTC).';
