-- Who used what: the cost of each engine's boards by owner and tenant.
--
--   SELECT * FROM ${database}.chargeback(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- Hour by hour and cell by cell, the cost of board time that was not idle is split into a prompt part and
-- an output part: by the time the engine spent in prefill and decode, where it tells both (basis time),
-- else by its tokens, an output token weighing 2.5 prompt tokens (OpenCost's multiplier; basis weights).
-- Cached prompt tokens weigh nothing. A tenant pays the prompt part by its prompt tokens and the output part
-- by its output tokens, as the request events tell them, of all that the engine counted. What no event
-- explains is the line (residual); loaded and idle time is the line (idle). If events tell more tokens than
-- the engine, shares are of what the events tell. The lines of an owner add up to its engines' cost exactly:
-- cost is a whole number of which 3.6e15 are a dollar. Boards that nobody held are in none of it.

CREATE OR REPLACE VIEW ${database}.chargeback AS
WITH
    (SELECT max(window_start) FROM ${database}.request_1h) AS requests_rolled,
    (SELECT max(window_start) FROM ${database}.latency_1h) AS latencies_rolled,
    engines AS
    (
        SELECT
            hour, cell_id, toString(owner) AS owner, toString(workload) AS workload, toString(model) AS model,
            toString(null_reason) AS null_reason, example,
            idle_cost, held_cost - idle_cost - free_cost AS busy_cost,
            prompt_cached_observed_ms >= tokens_observed_ms AS cached_known,
            toInt128(prompt_tokens - if(cached_known, prompt_tokens_cached, 0)) AS prompt,
            toInt128(output_tokens) AS output,
            held_ms - idle_ms - free_ms AS busy_ms,
            idle_ms
        FROM ${database}.cost_lines(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')})
        WHERE model != '' AND workload != '(unallocated)'
    ),
    requests AS
    (
        SELECT hour, cell_id, tenant, sum(prompt_tokens) AS prompt, sum(prompt_tokens_cached) AS cached,
            sum(output_tokens) AS output, sum(requests) AS requests
        FROM
        (
            SELECT toStartOfHour(window_start) AS hour, cell_id, tenant, prompt_tokens, prompt_tokens_cached, output_tokens, requests
            FROM ${database}.request_10s FINAL
            WHERE window_start >= greatest({since:DateTime('UTC')}, requests_rolled) AND window_start < {until:DateTime('UTC')}
            UNION ALL
            SELECT window_start AS hour, cell_id, tenant, prompt_tokens, prompt_tokens_cached, output_tokens, requests
            FROM ${database}.request_1h FINAL
            WHERE window_start >= {since:DateTime('UTC')} AND window_start < least({until:DateTime('UTC')}, requests_rolled)
        )
        GROUP BY ALL
    ),
    phases AS
    (
        SELECT hour, cell_id,
            toInt128(sumIf(sum_us, measure = 'prefill')) AS prefill_us,
            toInt128(sumIf(sum_us, measure = 'decode')) AS decode_us
        FROM
        (
            SELECT toStartOfHour(window_start) AS hour, cell_id, measure, sum_us
            FROM ${database}.latency_10s FINAL
            WHERE vantage = 'engine' AND measure IN ('prefill', 'decode')
              AND window_start >= greatest({since:DateTime('UTC')}, latencies_rolled) AND window_start < {until:DateTime('UTC')}
            UNION ALL
            SELECT window_start AS hour, cell_id, measure, sum_us
            FROM ${database}.latency_1h FINAL
            WHERE vantage = 'engine' AND measure IN ('prefill', 'decode')
              AND window_start >= {since:DateTime('UTC')} AND window_start < least({until:DateTime('UTC')}, latencies_rolled)
        )
        GROUP BY ALL
    ),
    parted AS
    (
        SELECT
            e.*,
            p.prefill_us > 0 AND p.decode_us > 0 AS timed,
            if(timed, p.prefill_us, 2 * e.prompt) AS prompt_weight,
            if(timed, p.decode_us, 5 * e.output) AS output_weight,
            prompt_weight + output_weight > 0 AS divisible,
            if(divisible, intDiv(e.busy_cost * prompt_weight, greatest(prompt_weight + output_weight, 1)), 0) AS prompt_cost,
            if(divisible, e.busy_cost - prompt_cost, 0) AS output_cost
        FROM engines AS e
        LEFT JOIN phases AS p ON e.hour = p.hour AND e.cell_id = p.cell_id
    ),
    -- Each tenant's tokens beside the engine's, and beside all tenants' together.
    tenants AS
    (
        SELECT
            e.hour AS hour, e.cell_id AS cell_id, e.owner AS owner, e.workload AS workload, e.model AS model,
            e.null_reason AS null_reason, e.example AS example, e.timed AS timed,
            if(r.tenant = '', '(not told)', toString(r.tenant)) AS tenant,
            toInt128(r.prompt - if(e.cached_known, r.cached, 0)) AS tenant_prompt,
            toInt128(r.output) AS tenant_output,
            r.requests AS tenant_requests,
            greatest(e.prompt, sum(tenant_prompt) OVER engine) AS all_prompt,
            greatest(e.output, sum(tenant_output) OVER engine) AS all_output,
            intDiv(e.prompt_cost * tenant_prompt, greatest(all_prompt, 1)) AS tenant_prompt_cost,
            intDiv(e.output_cost * tenant_output, greatest(all_output, 1)) AS tenant_output_cost
        FROM parted AS e
        INNER JOIN requests AS r ON e.hour = r.hour AND e.cell_id = r.cell_id
        WINDOW engine AS (PARTITION BY e.hour, e.cell_id)
    ),
    entries AS
    (
        SELECT owner, workload, model, tenant, tenant_prompt_cost + tenant_output_cost AS cost,
            tenant_prompt_cost AS part_prompt, tenant_output_cost AS part_output, null_reason, example, timed,
            tenant_prompt AS prompt, tenant_output AS output, tenant_requests AS requests, toInt64(0) AS ms
        FROM tenants
        UNION ALL
        SELECT owner, workload, model, '(residual)', 0 - tenant_prompt_cost - tenant_output_cost, 0 - tenant_prompt_cost, 0 - tenant_output_cost, null_reason, example, timed, -tenant_prompt, -tenant_output, 0, 0
        FROM tenants
        UNION ALL
        SELECT owner, workload, model, '(residual)', busy_cost, prompt_cost, output_cost, null_reason, example, timed, prompt, output, 0, busy_ms
        FROM parted
        UNION ALL
        SELECT owner, workload, model, '(idle)', idle_cost, 0, 0, null_reason, example, timed, 0, 0, 0, idle_ms
        FROM parted
        WHERE idle_ms > 0
    )
SELECT
    owner, workload, model, tenant,
    sum(ifNull(e.cost, 0)) AS cost,
    if(countIf(e.null_reason != '') > 0, NULL, sum(e.cost) / 3.6e15) AS usd,
    max(e.null_reason) AS usd_null_reason,
    if(usd IS NULL, NULL, sum(e.part_prompt) / 3.6e15) AS usd_prompt,
    if(usd IS NULL, NULL, sum(e.part_output) / 3.6e15) AS usd_output,
    sum(e.prompt) AS prompt_tokens_computed,
    sum(e.output) AS output_tokens,
    sum(e.requests) AS requests,
    multiIf(tenant = '(idle)', '', min(e.timed) != max(e.timed), 'mixed', max(e.timed), 'time', 'weights') AS basis,
    CAST(max(e.example), 'Bool') AS example_prices
FROM entries AS e
GROUP BY owner, workload, model, tenant
COMMENT 'Engine cost by owner and tenant between since and until, with what no request event explains.';
