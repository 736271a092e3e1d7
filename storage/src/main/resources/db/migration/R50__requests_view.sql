-- View ${view}: requests as gateways and clients saw them, per time window and ${dimensions}.
--
--   SELECT * FROM ${database}.${view}(window_s = 60) WHERE time >= now() - INTERVAL 1 HOUR
--
-- window_s: seconds per row, a multiple of 10. NULL means not known, never 0. A request may tell some of
-- its tokens and not others: ratios of tokens are over those that told. Tokens here are the events'; they
-- are the same work that efficiency counts at the engines: compare the two, never add them.
--
-- Quantiles are of requests that ended well, within 1 %; the name says whose clock: _gateway_s from the
-- request's arrival there, _client_s with the network. How many that were is …_n. tpot is the time per
-- output token after the first.
--
-- A request is judged if an SLO was in force for it (ttft, e2e or tpot by gateway or client) and it failed,
-- or broke a target, or told all it needs; good if it ended well inside all its targets. goodput_…_per_s
-- counts those that are known to be good; judged_share says how many could be judged.
-- Rates are over the whole window; in the newest one, over what has passed of it.

CREATE OR REPLACE VIEW ${database}.${view} AS
WITH
    1.01 / 0.99 AS growth,
    (SELECT max(window_start) + INTERVAL 10 SECOND FROM ${database}.request_10s) AS newest,
    sums AS
    (
        SELECT
            toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32})) AS time,
            ${dimensions},
            ${sums},
            ${sketches}
        FROM ${database}.request_10s AS f FINAL
        WHERE throwIf({window_s:UInt32} = 0 OR {window_s:UInt32} % 10 != 0, 'window_s must be a multiple of 10 seconds') = 0
        GROUP BY ALL
    )
SELECT
    time,
    ${dimensions},
    requests,
    requests_ok,
    requests_error,
    requests_aborted,
    requests_error / nullIf(requests, 0) AS error_ratio,
    requests_aborted / nullIf(requests, 0) AS aborted_ratio,

    -- Tokens, as the events say.
    if(requests_prompt_known = 0, NULL, prompt_tokens) AS prompt_tokens,
    if(requests_cached_known = 0, NULL, prompt_tokens_cached) AS prompt_tokens_cached,
    if(requests_output_known = 0, NULL, output_tokens) AS output_tokens,
    if(requests_reasoning_known = 0, NULL, reasoning_tokens) AS reasoning_tokens,
    sums.prompt_tokens / nullIf(requests_prompt_known, 0) AS prompt_tokens_per_request,
    sums.output_tokens / nullIf(requests_output_known, 0) AS output_tokens_per_request,
    sums.prompt_tokens_cached / nullIf(prompt_tokens_cached_known, 0) AS cached_share,
    -- Tokens made per token that the user sees.
    output_tokens_reasoning_known / nullIf(output_tokens_reasoning_known - sums.reasoning_tokens, 0) AS reasoning_multiplier,

    -- Goodput.
    requests_judged / nullIf(requests, 0) AS judged_share,
    requests_good / nullIf(requests_judged, 0) AS goodput_ratio,
    if(requests_judged = 0, NULL, requests_good / seconds) AS goodput_requests_per_s,
    if(requests_judged = 0, NULL, output_tokens_good / seconds) AS goodput_output_tokens_per_s,

    -- Latency.
    ${quantiles},

    -- Rates, and whether they can be believed.
    least({window_s:UInt32}, toUnixTimestamp(newest) - toUnixTimestamp(time)) AS seconds,
    requests / seconds AS requests_per_s,
    if(requests_output_known = 0, NULL, sums.output_tokens / seconds) AS output_tokens_per_s,
    1 - requests_unresolved / nullIf(requests, 0) AS resolved_share,
    requests_output_known / nullIf(requests, 0) AS output_known_share,
    clock_skew,
    newest AS data_up_to
FROM sums
COMMENT 'Requests, errors, goodput and latency per window of window_s seconds and ${dimensions}; units are in the names.';
