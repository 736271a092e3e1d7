-- Rollup ${coarse}: ${fine} summed, as a refreshable materialized view that appends to a
-- ReplacingMergeTree. This one text makes all rollups; what differs comes from Rollup.java.
--
-- Not an incremental view: that adds what is inserted, so a corrected row would count twice. Here every
-- window that was touched is summed again, whole, from the finer table FINAL.
--
-- Which windows: those with a row written since the newest row that the last run had seen (10 minutes of
-- overlap cover inserts in flight and clocks of replicas). That holds every late row (at most 15 minutes
-- old, or 5 minutes of gap and a window older), days of backlog after an outage and a backfill of weeks,
-- which a range counted back from now would miss; and rows that came while a slow run was at work, which
-- a range counted from the run's end would miss. Nothing written, nothing read.
--
-- Version = sum of the finer versions. It grows when a finer row is added or replaced by a higher
-- version, so the latest state wins; computed twice from one state it gives the same row, whatever the
-- clock; a refresh that read an older state and finishes late loses. With now64() it would win.
--
-- Windows within a day of the finer table's retention are left alone: the TTL may already have
-- taken part of them, and half a window must not replace a whole one.

DROP VIEW IF EXISTS ${database}.${coarse}_refresh SYNC;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.${coarse}_refresh
REFRESH EVERY ${every} APPEND TO ${database}.${coarse}
AS WITH
    (
        SELECT toDateTime(greatest(toInt64(max(seen_up_to)), ${look_back}, 600) - 600, 'UTC')
        FROM ${database}.${coarse}
        WHERE written_at >= toDateTime(${look_back}, 'UTC')
    ) AS last_run,
    (SELECT max(written_at) FROM ${database}.${fine} WHERE written_at >= last_run) AS seen,
    touched AS
    (
        SELECT DISTINCT ${bucket}(window_start) AS bucket
        FROM ${database}.${fine}
        WHERE written_at >= last_run
          AND window_start >= ${bucket}(now() - INTERVAL ${keep_fine_days} DAY + INTERVAL 1 DAY)
    )
SELECT
    ${bucket}(f.window_start) AS window_start,
    ${key},
    ${aggregates},
    seen AS seen_up_to,
    sum(f.version) AS version
FROM ${database}.${fine} AS f FINAL
WHERE f.window_start >= (SELECT min(bucket) FROM touched)
  AND ${bucket}(f.window_start) IN (touched)
GROUP BY ${bucket}(f.window_start), ${key}
SETTINGS max_bytes_before_external_group_by = 500000000;
