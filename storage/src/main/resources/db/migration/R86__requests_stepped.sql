-- View requests_stepped: requests as gateways and clients saw them, for pictures: over any dimensions, by steps
-- of a period or for the period as a whole. What each column means: view requests (R50). Parameters:
-- efficiency_stepped (R76).
--
--   SELECT time, model, p95_ttft_gateway_s, ttft_gateway_n
--   FROM ${database}.requests_stepped(interval_s = 300, since = now() - 86400, until = now(), by = ['model'],
--       regions = ['*'], clusters = ['*'], hardwares = ['*'], models = ['*'])
--   ORDER BY time, model

CREATE OR REPLACE VIEW ${database}.requests_stepped AS
WITH
    1.01 / 0.99 AS growth,
    sums AS
    (
        SELECT
            time, any(c.step_s) AS step_s, ${by_columns},
            min(c.window_start) AS first_window,
            max(c.window_start + c.window_s) AS last_window,
            sum(c.requests) AS requests,
            sum(c.requests_ok) AS requests_ok,
            sum(c.requests_error) AS requests_error,
            sum(c.requests_aborted) AS requests_aborted,
            sum(c.requests_judged) AS requests_judged,
            sum(c.requests_good) AS requests_good,
            ${sketches}
        FROM ${database}.request_cells_stepped(interval_s = {interval_s:UInt32}, since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS c
        WHERE 1${and_chosen}
        GROUP BY ALL
    ),
    (SELECT max(window_start) + INTERVAL 10 SECOND FROM ${database}.request_10s) AS newest
SELECT
    time, step_s, ${by_names},
    requests, requests_ok, requests_error, requests_aborted,
    requests / nullIf(dateDiff('second', first_window, last_window), 0) AS requests_per_s,
    requests_error / nullIf(requests, 0) AS error_ratio,
    requests_aborted / nullIf(requests, 0) AS aborted_ratio,
    requests_judged,
    requests_judged / nullIf(requests, 0) AS judged_share,
    requests_good / nullIf(requests_judged, 0) AS goodput_ratio,
    ${quantiles},
    newest AS data_up_to
FROM sums
COMMENT 'Requests, errors, goodput and latency over any dimensions, by step of a period; units are in the names. Parameters interval_s, since, until (UTC), by, regions, clusters, hardwares, models.';
