-- Every cost of a period, hour by hour: board time that was observed, boards and tokens that are paid for
-- and were not.
--
--   SELECT * FROM ${database}.cost_entries(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- use: inference, training, batch, other = board time of workloads of that kind, busy or not known to be
-- idle; idle = loaded and idle, or held by nobody; (committed_unobserved) = boards of a commitment beyond
-- those that were observed in the hour, whatever the reason (switched off, not scraped, a gap longer than
-- 5 minutes); api = tokens bought from a provider, spread evenly over the hours of their period.
-- In any hour a commitment is used up by the observed board time of its provider, region, hardware and
-- purchase option; one without a region by what the regional ones leave over. Nothing counts twice, and
-- nothing counts that lies after now. cost: 3.6e15 parts are a dollar; 0 where null_reason is not empty.

CREATE OR REPLACE VIEW ${database}.cost_entries AS
WITH
    -- Contracts run on whether data come or not; inside the running hour as far as the data reach.
    greatest(toStartOfHour(now('UTC')), least(now('UTC'), assumeNotNull((SELECT max(window_start) + INTERVAL 10 SECOND FROM ${database}.efficiency_10s)))) AS present,
    fx AS
    (
        SELECT currency, effective_from, toNullable(usd_per_unit) AS usd_per_unit, example FROM ${database}.fx_rates FINAL
        UNION ALL
        SELECT 'USD', toDateTime(0, 'UTC'), toNullable(toDecimal64(1, 9)), false
    ),
    lines AS
    (
        SELECT * FROM ${database}.cost_lines(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')})
    ),
    observed AS
    (
        SELECT
            hour, provider, region, hardware, purchase_option,
            if(workload = '(unallocated)', '(unallocated)', owner) AS owner,
            arrayJoin([
                (multiIf(workload = '(unallocated)', 'idle', kind IN ('inference', 'training', 'batch'), toString(kind), 'other'),
                    toInt128(held_ms - idle_ms - free_ms), held_cost - idle_cost - free_cost),
                ('idle', toInt128(idle_ms + free_ms), idle_cost + free_cost)]) AS part,
            part.1 AS use,
            part.2 AS gpu_ms,
            part.3 AS cost,
            toString(null_reason) AS null_reason,
            example
        FROM lines
        WHERE part.2 != 0 OR part.3 != 0
    ),
    -- Contracts by the hour, converted at the rate of the hour.
    contract_hours AS
    (
        SELECT
            toDateTime(arrayJoin(range(
                toUInt32(greatest(starts, {since:DateTime('UTC')})),
                toUInt32(greatest(least(ends, {until:DateTime('UTC')}, present), toDateTime(0, 'UTC'))),
                3600)), 'UTC') AS hour,
            provider, region, hardware, purchase_option, currency, example, boards, per_gpu_hour,
            toInt128(boards) * 1000 * least(3600, toUnixTimestamp(present) - toUnixTimestamp(hour)) AS ms
        FROM ${database}.commitments FINAL
        WHERE NOT withdrawn
    ),
    contracts AS
    (
        SELECT
            c.hour AS hour, c.provider AS provider, c.region AS region, c.hardware AS hardware, c.purchase_option AS purchase_option,
            sum(c.ms) AS committed_ms,
            sum(c.ms * toInt128(round(toDecimal128(c.per_gpu_hour, 6) * ifNull(f.usd_per_unit, 0) * 1000000)) * 1000) AS committed_cost,
            max(f.usd_per_unit IS NULL) AS unconverted,
            max(c.example OR f.example) AS example
        FROM contract_hours AS c
        ASOF LEFT JOIN fx AS f ON c.currency = f.currency AND f.effective_from <= c.hour
        GROUP BY ALL
    ),
    seen AS
    (
        SELECT hour, provider, region, hardware, purchase_option, sum(toInt128(held_ms)) AS seen_ms
        FROM lines
        GROUP BY ALL
    ),
    -- What is left of the boards of regions with no contract of their own, or beyond it.
    beyond AS
    (
        SELECT s.hour AS hour, s.provider AS provider, s.hardware AS hardware, s.purchase_option AS purchase_option,
            sum(greatest(s.seen_ms - ifNull(c.committed_ms, 0), 0)) AS seen_ms
        FROM seen AS s
        LEFT JOIN (SELECT * FROM contracts WHERE region != '') AS c
        ON s.hour = c.hour AND s.provider = c.provider AND s.region = c.region
            AND s.hardware = c.hardware AND s.purchase_option = c.purchase_option
        GROUP BY ALL
    ),
    unobserved AS
    (
        SELECT c.*, greatest(c.committed_ms - ifNull(s.seen_ms, 0), 0) AS unused_ms
        FROM contracts AS c
        LEFT JOIN seen AS s
        ON c.hour = s.hour AND c.provider = s.provider AND c.region = s.region
            AND c.hardware = s.hardware AND c.purchase_option = s.purchase_option
        WHERE c.region != ''
        UNION ALL
        SELECT c.*, greatest(c.committed_ms - ifNull(b.seen_ms, 0), 0) AS unused_ms
        FROM contracts AS c
        LEFT JOIN beyond AS b
        ON c.hour = b.hour AND c.provider = b.provider AND c.hardware = b.hardware AND c.purchase_option = b.purchase_option
        WHERE c.region = ''
    ),
    api_hours AS
    (
        SELECT
            toDateTime(arrayJoin(range(
                toUInt32(greatest(starts, {since:DateTime('UTC')})),
                toUInt32(greatest(least(ends, {until:DateTime('UTC')}, present), toDateTime(0, 'UTC'))),
                3600)), 'UTC') AS hour,
            provider, region, owner, amount, currency, example,
            intDiv(toUnixTimestamp(ends) - toUnixTimestamp(starts), 3600) AS hours
        FROM ${database}.api_spend FINAL
        WHERE NOT withdrawn
    )
SELECT hour, use, provider, region, hardware, purchase_option, owner, gpu_ms, cost, null_reason, example
FROM observed
UNION ALL
SELECT
    hour, '(committed_unobserved)', provider, region, hardware, purchase_option, '',
    unused_ms, if(unconverted, 0, intDiv(committed_cost * unused_ms, committed_ms)), if(unconverted, 'no_fx', ''), example
FROM unobserved
WHERE unused_ms > 0
UNION ALL
SELECT
    a.hour, 'api', a.provider, a.region, '', '', a.owner, 0,
    ifNull(intDiv(toInt128(a.amount * 1000000) * toInt128(f.usd_per_unit * 1000000000) * 18, 5 * toInt128(a.hours)), 0),
    if(f.usd_per_unit IS NULL, 'no_fx', ''), a.example OR f.example
FROM api_hours AS a
ASOF LEFT JOIN fx AS f ON a.currency = f.currency AND f.effective_from <= a.hour
COMMENT 'Every cost between since and until by hour and use; 3.6e15 parts of cost are a dollar.';
