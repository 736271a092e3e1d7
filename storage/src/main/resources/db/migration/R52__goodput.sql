-- View goodput: what part of the work was of use, and what it cost in energy, per region, hardware, model.
--
--   SELECT * FROM ${database}.goodput(window_s = 300) WHERE time >= now() - INTERVAL 1 HOUR
--
-- goodput_output_tokens_per_joule is the engines' tokens per joule times the share of output tokens that
-- belong to good requests. Engines count all tokens; events tell which were good. So it holds also where
-- not every request sends an event, as far as those that do are like the others; token_share (events'
-- output tokens over the engines') says how many do. NULL below a tenth of the requests judged.

CREATE OR REPLACE VIEW ${database}.goodput AS
WITH
    asked AS
    (
        SELECT
            toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32})) AS time,
            region, hardware, model,
            sum(f.requests) AS requests,
            sum(f.requests_judged) AS judged,
            sum(f.requests_good) AS good,
            sum(f.output_tokens) AS event_tokens,
            sum(f.requests_output_known) AS tokens_known,
            sum(f.output_tokens_judged) AS tokens_judged,
            sum(f.output_tokens_good) AS tokens_good
        FROM ${database}.request_10s AS f FINAL
        WHERE throwIf({window_s:UInt32} = 0 OR {window_s:UInt32} % 10 != 0, 'window_s must be a multiple of 10 seconds') = 0
        GROUP BY ALL
    ),
    served AS
    (
        SELECT
            toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32})) AS time,
            region, hardware, model,
            sum(f.output_tokens) AS engine_tokens,
            sum(f.tokens_observed_ms) AS observed,
            if(max(f.source_period_ms) > {window_s:UInt32} * 1000, NULL,
                sum(f.output_tokens_metered) * 1000 / nullIf(sum(f.gpu_mj_metered), 0)) AS tokens_per_joule
        FROM ${database}.efficiency_10s AS f FINAL
        GROUP BY ALL
    )
SELECT
    a.time AS time, a.region AS region, a.hardware AS hardware, a.model AS model,
    a.requests AS requests,
    a.judged / nullIf(a.requests, 0) AS judged_share,
    a.good / nullIf(a.judged, 0) AS goodput_ratio,
    a.good / {window_s:UInt32} AS goodput_requests_per_s,
    a.tokens_good / {window_s:UInt32} AS goodput_output_tokens_per_s,
    if(judged_share >= 0.1, a.tokens_good / nullIf(a.tokens_judged, 0), NULL) AS good_token_share,
    s.tokens_per_joule AS output_tokens_per_joule,
    s.tokens_per_joule * good_token_share AS goodput_output_tokens_per_joule,
    if(s.observed = 0 OR a.tokens_known = 0, NULL, a.event_tokens / nullIf(s.engine_tokens, 0)) AS token_share
FROM asked AS a
LEFT JOIN served AS s ON a.time = s.time AND a.region = s.region AND a.hardware = s.hardware AND a.model = s.model
COMMENT 'Requests and tokens inside their SLOs, per second and per joule, per window of window_s seconds, region, hardware and model.';
