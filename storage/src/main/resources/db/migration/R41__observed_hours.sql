-- Which hours hold measurements, and how much of the board time that should have been read was read.
--
--   SELECT * FROM ${database}.observed_hours(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')

CREATE OR REPLACE VIEW ${database}.observed_hours AS
SELECT
    hour,
    min(f.first) AS first,
    max(f.last) AS last,
    sum(f.expected_ms) AS expected_ms,
    sum(f.gpu_ms) AS read_ms
FROM ${database}.facts_by_hour(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS f
GROUP BY hour
COMMENT 'Hours with measurements between since and until, and their coverage.';
