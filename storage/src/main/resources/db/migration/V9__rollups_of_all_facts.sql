-- Rollups of boards, engines and latency histograms, with the columns of their 10 s tables; and for every
-- rollup how far its source had been written when it was made (R2__rollups.sql). Rows from before count
-- as made when they were written.

ALTER TABLE ${database}.gpu_10s
    ADD COLUMN IF NOT EXISTS written_at DateTime('UTC') MATERIALIZED now() COMMENT '[UTC s] when the row was inserted; the rollups read what was written since they last ran' CODEC(Delta, ZSTD(1)),
    ADD INDEX IF NOT EXISTS written_at_minmax written_at TYPE minmax GRANULARITY 1;
ALTER TABLE ${database}.engine_10s
    ADD COLUMN IF NOT EXISTS written_at DateTime('UTC') MATERIALIZED now() COMMENT '[UTC s] when the row was inserted; the rollups read what was written since they last ran' CODEC(Delta, ZSTD(1)),
    ADD INDEX IF NOT EXISTS written_at_minmax written_at TYPE minmax GRANULARITY 1;
ALTER TABLE ${database}.latency_10s
    ADD COLUMN IF NOT EXISTS written_at DateTime('UTC') MATERIALIZED now() COMMENT '[UTC s] when the row was inserted; the rollups read what was written since they last ran' CODEC(Delta, ZSTD(1)),
    ADD INDEX IF NOT EXISTS written_at_minmax written_at TYPE minmax GRANULARITY 1;

-- Rows of before would otherwise show the time of the query.
ALTER TABLE ${database}.gpu_10s MATERIALIZE COLUMN written_at;
ALTER TABLE ${database}.engine_10s MATERIALIZE COLUMN written_at;
ALTER TABLE ${database}.latency_10s MATERIALIZE COLUMN written_at;

CREATE TABLE IF NOT EXISTS ${database}.gpu_1m AS ${database}.gpu_10s
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfDay(window_start), node, gpu, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'gpu_10s summed per minute; what describes the board is as it last was in it.';

CREATE TABLE IF NOT EXISTS ${database}.gpu_1h AS ${database}.gpu_10s
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(window_start)
ORDER BY (node, gpu, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'gpu_1m summed per hour; what describes the board is as it last was in it.';

CREATE TABLE IF NOT EXISTS ${database}.engine_1m AS ${database}.engine_10s
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfDay(window_start), node, instance, model, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'engine_10s summed per minute; what describes the engine is as it last was in it.';

CREATE TABLE IF NOT EXISTS ${database}.engine_1h AS ${database}.engine_10s
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(window_start)
ORDER BY (node, instance, model, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'engine_1m summed per hour; what describes the engine is as it last was in it.';

CREATE TABLE IF NOT EXISTS ${database}.latency_1m AS ${database}.latency_10s
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfDay(window_start), vantage, measure, region, hardware, model, window_start, cell_id, bounds_id)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'latency_10s summed per minute.';

CREATE TABLE IF NOT EXISTS ${database}.latency_1h AS ${database}.latency_10s
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(window_start)
ORDER BY (vantage, measure, region, hardware, model, window_start, cell_id, bounds_id)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'latency_1m summed per hour.';

ALTER TABLE ${database}.efficiency_1m
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.efficiency_1h
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.gpu_1m
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.gpu_1h
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.engine_1m
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.engine_1h
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.latency_1m
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.latency_1h
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.request_1m
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.request_1h
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));

ALTER TABLE ${database}.node_1m
    ADD COLUMN IF NOT EXISTS seen_up_to DateTime('UTC') DEFAULT written_at COMMENT '[UTC s] newest row of the finer table that was there when this row was made; the next run goes on from it' CODEC(Delta, ZSTD(1));
