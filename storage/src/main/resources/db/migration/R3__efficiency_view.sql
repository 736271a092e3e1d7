-- View ${view}: what ${facts} and ${latencies} say per time window and ${dimensions}.
--
--   SELECT * FROM ${database}.${view}(window_s = 3600) WHERE time >= now() - INTERVAL 1 DAY
--
-- window_s: seconds per row, a multiple of ${base_s}, which is the length of the windows read (below: the
-- windows). Conditions on time and on the dimensions reach the tables' sorting keys. For days read
-- …_by_minute, for weeks …_by_hour: the same sums, so the same ratios, from fewer rows, also after the
-- finer ones are gone. The newest windows of a rollup may still grow.
--
-- Rules. Every ratio is a ratio of sums over one set of node-intervals (…_metered over …_metered), never
-- a mean of ratios. NULL means not known: the denominator is 0 or the measure was not observed; it is
-- never shown as 0. Energy ratios are NULL where an energy source refreshes more slowly than the
-- window asked for; energy_null_reason says so. Names carry their scope: gpu energy unless …_node or
-- …_facility (measured) or …_modelled (node class; never added to what is measured), output tokens
-- unless total_, the engine's latency (…_engine_s).
--
-- Tokens and joules of one moment meet only in a window that is long enough. smallest_window_s: 10 s, or
-- the refresh period of the slowest energy source, or, with engines that credit tokens when a request
-- ends, 10 x the mean time of the requests that ended in the row (unknown, NULL, if none did).
-- smallest_prompt_window_s: also 3 x the P95 of prefill, else of TTFT, else of the whole request, in the
-- row; 300 s where no engine tells any of them. Ratios below it are NULL: window_too_short.
--
-- doubted_share is the part of the joules that come from boards whose counter contradicts their power
-- readings, or that drew more than 1.2 x their limit. Up to 0.05, the tolerance of that comparison,
-- ratios stand and quality says so; above, they are NULL: doubted_energy. The sums hold all of it.
--
-- Engines over several nodes, and pairs of prefill and decode servers, are joined before they are rows:
-- the …_metered columns hold the joules of all boards behind a cell's tokens, other nodes' and prefill
-- servers' included, and only of windows in which all of them were read. So tokens per joule are right
-- however rows are grouped. A row without any such window says missing_members (boards that the engine
-- runs on were not seen), prefill_only (its joules stand with the decode servers' output) or unpaired.
-- Of a pair, ttft is the prefill servers', itl and e2e the decode servers'. measured_share is the part of
-- the joules that a counter counted and whose owner was measured: the board has one owner who was told,
-- or activity was read; not assumed, shared equally, by size or by tokens, nor integrated from power.
--
-- Rates (watts, gpus, …_per_s) say how much the group drew or made while it was there. seconds is that
-- time: the group's windows in the row, ${base_s} s each. A group may come or go inside its first or last
-- window; how much of that window counts is told by its expected time against that of the window next
-- to it (also beyond the row), which is taken to have the same boards. A group that was seen in one
-- window alone has nothing to compare with: its rates are NULL until the next window is there.
-- Silence (a node, an exporter or an engine that should have been read and was not) is taken to be like
-- what was read of the group: the sums are scaled by expected / observed time, so that a node that is
-- silent for half a row does not look like saved power. coverage and token_coverage, beside the rates,
-- say how much was read; below 0.5 most of a rate is such an assumption. The sums (gpu_joules,
-- output_tokens, …) hold only what was read. Rates of rows that are not equally long do not add up.
--
-- Dollars per token divide the money for the board time that was read (gpu_ms) by the tokens that were
-- read, with or without energy readings beside them. If a tenth or more of either was not read, the two
-- do not belong together and the ratio is NULL; usd_null_reason says why one or both of them are:
-- no_price, no_facility_energy (it is billed on top and not known), no_tokens (none read or none made),
-- missing_members (a tenth or more of the boards that engines run on was not seen), other_rows (of engines
-- over several nodes or pairs a tenth or more of the boards counts in other rows: group wider),
-- token_coverage (engines read for less than 0.9 of the
-- time), board_coverage (the same for boards, or the group holds none).
--
-- This one text makes views efficiency and efficiency_cells, and those …_by_minute and …_by_hour; only
-- the dimensions and the tables differ. Lists that repeat (dimensions, quality labels, latency columns)
-- and the tables come from EfficiencyView.java.

CREATE OR REPLACE VIEW ${database}.${view} AS
WITH
    cells AS
    (
        SELECT
            toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32})) AS time,
            ${dimensions},
            sumMap([toUnixTimestamp(window_start)], [f.expected_ms], [f.tokens_expected_ms]) AS windows,
            sum(f.expected_ms) AS expected_ms,
            sum(f.observed_ms) AS observed_ms,
            sum(f.gpu_ms) AS gpu_ms,
            sum(f.gpu_busy_ms) AS gpu_busy_ms,
            sum(f.gpu_loaded_idle_ms) AS gpu_loaded_idle_ms,
            sum(f.gpu_unallocated_ms) AS gpu_unallocated_ms,
            sum(f.gpu_unknown_ms) AS gpu_unknown_ms,
            sum(f.gpu_mj) AS gpu_mj,
            sum(f.gpu_mj_metered) AS gpu_mj_metered,
            sum(f.node_observed_ms) AS node_observed_ms,
            sum(f.node_mj) AS node_mj,
            sum(f.node_mj_metered) AS node_mj_metered,
            sum(f.node_modelled_ms) AS node_modelled_ms,
            sum(f.node_mj_modelled) AS node_mj_modelled,
            sum(f.node_mj_modelled_metered) AS node_mj_modelled_metered,
            sum(f.facility_observed_ms) AS facility_observed_ms,
            sum(f.facility_mj) AS facility_mj,
            sum(f.facility_mj_metered) AS facility_mj_metered,
            sum(f.facility_mj_modelled) AS facility_mj_modelled,
            sum(f.facility_mj_modelled_metered) AS facility_mj_modelled_metered,
            sum(f.gpu_mj_doubted) AS gpu_mj_doubted,
            sum(f.gpu_mj_measured) AS gpu_mj_measured,
            sum(f.members_missing_ms) AS members_missing_ms,
            sum(f.spanning_gpu_ms) AS spanning_gpu_ms,
            sum(f.spanning_gpu_ms_behind) AS spanning_gpu_ms_behind,
            sumIf(f.gpu_mj_role_metered, f.role = 'prefill') AS prefill_mj_metered,
            sumIf(f.prompt_tokens_computed_role_metered, f.role = 'prefill') AS prefill_prompt_metered,
            sumIf(f.tokens_observed_ms - f.prompt_computed_observed_ms, f.role = 'prefill') AS prefill_prompt_unknown_ms,
            sumIf(f.gpu_mj_role_metered, f.role = 'decode') AS decode_mj_metered,
            sumIf(f.output_tokens_metered, f.role = 'decode') AS decode_tokens_metered,
            sum(f.tokens_expected_ms) AS tokens_expected_ms,
            sum(f.tokens_observed_ms) AS tokens_observed_ms,
            sum(f.output_tokens) AS output_tokens,
            sum(f.output_tokens_metered) AS output_tokens_metered,
            sum(f.output_tokens_node_metered) AS output_tokens_node_metered,
            sum(f.output_tokens_node_modelled_metered) AS output_tokens_node_modelled_metered,
            sum(f.output_tokens_facility_metered) AS output_tokens_facility_metered,
            sum(f.output_tokens_facility_modelled_metered) AS output_tokens_facility_modelled_metered,
            sum(f.tokens_at_finish_ms) AS tokens_at_finish_ms,
            sum(f.at_finish_requests) AS at_finish_requests,
            sum(f.at_finish_e2e_us) AS at_finish_e2e_us,
            sum(f.tokens_prompt_only_ms) AS tokens_prompt_only_ms,
            sum(f.prompt_tokens) AS prompt_tokens,
            sum(f.prompt_tokens_cached) AS prompt_tokens_cached,
            sum(f.prompt_cached_observed_ms) AS prompt_cached_observed_ms,
            sum(f.prompt_tokens_computed) AS prompt_tokens_computed,
            sum(f.prompt_tokens_computed_metered) AS prompt_tokens_computed_metered,
            sum(f.prompt_tokens_transferred) AS prompt_tokens_transferred,
            sum(f.prompt_transferred_observed_ms) AS prompt_transferred_observed_ms,
            sum(f.reasoning_tokens) AS reasoning_tokens,
            sum(f.reasoning_observed_ms) AS reasoning_observed_ms,
            sum(f.prompt_computed_observed_ms) AS prompt_computed_observed_ms,
            sum(f.requests_finished) AS requests_finished,
            sum(f.requests_finished_metered) AS requests_finished_metered,
            sum(f.load_observed_ms) AS load_observed_ms,
            sum(f.running_ms) AS running_ms,
            sum(f.waiting_ms) AS waiting_ms,
            sum(f.kv_observed_ms) AS kv_observed_ms,
            sum(f.kv_used_ppm_ms) AS kv_used_ppm_ms,
            sum(f.sm_active_observed_ms) AS sm_active_observed_ms,
            sum(f.sm_active_ppm_ms) AS sm_active_ppm_ms,
            sum(f.dram_active_observed_ms) AS dram_active_observed_ms,
            sum(f.dram_active_ppm_ms) AS dram_active_ppm_ms,
            sum(f.hbm_observed_ms) AS hbm_observed_ms,
            sum(f.hbm_kb) AS hbm_kb,
            sum(f.nvlink_observed_ms) AS nvlink_observed_ms,
            sum(f.nvlink_kb) AS nvlink_kb,
            sum(f.pcie_observed_ms) AS pcie_observed_ms,
            sum(f.pcie_kb) AS pcie_kb,
            groupBitOr(f.quality) AS quality_bits,
            max(f.source_period_ms) AS source_period_ms,
            source_period_ms > {window_s:UInt32} * 1000 AS too_fine,
            if(uniqExact(f.attribution_method) > 1, 'mixed', any(f.attribution_method)) AS attribution_method,
            countIf(f.microusd_live < 0 AND f.gpu_ms > 0) AS live_unpriced,
            sum(greatest(f.microusd_live, 0)) AS microusd_live
        FROM ${database}.${facts} AS f FINAL
        WHERE throwIf({window_s:UInt32} = 0 OR {window_s:UInt32} % ${base_s} != 0, 'window_s must be a multiple of ${base_s} seconds') = 0
            -- Not the empty rows of workers whose joules count under the names that their head shows.
            AND (f.expected_ms != 0 OR f.gpu_ms != 0 OR f.observed_ms != 0 OR f.gpu_mj != 0 OR f.node_mj != 0 OR f.output_tokens != 0 OR f.gpu_mj_bridged != 0 OR f.node_mj_bridged != 0
                OR f.tokens_expected_ms != 0 OR f.tokens_observed_ms != 0 OR f.output_tokens_bridged != 0 OR f.prompt_tokens_bridged != 0)
        GROUP BY ALL
    ),

    -- The windows just before and just after each row, to tell how full its first and last ones are.
    neighbours AS
    (
        SELECT time, ${dimensions}, sumMap([at], [expected_ms], [tokens_expected_ms]) AS windows
        FROM
        (
            SELECT
                toStartOfInterval(window_start + INTERVAL ${base_s} SECOND, toIntervalSecond({window_s:UInt32})) AS time,
                ${dimensions}, toUnixTimestamp(window_start) AS at, expected_ms, tokens_expected_ms
            FROM ${database}.${facts} FINAL
            WHERE time > window_start
            UNION ALL
            SELECT
                toStartOfInterval(window_start - INTERVAL ${base_s} SECOND, toIntervalSecond({window_s:UInt32})) AS time,
                ${dimensions}, toUnixTimestamp(window_start) AS at, expected_ms, tokens_expected_ms
            FROM ${database}.${facts} FINAL
            WHERE toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32})) > time
        )
        GROUP BY ALL
    ),

    -- How much of each window the group was there: all of it between two others, else as its time to that
    -- of the one beside it, or of the fullest if it stands alone.
    timed AS
    (
        SELECT
            * EXCEPT (windows, fullest),
            multiIf(members_missing_ms > 0, 'missing_members',
                output_tokens = 0 AND prefill_mj_metered > 0, 'prefill_only', 'unpaired') AS unmetered,
            -- Why joules are not known or not believed, and why output tokens do not belong to them.
            multiIf(too_fine, 'source_period', observed_ms = 0, 'no_energy', tokens_observed_ms = 0, 'no_tokens',
                gpu_mj_metered = 0, unmetered, gpu_mj_doubted * 20 > gpu_mj, 'doubted_energy', '') AS no_joules,
            multiIf(tokens_prompt_only_ms > 0, 'prompt_only',
                ifNull(smallest_window_s, 4e9) > {window_s:UInt32}, 'window_too_short', '') AS no_output,
            arrayMap(
                (w, before, after) -> multiIf(
                    toStartOfInterval(toDateTime(w.1, 'UTC'), toIntervalSecond({window_s:UInt32})) != time, 0,
                    before.1 = w.1 - ${base_s} AND after.1 = w.1 + ${base_s}, ${base_s},
                    (multiIf(after.1 = w.1 + ${base_s}, after, before.1 = w.1 - ${base_s}, before, fullest) AS peer).2 > 0 AND w.2 > 0,
                        ${base_s} * least(1, w.2 / peer.2),
                    peer.3 > 0 AND w.3 > 0, ${base_s} * least(1, w.3 / peer.3),
                    ${base_s}),
                windows,
                -- As long as windows also where it is empty: sumMap keeps no window without expected time.
                arrayShiftRight(windows, 1, (toUInt32(0), toInt64(0), toInt64(0))),
                arrayShiftLeft(windows, 1, (toUInt32(0), toInt64(0), toInt64(0)))) AS window_seconds,
            if(length(windows) = 1, NULL, nullIf(arraySum(window_seconds), 0)) AS seconds
        FROM
        (
            SELECT
                c.* EXCEPT (windows),
                -- The shortest window that output ratios hold over, a multiple of 10 s; NULL = not known.
                if(c.tokens_at_finish_ms > 0, c.at_finish_e2e_us / 1e6 / nullIf(c.at_finish_requests, 0), toNullable(0)) AS mean_request_s,
                if(isNull(mean_request_s), NULL, 10 * ceil(greatest(mean_request_s, c.source_period_ms / 10000, 1))) AS smallest_window_s,
                -- (start, board-ms, engine-ms) of the row's windows and its neighbours.
                arraySort(arrayConcat(
                    arrayZip(c.windows.1, c.windows.2, c.windows.3),
                    arrayZip(n.windows.1, n.windows.2, n.windows.3))) AS windows,
                (0, arrayMax(windows.2), arrayMax(windows.3)) AS fullest
            FROM cells AS c
            LEFT JOIN neighbours AS n USING (time, ${dimensions})
        )
    ),

    -- Board time at the price in force at its hour, and the machines' energy where it is billed on top.
    -- Whole numbers keep sums exact: ms x micro-USD per hour x 1000 and mJ x micro-USD per kWh are both
    -- parts of 3.6e15 to a dollar. Facility energy goes to busy and free boards in the proportion of the
    -- boards' own; it is not known where no meter and no model told it, where a PUE is missing, or where it
    -- is less than the boards' own energy, for then a machine of the cell was left out.
    board_time AS
    (
        WITH toInt128(f.facility_mj + f.facility_mj_modelled) AS energy
        SELECT
            toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32})) AS time,
            toStartOfHour(window_start) AS hour,
            ${price_dimensions},
            sum(f.gpu_ms) AS held_ms,
            sum(f.gpu_busy_ms) AS busy_ms,
            sum(f.gpu_unallocated_ms) AS free_ms,
            sum(energy) AS held_mj,
            sum(if(f.gpu_mj > 0, intDiv(energy * f.gpu_busy_mj, f.gpu_mj), intDiv(energy * f.gpu_busy_ms, greatest(f.gpu_ms, 1)))) AS busy_mj,
            sum(if(f.gpu_mj > 0, intDiv(energy * f.gpu_unallocated_mj, f.gpu_mj), intDiv(energy * f.gpu_unallocated_ms, greatest(f.gpu_ms, 1)))) AS free_mj,
            countIf(f.gpu_ms > 0 AND (energy = 0 OR energy < f.gpu_mj OR f.facility_observed_ms < f.node_observed_ms)) AS energy_unknown
        FROM ${database}.${facts} AS f FINAL
        GROUP BY ALL
    ),
    -- A price without a region holds in every region that has none of its own.
    listed AS
    (
        SELECT b.*, p.microusd_per_gpu_hour AS own_rate, p.microusd_per_kwh AS own_tariff, p.example AS own_example
        FROM board_time AS b
        ASOF LEFT JOIN ${database}.price_rates AS p
        ON b.provider = p.provider AND b.region = p.region AND b.hardware = p.hardware
            AND b.purchase_option = p.purchase_option AND p.effective_from <= b.hour
    ),
    priced AS
    (
        SELECT
            b.*,
            ifNull(b.own_rate, p.microusd_per_gpu_hour) AS rate,
            if(b.own_rate IS NULL, p.microusd_per_kwh, b.own_tariff) AS metered,
            if(b.own_rate IS NULL, p.example, b.own_example) AS example,
            if(metered IS NOT NULL AND b.energy_unknown > 0, NULL, toInt128(rate) * 1000) AS price,
            toInt128(ifNull(metered, 0)) AS tariff,
            toInt128(b.held_ms - b.free_ms) AS own_ms
        FROM listed AS b
        ASOF LEFT JOIN (SELECT * EXCEPT (region) FROM ${database}.price_rates WHERE region = '') AS p
        ON b.provider = p.provider AND b.hardware = p.hardware
            AND b.purchase_option = p.purchase_option AND p.effective_from <= b.hour
    ),
    -- Boards that nobody holds are paid for by those who hold boards of the same cluster and hardware in
    -- the same window, by GPU-seconds.
    shared AS
    (
        SELECT
            *,
            sum(free_ms * ifNull(price, 0) + free_mj * tariff) OVER peers AS free_cost,
            max(free_ms > 0 AND price IS NULL) OVER peers AS free_unpriced,
            max(free_ms > 0 AND rate IS NULL) OVER peers AS free_unlisted,
            sum(own_ms) OVER peers AS peers_ms
        FROM priced
        WINDOW peers AS (PARTITION BY time, region, cluster, hardware)
    ),
    money AS
    (
        SELECT
            time,
            ${dimensions},
            toNullable(sum(held_ms * ifNull(price, 0) + held_mj * tariff) / 3.6e15) AS usd_held,
            toNullable(sum(busy_ms * ifNull(price, 0) + busy_mj * tariff) / 3.6e15) AS usd_busy,
            toNullable(sum(own_ms * ifNull(price, 0) + (held_mj - free_mj) * tariff) / 3.6e15) AS usd_owned,
            toNullable(sum(if(own_ms > 0, toFloat64(free_cost) * (own_ms / peers_ms), 0)) / 3.6e15) AS usd_share,
            countIf(example AND held_ms > 0) > 0 AS example_prices,
            countIf(price IS NULL AND held_ms > 0) AS held_unpriced,
            countIf(price IS NULL AND busy_ms > 0) AS busy_unpriced,
            countIf(own_ms > 0 AND (price IS NULL OR free_unpriced)) AS all_in_unpriced,
            countIf((rate IS NULL AND held_ms > 0) OR (own_ms > 0 AND free_unlisted)) AS unlisted
        FROM shared
        GROUP BY ALL
    ),

    -- Histograms: bucket deltas summed, then interpolated as Prometheus' histogram_quantile does. Sets of
    -- different bounds meet only on the bounds they share, where their cumulative counts are exact.
    histograms AS
    (
        SELECT
            toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32})) AS time,
            ${dimensions},
            measure,
            sumMap(arrayPushBack(bounds_ns, 9223372036854775807), counts) AS buckets,
            arraySort(groupArrayIntersect(bounds_ns)) AS bounds,
            uniqExact(bounds_id) > 1 AS mixed
        FROM ${database}.${latencies} FINAL
        WHERE vantage = 'engine' AND measure IN ('ttft', 'itl', 'e2e', 'queue', 'prefill')
            AND NOT (role = 'prefill' AND measure IN ('itl', 'e2e')) AND NOT (role = 'decode' AND measure = 'ttft')
        GROUP BY ALL
    ),
    cumulative AS
    (
        SELECT
            * EXCEPT (buckets, bounds),
            arrayMap(bound -> bound / 1e9, bounds) AS upper,
            arrayMap(bound -> arraySum((b, n) -> if(b <= bound, n, 0), buckets.1, buckets.2), bounds) AS counts,
            arraySum(buckets.2) AS n
        FROM histograms
    ),
    quantiles AS
    (
        SELECT
            time, ${dimensions}, measure, n, mixed,
            arrayMap(
                rank -> (arrayFirstIndex(c -> c >= rank, counts) AS i, rank),
                [0.5 * n, 0.95 * n, 0.99 * n]) AS ranks,
            arrayMap(
                r -> CAST(
                    multiIf(
                        n = 0, (NULL, NULL, NULL, NULL),
                        r.1 = 0, (NULL, if(empty(upper), NULL, upper[-1]), NULL, true),
                        r.1 = 1 AND upper[1] <= 0, (upper[1], upper[1], upper[1], false),
                        (
                            if(r.1 > 1, upper[r.1 - 1], 0)
                                + (upper[r.1] - if(r.1 > 1, upper[r.1 - 1], 0))
                                * ((r.2 - if(r.1 > 1, counts[r.1 - 1], 0))
                                    / (counts[r.1] - if(r.1 > 1, counts[r.1 - 1], 0))),
                            if(r.1 > 1, upper[r.1 - 1], 0),
                            upper[r.1],
                            false
                        )),
                    'Tuple(value Nullable(Float64), lo Nullable(Float64), hi Nullable(Float64), saturated Nullable(Bool))'),
                ranks) AS q
        FROM cumulative
    ),
    latency AS
    (
        SELECT
            time,
            ${dimensions},
            anyIf(q, measure = 'ttft') AS ttft,
            anyIf(q, measure = 'itl') AS itl,
            anyIf(q, measure = 'e2e') AS e2e,
            anyIf(q, measure = 'queue') AS queue,
            anyIf(q, measure = 'prefill') AS prefill,
            multiIf(
                isNotNull(prefill[2].value), prefill[2].value,
                isNotNull(ttft[2].value), ttft[2].value,
                e2e[2].value) AS prompt_lag_s,
            sumOrNullIf(n, measure = 'ttft') AS ttft_n,
            sumOrNullIf(n, measure = 'itl') AS itl_n,
            sumOrNullIf(n, measure = 'e2e') AS e2e_n,
            sumOrNullIf(n, measure = 'queue') AS queue_n,
            arraySort(groupArrayIf(toString(measure), mixed)) AS mixed_bounds
        FROM quantiles
        GROUP BY ALL
    ),

    -- What scales for silence: time that should have been read over time that was; NULL if none was.
    greatest(c.expected_ms, c.observed_ms) / nullIf(c.observed_ms, 0) AS boards_per_metered,
    greatest(c.expected_ms, c.gpu_ms) / nullIf(c.gpu_ms, 0) AS boards_per_read,
    greatest(c.tokens_expected_ms, c.tokens_observed_ms) / nullIf(c.tokens_observed_ms, 0) AS engines_per_read,

    -- Why money and tokens do not belong together.
    multiIf(
        c.tokens_observed_ms = 0 OR c.output_tokens = 0, 'no_tokens',
        c.members_missing_ms > 0.1 * (c.gpu_ms + c.members_missing_ms), 'missing_members',
        abs(c.spanning_gpu_ms_behind - c.spanning_gpu_ms) > 0.1 * c.gpu_ms, 'other_rows',
        c.tokens_observed_ms < 0.9 * c.tokens_expected_ms, 'token_coverage',
        c.gpu_ms = 0 OR c.gpu_ms < 0.9 * c.expected_ms, 'board_coverage',
        '') AS unpaired,

    (SELECT max(window_start) + INTERVAL ${base_s} SECOND FROM ${database}.${facts}) AS newest
