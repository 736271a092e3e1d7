-- View cells_stepped: the facts of a period for a picture of it: each window once, with the start of the
-- step that it belongs to, from the coarsest table that can tell it.
--
--   SELECT time, sum(output_tokens) FROM ${database}.cells_stepped(interval_s = 300, since = now() - 86400, until = now())
--   GROUP BY time ORDER BY time
--
-- interval_s: the shortest step wanted, as Grafana asks for it ($__interval_s); 0 = the whole period is one
-- step. step_s is what it becomes: whole windows, so that no step holds more of them than another. Steps of a
-- minute or more are read from efficiency_1m, of an hour or more from efficiency_1h, as far as these are made;
-- what is newer comes from the finer table, so the last step is as fresh as the facts.
-- since and until: UTC, until not included. The step that holds since begins before it and is shown whole,
-- unless the whole period is one step: then the period is cut to 10 s, and time is its start.

CREATE OR REPLACE VIEW ${database}.cells_stepped AS
WITH
    {interval_s:UInt32} AS wanted_s,
    multiIf(wanted_s = 0, 0, wanted_s <= 60, 10 * intDiv(wanted_s + 9, 10),
        wanted_s <= 3600, 60 * intDiv(wanted_s + 59, 60), 3600 * intDiv(wanted_s + 3599, 3600)) AS s,
    {since:DateTime('UTC')} AS asked,
    if(s = 0, toStartOfInterval(asked, INTERVAL 10 SECOND), toStartOfInterval(asked, toIntervalSecond(greatest(s, 1)))) AS t0,
    {until:DateTime('UTC')} AS t1,
    (SELECT max(window_start) FROM ${database}.efficiency_1h) AS hours_rolled,
    (SELECT max(window_start) FROM ${database}.efficiency_1m) AS minutes_rolled,
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
    SELECT 3600 AS window_s, ${fact_columns}
    FROM ${database}.efficiency_1h FINAL
    WHERE window_start >= h0 AND window_start < h1${and_rows}
    UNION ALL
    SELECT 60 AS window_s, ${fact_columns}
    FROM ${database}.efficiency_1m FINAL
    WHERE window_start >= m0 AND window_start < m1 AND NOT (window_start >= h0 AND window_start < h1)${and_rows}
    UNION ALL
    SELECT 10 AS window_s, ${fact_columns}
    FROM ${database}.efficiency_10s FINAL
    WHERE window_start >= t0 AND window_start < t1 AND NOT (window_start >= h0 AND window_start < h1)
      AND NOT (window_start >= m0 AND window_start < m1)${and_rows}
) AS f
COMMENT 'Facts of a period by step, from the coarsest table that can tell it. Parameters interval_s, since, until (UTC).';
