-- Do the events of gateways and clients tell of the tokens that the engines counted?
--
--   SELECT * FROM ${database}.token_reconciliation(window_s = 3600) WHERE engine_vs_gateway_mismatch
--
-- window_s: seconds per row, a multiple of 10. The two sides measure one work twice: they are compared,
-- never added. Engines count a token when it is made, events tell of it when the request has ended: over
-- a window of 10 mean requests or more (smallest_window_s), what is in flight at its two ends is at most
-- mean request / window of the tokens. A difference beyond that and 5 % is a mismatch: requests that pass
-- by the gateway, events that are lost or told twice, an engine that nobody scrapes, a name that two
-- sides spell differently. Requests whose server was not resolved stand in rows without hardware.
--
-- engine_vs_gateway_mismatch is NULL where the sides cannot be compared; null_reason says why: no_events,
-- no_engine (or none that generates), events_without_tokens (more than 5 % of the requests that ended
-- well did not tell), token_coverage (engines read for less than 0.95 of the time), window_too_short.

CREATE OR REPLACE VIEW ${database}.token_reconciliation AS
WITH
    sides AS
    (
        SELECT
            toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32})) AS time,
            region, hardware, model,
            output_tokens + output_tokens_bridged AS output_engine,
            prompt_tokens + prompt_tokens_bridged AS prompt_engine,
            tokens_expected_ms AS expected_ms,
            tokens_observed_ms - tokens_prompt_only_ms AS generating_ms,
            tokens_observed_ms AS observed_ms,
            0 AS output_events, 0 AS prompt_events, 0 AS requests_ok, 0 AS output_known, 0 AS prompt_known,
            0 AS e2e_us, 0 AS e2e_n
        FROM ${database}.efficiency_10s FINAL
        WHERE throwIf({window_s:UInt32} = 0 OR {window_s:UInt32} % 10 != 0, 'window_s must be a multiple of 10 seconds') = 0
          AND model != ''
        UNION ALL
        SELECT
            toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32})) AS time,
            region, hardware, model,
            0, 0, 0, 0, 0,
            output_tokens, prompt_tokens, requests_ok, requests_output_known, requests_prompt_known,
            e2e_gateway_us + e2e_client_us,
            arraySum(e2e_gateway_count) + arraySum(e2e_client_count)
        FROM ${database}.request_10s FINAL
    ),
    groups AS
    (
        SELECT
            time, region, hardware, model,
            sum(s.output_engine) AS output_engine,
            sum(s.prompt_engine) AS prompt_engine,
            sum(s.expected_ms) AS expected_ms,
            sum(s.observed_ms) AS observed_ms,
            sum(s.generating_ms) AS generating_ms,
            sum(s.output_events) AS output_events,
            sum(s.prompt_events) AS prompt_events,
            sum(s.requests_ok) AS requests_ok,
            sum(s.output_known) AS output_known,
            sum(s.prompt_known) AS prompt_known,
            sum(s.e2e_us) / nullIf(sum(s.e2e_n), 0) / 1e6 AS mean_request_s
        FROM sides AS s
        GROUP BY ALL
    )
SELECT
    time, region, hardware, model,
    if(generating_ms = 0, NULL, output_engine) AS output_tokens_engine,
    if(output_known = 0, NULL, output_events) AS output_tokens_events,
    (output_tokens_events - output_tokens_engine) / nullIf(output_tokens_engine, 0) AS output_difference,
    if(observed_ms = 0, NULL, prompt_engine) AS prompt_tokens_engine,
    if(prompt_known = 0, NULL, prompt_events) AS prompt_tokens_events,
    (prompt_tokens_events - prompt_tokens_engine) / nullIf(prompt_tokens_engine, 0) AS prompt_difference,
    10 * ceil(mean_request_s) AS smallest_window_s,
    0.05 + mean_request_s / {window_s:UInt32} AS tolerance,
    multiIf(
        output_known = 0, 'no_events',
        generating_ms = 0 OR output_engine = 0, 'no_engine',
        output_known < 0.95 * requests_ok, 'events_without_tokens',
        observed_ms < 0.95 * expected_ms, 'token_coverage',
        ifNull(smallest_window_s, 4e9) > {window_s:UInt32}, 'window_too_short',
        '') AS null_reason,
    if(null_reason != '', NULL, CAST(abs(output_difference) > tolerance, 'Nullable(Bool)')) AS engine_vs_gateway_mismatch
FROM groups
COMMENT 'Tokens that engines counted against tokens that request events told, per window of window_s seconds; differences as a part of the engines'' count.';
