-- What did it all cost: training, inference, batch and idle by day, owner and region, boards paid for and
-- not observed, tokens bought.
--
--   SELECT * FROM ${database}.cost_audit(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- usd is NULL as soon as a part of the row is not known; usd_null_reason says why (no_price,
-- no_facility_energy, no_fx), usd_known is the part that is, gpu_h_unpriced the board time without a cost.
-- Only what was observed or is owed under a contract is in it; nothing is extrapolated. For the meaning of
-- use see view cost_entries.

CREATE OR REPLACE VIEW ${database}.cost_audit AS
SELECT
    toDate(hour) AS day,
    use,
    owner,
    region,
    sum(ifNull(e.gpu_ms, 0)) / 3.6e6 AS gpu_h,
    sum(ifNull(e.cost, 0)) / 3.6e15 AS usd_known,
    if(countIf(e.null_reason != '') > 0, NULL, usd_known) AS usd,
    max(e.null_reason) AS usd_null_reason,
    sumIf(ifNull(e.gpu_ms, 0), e.null_reason != '') / 3.6e6 AS gpu_h_unpriced,
    CAST(max(e.example), 'Bool') AS example_prices
FROM ${database}.cost_entries(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS e
GROUP BY day, use, owner, region
COMMENT 'Cost by day, use, owner and region between since and until, what is paid for and not observed included.';