SELECT
    c.time AS time,
    ${joined_dimensions},

    -- Tokens per energy. tokens/s per watt is the same number as tokens per joule.
    if(c.no_joules != '', c.no_joules, c.no_output) AS energy_null_reason,
    if(energy_null_reason != '', NULL, c.output_tokens_metered * 1000 / nullIf(c.gpu_mj_metered, 0)) AS output_tokens_per_joule,
    if(energy_null_reason != '', NULL, c.gpu_mj_metered / 1000 / nullIf(c.output_tokens_metered, 0)) AS joules_per_output_token,
    if(c.no_joules != '' OR (c.tokens_at_finish_ms > 0 AND c.no_output != ''), NULL,
        c.gpu_mj_metered / 1000 / nullIf(c.requests_finished_metered, 0)) AS joules_per_request,
    joules_per_output_token / 3.6 AS kwh_per_mtok,
    c.smallest_window_s AS smallest_window_s,

    -- With the prompts that were computed. Joules per prompt token only where nothing else was done.
    multiIf(
        isNull(c.smallest_window_s), NULL,
        isNull(l.prompt_lag_s), greatest(c.smallest_window_s, 300),
        greatest(c.smallest_window_s, 10 * ceil(0.3 * l.prompt_lag_s))) AS smallest_prompt_window_s,
    multiIf(c.no_joules != '', c.no_joules,
        c.prompt_computed_observed_ms < c.tokens_observed_ms, 'no_computed_prompt',
        isNull(smallest_prompt_window_s) OR smallest_prompt_window_s > {window_s:UInt32}, 'window_too_short', '') AS prompt_null_reason,
    if(prompt_null_reason != '', NULL,
        (c.output_tokens_metered + c.prompt_tokens_computed_metered) * 1000 / nullIf(c.gpu_mj_metered, 0)) AS total_tokens_per_joule,
    if(prompt_null_reason != '' OR c.tokens_prompt_only_ms < c.tokens_observed_ms, NULL,
        c.gpu_mj_metered / 1000 / nullIf(c.prompt_tokens_computed_metered, 0)) AS joules_per_prompt_token,

    -- Of a pair each role by itself: its own joules over its own tokens, where the pair is whole.
    if(c.too_fine OR c.prefill_prompt_unknown_ms > 0 OR isNull(smallest_prompt_window_s) OR smallest_prompt_window_s > {window_s:UInt32}, NULL,
        c.prefill_mj_metered / 1000 / nullIf(c.prefill_prompt_metered, 0)) AS joules_per_computed_prompt_token_prefill,
    if(c.too_fine OR c.no_output != '', NULL,
        c.decode_mj_metered / 1000 / nullIf(c.decode_tokens_metered, 0)) AS joules_per_output_token_decode,

    -- The same per energy of the machine and of the building, measured.
    multiIf(c.too_fine, 'source_period', c.node_observed_ms = 0, 'no_meter', c.tokens_observed_ms = 0, 'no_tokens',
        c.node_mj_metered = 0, c.unmetered, c.no_output) AS node_null_reason,
    if(node_null_reason != '', NULL, c.output_tokens_node_metered * 1000 / nullIf(c.node_mj_metered, 0)) AS output_tokens_per_joule_node,
    if(node_null_reason != '', NULL, c.node_mj_metered / 1000 / nullIf(c.output_tokens_node_metered, 0)) AS joules_per_output_token_node,
    joules_per_output_token_node / 3.6 AS kwh_per_mtok_node,
    multiIf(node_null_reason != '', node_null_reason, c.facility_observed_ms = 0, 'no_pue',
        c.facility_mj_metered = 0, 'unpaired', '') AS facility_null_reason,
    if(facility_null_reason != '', NULL, c.output_tokens_facility_metered * 1000 / nullIf(c.facility_mj_metered, 0)) AS output_tokens_per_joule_facility,
    if(facility_null_reason != '', NULL, c.facility_mj_metered / 1000 / nullIf(c.output_tokens_facility_metered, 0)) AS joules_per_output_token_facility,
    joules_per_output_token_facility / 3.6 AS kwh_per_mtok_facility,

    -- And where no meter tells but a node class says: modelled, from the boards' joules.
    if(energy_null_reason != '', NULL, c.output_tokens_node_modelled_metered * 1000 / nullIf(c.node_mj_modelled_metered, 0)) AS output_tokens_per_joule_node_modelled,
    if(energy_null_reason != '', NULL, c.node_mj_modelled_metered / 1000 / nullIf(c.output_tokens_node_modelled_metered, 0)) AS joules_per_output_token_node_modelled,
    joules_per_output_token_node_modelled / 3.6 AS kwh_per_mtok_node_modelled,
    if(energy_null_reason != '', NULL, c.output_tokens_facility_modelled_metered * 1000 / nullIf(c.facility_mj_modelled_metered, 0)) AS output_tokens_per_joule_facility_modelled,
    if(energy_null_reason != '', NULL, c.facility_mj_modelled_metered / 1000 / nullIf(c.output_tokens_facility_modelled_metered, 0)) AS joules_per_output_token_facility_modelled,
    joules_per_output_token_facility_modelled / 3.6 AS kwh_per_mtok_facility_modelled,

    -- Money, at the prices of table prices. NULL as soon as a part of the board time has no price.
    if(m.busy_unpriced > 0, NULL, m.usd_busy) AS usd_active,
    if(m.all_in_unpriced > 0, NULL, m.usd_owned + m.usd_share) AS usd_all_in,
    if(m.held_unpriced > 0, NULL, m.usd_held) AS usd_held,
    if(c.live_unpriced > 0, NULL, c.microusd_live / 1e6) AS usd_live,
    if(unpaired != '', NULL, usd_active * 1e6 / nullIf(c.output_tokens, 0)) AS usd_per_mtok_output_active,
    if(unpaired != '', NULL, usd_all_in * 1e6 / nullIf(c.output_tokens, 0)) AS usd_per_mtok_output_all_in,
    if(usd_active IS NULL OR usd_all_in IS NULL, if(m.unlisted = 0, 'no_facility_energy', 'no_price'), unpaired) AS usd_null_reason,
    CAST(m.example_prices, 'Bool') AS example_prices,

    -- Latency as the engines measure it, seconds. In +Inf: saturated, no value, lo is the floor.
    ${latency_columns},
    l.mixed_bounds AS mixed_bounds,

    -- Boards.
    c.sm_active_ppm_ms / 1e6 / nullIf(c.sm_active_observed_ms, 0) AS sm_active,
    c.dram_active_ppm_ms / 1e6 / nullIf(c.dram_active_observed_ms, 0) AS dram_active,
    c.hbm_kb / 1e3 / nullIf(c.hbm_observed_ms, 0) AS hbm_gbps,
    c.nvlink_kb / 1e3 / nullIf(c.nvlink_observed_ms, 0) AS nvlink_gbps,
    c.pcie_kb / 1e3 / nullIf(c.pcie_observed_ms, 0) AS pcie_gbps,

    -- Rates over the seconds of data; see the rules above. A machine's meter is read with its boards, so
    -- it is as silent as they are (gpu_ms / expected_ms). gpus counts boards that should have been read.
    c.seconds AS seconds,
    c.output_tokens * engines_per_read / seconds AS output_tokens_per_s,
    c.prompt_tokens * engines_per_read / seconds AS prompt_tokens_per_s,
    c.requests_finished * engines_per_read / seconds AS requests_per_s,
    if(c.too_fine, NULL, c.gpu_mj / 1000 * boards_per_metered / seconds) AS watts,
    if(c.too_fine OR c.node_observed_ms = 0, NULL, c.node_mj / 1000 * boards_per_read / seconds) AS watts_node,
    if(c.too_fine OR c.node_modelled_ms = 0, NULL, c.node_mj_modelled / 1000 * boards_per_metered / seconds) AS watts_node_modelled,
    if(c.gpu_ms = 0 AND c.expected_ms > 0, NULL, greatest(c.expected_ms, c.gpu_ms) / 1000 / seconds) AS gpus,
    c.gpu_busy_ms / nullIf(c.gpu_ms, 0) AS busy_share,
    c.running_ms / nullIf(c.load_observed_ms, 0) AS running_per_engine,
    c.waiting_ms / nullIf(c.load_observed_ms, 0) AS waiting_per_engine,
    c.kv_used_ppm_ms / 1e6 / nullIf(c.kv_observed_ms, 0) AS kv_used,

    -- The sums behind the ratios.
    if(c.tokens_prompt_only_ms >= c.tokens_observed_ms, NULL, c.output_tokens) AS output_tokens,
    if(c.tokens_observed_ms = 0, NULL, c.prompt_tokens) AS prompt_tokens,
    if(c.tokens_observed_ms = 0 OR c.prompt_cached_observed_ms < c.tokens_observed_ms, NULL, c.prompt_tokens_cached) AS prompt_tokens_cached,
    if(c.tokens_observed_ms = 0 OR c.prompt_computed_observed_ms < c.tokens_observed_ms, NULL, c.prompt_tokens_computed) AS prompt_tokens_computed,
    if(c.tokens_observed_ms = 0 OR c.prompt_transferred_observed_ms < c.tokens_observed_ms, NULL, c.prompt_tokens_transferred) AS prompt_tokens_transferred,
    if(c.tokens_observed_ms = 0 OR c.reasoning_observed_ms < c.tokens_observed_ms, NULL, c.reasoning_tokens) AS reasoning_tokens,
    if(c.tokens_observed_ms = 0, NULL, c.requests_finished) AS requests_finished,
    if(c.observed_ms = 0, NULL, c.gpu_mj / 1000) AS gpu_joules,
    if(c.node_observed_ms = 0, NULL, c.node_mj / 1000) AS node_joules,
    if(c.node_modelled_ms = 0, NULL, c.node_mj_modelled / 1000) AS node_joules_modelled,
    if(c.facility_observed_ms = 0, NULL, c.facility_mj / 1000) AS facility_joules,
    if(c.facility_mj_modelled = 0, NULL, c.facility_mj_modelled / 1000) AS facility_joules_modelled,
    c.gpu_ms / 1000 AS gpu_s,
    c.gpu_busy_ms / 1000 AS gpu_busy_s,
    c.gpu_loaded_idle_ms / 1000 AS gpu_loaded_idle_s,
    c.gpu_unallocated_ms / 1000 AS gpu_unallocated_s,
    c.gpu_unknown_ms / 1000 AS gpu_unknown_s,

    -- Can it be believed.
    c.observed_ms / nullIf(c.expected_ms, 0) AS coverage,
    c.tokens_observed_ms / nullIf(c.tokens_expected_ms, 0) AS token_coverage,
    arrayFilter((label, bit) -> bitTest(c.quality_bits, bit),
        [${quality_labels}] AS labels, range(length(labels))) AS quality,
    c.gpu_mj_doubted / nullIf(c.gpu_mj, 0) AS doubted_share,
    c.attribution_method AS attribution_method,
    c.gpu_mj_measured / nullIf(c.gpu_mj, 0) AS measured_share,
    c.source_period_ms AS source_period_ms,
    newest AS data_up_to
FROM timed AS c
LEFT JOIN money AS m USING (time, ${dimensions})
LEFT JOIN latency AS l USING (time, ${dimensions})
COMMENT 'Tokens per joule, cost and latency per window of window_s seconds and ${dimensions}; units are in the names.';
