-- Regressions that go on, the dearest first; those without a price last.
--
--   SELECT regression, started, region, hardware, workload, size, usd_per_day, cause
--   FROM ${database}.regressions_open

CREATE OR REPLACE VIEW ${database}.regressions_open AS
SELECT *
FROM ${database}.regressions FINAL
WHERE closed IS NULL
ORDER BY usd_per_day DESC NULLS LAST, started
COMMENT 'Regressions that go on, the dearest first.';
