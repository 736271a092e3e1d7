-- What the regression detector did with each hour's windows: without it, silence could mean that all is
-- well or that nothing was looked at.

ALTER TABLE ${database}.regressions
    ADD COLUMN IF NOT EXISTS details Array(String) COMMENT '[text] the other measures that are worse, each "measure: +20.0 %", the clearest first' AFTER sigma;

CREATE TABLE IF NOT EXISTS ${database}.judged_windows
(
    hour DateTime('UTC') COMMENT '[UTC s] start of the hour that the windows begin in' CODEC(Delta, ZSTD(1)),
    region LowCardinality(String) COMMENT '[text] as in the facts',
    workload LowCardinality(String) COMMENT '[text] as in the facts',
    outcome LowCardinality(String) COMMENT '[text] judged, warm_up, low_coverage, low_traffic, outside_experience …: see enum Outcome',
    measures Int64 COMMENT '[measures] of windows: a window counts once for each measure that its series may have' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] the highest version of an entry counts' CODEC(T64, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(hour)
ORDER BY (hour, region, workload, outcome)
TTL hour + INTERVAL 400 DAY
SETTINGS ttl_only_drop_parts = 1
COMMENT 'What the regression detector did with the windows of each hour; read with FINAL.';
