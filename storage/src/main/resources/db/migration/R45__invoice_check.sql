-- Do the providers' bills agree with what was measured: one row per invoice whose period lies inside.
--
--   SELECT * FROM ${database}.invoice_check(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- usd_accounted = observed board time + commitments not observed + tokens bought of the provider over the
-- invoice's period; usd_difference = invoice - accounted; NULL with the reason where a part is not known.

CREATE OR REPLACE VIEW ${database}.invoice_check AS
WITH
    fx AS
    (
        SELECT currency, effective_from, toNullable(usd_per_unit) AS usd_per_unit FROM ${database}.fx_rates FINAL
        UNION ALL
        SELECT 'USD', toDateTime(0, 'UTC'), toNullable(toDecimal64(1, 9))
    ),
    bills AS
    (
        SELECT i.invoice AS invoice, i.provider AS provider, i.starts AS starts, i.ends AS ends, i.example AS example,
            toFloat64(i.amount) * toFloat64(f.usd_per_unit) AS usd_invoice
        FROM ${database}.invoices AS i FINAL
        ASOF LEFT JOIN fx AS f ON i.currency = f.currency AND f.effective_from <= i.starts
        WHERE NOT i.withdrawn AND i.starts >= {since:DateTime('UTC')} AND i.ends <= {until:DateTime('UTC')}
    ),
    hours AS
    (
        SELECT provider, hour, sum(e.cost) AS cost, max(e.null_reason) AS why, max(e.example) AS example
        FROM ${database}.cost_entries(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS e
        GROUP BY provider, hour
    )
SELECT
    b.invoice AS invoice, b.provider AS provider, b.starts AS starts, b.ends AS ends,
    b.usd_invoice AS usd_invoice,
    sumIf(h.cost, h.hour >= b.starts AND h.hour < b.ends) / 3.6e15 AS usd_known,
    maxIf(h.why, h.hour >= b.starts AND h.hour < b.ends) AS why,
    if(why != '', NULL, usd_known) AS usd_accounted,
    b.usd_invoice - usd_accounted AS usd_difference,
    usd_difference / nullIf(b.usd_invoice, 0) AS difference_share,
    multiIf(b.usd_invoice IS NULL, 'no_fx', why) AS usd_null_reason,
    CAST(b.example, 'Bool') AS example
FROM bills AS b
LEFT JOIN hours AS h ON b.provider = h.provider
GROUP BY ALL
COMMENT 'Invoices against what was measured, committed and bought.';
