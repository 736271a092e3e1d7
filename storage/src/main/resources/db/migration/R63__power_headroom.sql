-- View power_headroom: what racks, feeds, sites and the whole fleet draw at once, against what they may.
--
--   SELECT * FROM ${database}.power_headroom(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00', window_s = 60)
--
-- window_s: a multiple of 10; of 60, and it reads minutes (node_1m), else 10 s rows.
--
-- Coincident: the watts of all nodes of a scope are added per window first; P99 (nearest rank) and peak
-- are of that sum. The sum of the racks' own P99s would be larger than what the site ever draws.
-- A node's watts are its meter's, else those of the node-class model, where either covers 0.9 of the
-- window. Watts of boards alone stand in columns of their own (…_gpu_watts): they are less than the node
-- draws and are never compared with a limit. A window counts only if every node of the scope is known
-- in it: one that is silent, or that came or went inside it, leaves the window out. NULL, with a reason:
--   unseen_nodes    fewer nodes are read than power_budgets.nodes says stand there
--   no_node_power   a node has neither meter nor model
--   coverage        whole windows are fewer than 0.9 of those in which the fleet was read
--   source_period   a meter refreshes more slowly than window_s: shorter peaks would not show
--   no_limit        no budget and no sites.power_limit_kw for the scope
--   no_tokens       no engine read, or none for 0.9 of its time
--   engine_over_nodes  an engine spans nodes, so tokens and power of a rack or feed are not of the same work
--
-- Limits are those in force at the end of the period; limit_changed says that there were others in it.
-- stranded_watts = limit - P99, headroom_watts = limit - peak; negative = over the limit. extra tokens/s =
-- stranded_watts x the scope's own tokens per node joule of the same windows, idle power included.

CREATE OR REPLACE VIEW ${database}.power_headroom AS
WITH
    {since:DateTime('UTC')} AS t0,
    {until:DateTime('UTC')} AS t1,
    {window_s:UInt32} AS step,
    step * 1000 AS step_ms,
    (SELECT max(window_start) FROM ${database}.node_1m) AS minutes_rolled,
    (SELECT max(window_start) FROM ${database}.node_10s) AS newest,
    greatest(t0, if(step % 60 = 0, least(t1, minutes_rolled), t0)) AS m1,
    facts AS
    (
        SELECT ${node_columns}
        FROM ${database}.node_1m FINAL
        WHERE step % 60 = 0 AND window_start >= t0 AND window_start < m1
        UNION ALL
        SELECT ${node_columns}
        FROM ${database}.node_10s FINAL
        WHERE window_start >= m1 AND window_start < t1
    ),
    nodes AS
    (
        SELECT
            toStartOfInterval(f.window_start, toIntervalSecond(step)) AS time,
            f.node AS node,
            argMax(f.site, f.window_start) AS site,
            argMax(f.rack, f.window_start) AS rack,
            sum(f.expected_ms) >= 0.99 * step_ms AS whole,
            sum(f.machine_observed_ms) AS measured_ms,
            sum(f.machine_modelled_ms) AS modelled_ms,
            multiIf(NOT whole, 'none', measured_ms >= 0.9 * step_ms, 'measured', modelled_ms >= 0.9 * step_ms, 'modelled', 'none') AS basis,
            multiIf(
                basis = 'measured', sum(f.machine_mj) / measured_ms,
                basis = 'modelled', sum(f.machine_mj_modelled) / modelled_ms,
                NULL) AS node_watts,
            sum(f.board_observed_ms) AS board_ms,
            if(whole AND board_ms > 0 AND board_ms >= 0.9 * sum(f.board_expected_ms),
                sum(f.board_mj) / board_ms * sum(f.board_expected_ms) / step_ms, NULL) AS gpu_watts,
            sum(f.tokens_expected_ms) AS tokens_expected_ms,
            sum(f.tokens_observed_ms) AS tokens_observed_ms,
            sum(f.output_tokens) AS output_tokens,
            sum(f.spanning_board_ms) AS spanning_ms,
            max(f.source_period_ms) AS source_period_ms
        FROM facts AS f
        WHERE throwIf(step = 0 OR step % 10 != 0, 'window_s must be a multiple of 10 seconds') = 0
        GROUP BY time, node
        -- A window still being written is not a small one.
        HAVING time + toIntervalSecond(step) <= newest
    ),

    -- What is limited, and by how much.
    budgets AS
    (
        SELECT
            scope, site, name,
            argMax(b.limit_kw, b.effective_from) AS kw,
            argMax(b.racks, b.effective_from) AS racks_of,
            argMax(b.nodes, b.effective_from) AS nodes_declared,
            countIf(b.effective_from > t0) > 0 AS limit_changed
        FROM ${database}.power_budgets AS b FINAL
        WHERE b.effective_from < t1
        GROUP BY scope, site, name
    ),
    limits AS
    (
        SELECT scope, site, name, kw * 1000 AS limit_watts, nodes_declared, limit_changed, 'power_budgets' AS limit_from
        FROM budgets
        UNION ALL
        SELECT 'site', site, site, argMax(s.power_limit_kw, s.effective_from) * 1000, 0, countIf(s.effective_from > t0) > 0, 'sites'
        FROM ${database}.sites AS s FINAL
        WHERE s.effective_from < t1 AND site NOT IN (SELECT site FROM budgets WHERE scope = 'site')
        GROUP BY site
    ),
    scopes_of_rack AS
    (
        SELECT site, rack, groupArray((scope, name)) AS scopes
        FROM
        (
            SELECT site, scope, name, arrayJoin(if(scope = 'rack', [toString(name)], racks_of)) AS rack
            FROM budgets
            WHERE scope IN ('rack', 'feed')
        )
        GROUP BY site, rack
    ),

    -- The scope's sum per window, then its quantiles over windows.
    sums AS
    (
        SELECT
            time,
            arrayJoin(arrayConcat(
                [('fleet', '', '')],
                if(n.site = '', [], [('site', n.site, n.site)]),
                arrayMap(s -> (s.1, toString(n.site), s.2), r.scopes))) AS scope_key,
            count() AS nodes_read,
            max(n.whole) AS any_whole,
            countIf(n.node_watts IS NULL) AS unknown_nodes,
            countIf(n.whole AND n.basis = 'none') AS powerless_nodes,
            countIf(n.basis = 'modelled') AS modelled_nodes,
            sum(n.node_watts) AS node_watts,
            countIf(n.gpu_watts IS NULL) AS unknown_boards,
            sum(n.gpu_watts) AS gpu_watts,
            sum(n.tokens_expected_ms) AS tokens_expected_ms,
            sum(n.tokens_observed_ms) AS tokens_observed_ms,
            sum(n.output_tokens) AS output_tokens,
            sum(n.spanning_ms) AS spanning_ms,
            max(n.source_period_ms) AS source_period_ms
        FROM (SELECT * REPLACE (toString(site) AS site, toString(rack) AS rack) FROM nodes) AS n
        LEFT JOIN (SELECT toString(site) AS site, rack, scopes FROM scopes_of_rack) AS r USING (site, rack)
        GROUP BY time, scope_key
    ),
    judged AS
    (
        SELECT
            s.*,
            s.scope_key.1 AS scope,
            s.scope_key.2 AS site,
            s.scope_key.3 AS name,
            s.nodes_read >= l.nodes_declared AS all_there,
            all_there AND s.unknown_nodes = 0 AS whole_nodes,
            all_there AND s.unknown_boards = 0 AS whole_boards,
            whole_nodes AND s.tokens_observed_ms > 0 AND s.tokens_observed_ms >= 0.9 * s.tokens_expected_ms AS paired,
            l.limit_watts AS limit_watts, l.nodes_declared AS nodes_declared,
            l.limit_changed AS limit_changed, l.limit_from AS limit_from
        FROM sums AS s
        LEFT JOIN
        (
            SELECT toString(scope) AS scope, toString(site) AS site, toString(name) AS name,
                limit_watts, nodes_declared, limit_changed, limit_from
            FROM limits
        ) AS l ON s.scope_key.1 = l.scope AND s.scope_key.2 = l.site AND s.scope_key.3 = l.name
    ),
    scoped AS
    (
        SELECT
            scope, site, name,
            any(j.limit_watts) AS limit_watts,
            any(j.limit_from) AS limit_from,
            any(j.limit_changed) AS limit_changed,
            max(j.nodes_read) AS nodes_read,
            any(j.nodes_declared) AS nodes_declared,
            sum(j.nodes_read) AS node_reads,
            sum(j.powerless_nodes) AS powerless,
            sum(j.unknown_nodes) AS unknown,
            sum(j.modelled_nodes) AS modelled,
            max(j.source_period_ms) AS source_period_ms,
            sum(j.spanning_ms) AS spanning_ms,
            arraySort(groupArrayIf(j.node_watts, j.whole_nodes)) AS watts,
            arraySort(groupArrayIf(j.gpu_watts, j.whole_boards)) AS boards,
            countIf(j.paired) AS paired_windows,
            sumIf(j.output_tokens, j.paired) AS tokens,
            sumIf(j.node_watts, j.paired) * step AS joules,
            -- The fleet is in every window; one in which it only came up has no node that was there throughout.
            max(countIf(j.any_whole)) OVER () AS windows,
            min(min(j.time)) OVER () AS span_from,
            max(max(j.time)) OVER () + toIntervalSecond(step) AS span_to
        FROM judged AS j
        GROUP BY scope, site, name
    )
SELECT
    scope,
    site,
    name,
    limit_watts,
    limit_from,
    CAST(limit_changed, 'Bool') AS limit_changed,
    nodes_read,
    nodes_declared,
    windows,
    length(watts) / nullIf(windows, 0) AS node_coverage,
    length(boards) / nullIf(windows, 0) AS gpu_coverage,
    step AS window_s,
    multiIf(
        nodes_read < nodes_declared, 'unseen_nodes',
        powerless > 0.1 * node_reads, 'no_node_power',
        source_period_ms > step_ms, 'source_period',
        ifNull(node_coverage, 0) < 0.9, 'coverage',
        '') AS node_watts_null_reason,
    multiIf(node_watts_null_reason != '', '', modelled = 0, 'measured', modelled = node_reads - unknown, 'modelled', 'mixed') AS node_watts_basis,
    if(node_watts_null_reason != '', NULL, watts[toUInt32(ceil(0.99 * length(watts)))]) AS p99_node_watts,
    if(node_watts_null_reason != '', NULL, watts[-1]) AS peak_node_watts,
    if(node_watts_null_reason != '', NULL, arraySum(watts) / length(watts)) AS mean_node_watts,
    multiIf(
        nodes_read < nodes_declared, 'unseen_nodes',
        source_period_ms > step_ms, 'source_period',
        ifNull(gpu_coverage, 0) < 0.9, 'coverage',
        '') AS gpu_watts_null_reason,
    if(gpu_watts_null_reason != '', NULL, boards[toUInt32(ceil(0.99 * length(boards)))]) AS p99_gpu_watts,
    if(gpu_watts_null_reason != '', NULL, boards[-1]) AS peak_gpu_watts,
    if(limit_watts IS NULL, 'no_limit', node_watts_null_reason) AS stranded_watts_null_reason,
    limit_watts - p99_node_watts AS stranded_watts,
    limit_watts - peak_node_watts AS headroom_watts,
    multiIf(
        node_watts_null_reason != '', node_watts_null_reason,
        paired_windows = 0 OR paired_windows < 0.9 * length(watts), 'no_tokens',
        scope IN ('rack', 'feed') AND spanning_ms > 0, 'engine_over_nodes',
        '') AS tokens_null_reason,
    if(tokens_null_reason != '', NULL, tokens / paired_windows / step) AS output_tokens_per_s,
    if(tokens_null_reason != '', NULL, tokens / nullIf(joules, 0) * 1e6) AS output_tokens_per_s_per_mw_node,
    if(tokens_null_reason != '', tokens_null_reason, stranded_watts_null_reason) AS extra_tokens_null_reason,
    -- greatest() would take a NULL for absent and answer 0.
    if(extra_tokens_null_reason != '', NULL, greatest(stranded_watts, 0) / 1e6 * output_tokens_per_s_per_mw_node) AS extra_output_tokens_per_s,
    span_from,
    span_to
FROM scoped
COMMENT 'Coincident watts of racks, feeds, sites and the fleet against their limits; units are in the names. Parameters since, until (UTC), window_s.';
