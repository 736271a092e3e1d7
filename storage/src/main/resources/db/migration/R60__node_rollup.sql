-- node_10s over minutes, by the rules of R2__rollups.sql: windows touched since the last run, whole, FINAL.
-- A node that moved to another rack inside a minute counts where it last was.

DROP VIEW IF EXISTS ${database}.node_1m_refresh SYNC;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.node_1m_refresh
REFRESH EVERY 1 MINUTE APPEND TO ${database}.node_1m
AS WITH
    (SELECT toDateTime(greatest(toInt64(max(written_at)) - 600, 0), 'UTC') FROM ${database}.node_1m) AS last_run,
    touched AS
    (
        SELECT DISTINCT toStartOfMinute(window_start) AS bucket
        FROM ${database}.node_10s
        WHERE written_at >= last_run
          AND window_start >= toStartOfMinute(now() - INTERVAL ${keep_10s_days} DAY + INTERVAL 1 DAY)
    )
SELECT
    toStartOfMinute(f.window_start) AS window_start,
    node,
    argMax(f.region, f.window_start) AS region,
    argMax(f.zone, f.window_start) AS zone,
    argMax(f.cluster, f.window_start) AS cluster,
    argMax(f.site, f.window_start) AS site,
    argMax(f.rack, f.window_start) AS rack,
    sum(expected_ms) AS expected_ms,
    sum(board_expected_ms) AS board_expected_ms,
    sum(board_observed_ms) AS board_observed_ms,
    sum(board_mj) AS board_mj,
    sum(machine_observed_ms) AS machine_observed_ms,
    sum(machine_mj) AS machine_mj,
    sum(machine_modelled_ms) AS machine_modelled_ms,
    sum(machine_mj_modelled) AS machine_mj_modelled,
    sum(spanning_board_ms) AS spanning_board_ms,
    sum(tokens_expected_ms) AS tokens_expected_ms,
    sum(tokens_observed_ms) AS tokens_observed_ms,
    sum(output_tokens) AS output_tokens,
    groupBitOr(f.quality) AS quality,
    max(f.source_period_ms) AS source_period_ms,
    sum(f.version) AS version
FROM ${database}.node_10s AS f FINAL
WHERE f.window_start >= (SELECT min(bucket) FROM touched)
  AND toStartOfMinute(f.window_start) IN (touched)
GROUP BY toStartOfMinute(f.window_start), node;
