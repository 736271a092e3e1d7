-- Which hours hold measurements, and how much of the board time that should have been read was read.
--
--   SELECT * FROM ${database}.observed_hours(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')

CREATE OR REPLACE VIEW ${database}.observed_hours AS
SELECT
    f.hour AS hour,
    min(f.window_start) AS first,
    max(f.window_start + f.window_s) AS last,
    sum(f.expected_ms) AS expected_ms,
    sum(f.gpu_ms) AS read_ms
FROM ${database}.cells_between(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS f
GROUP BY hour
COMMENT 'Hours with measurements between since and until, and their coverage.';
