-- What the tokens of a period would have cost at each provider's tariff, against what they cost here.
--
--   SELECT * FROM ${database}.price_benchmark(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- One row per model and provider. Tokens: prompt tokens that no cache answered, those that one did, and
-- generated ones (reasoning included), each repriced at the tariff in force at its hour; a tariff for the
-- model wins over one for *. A provider's own cache would hit at another rate; here it is taken to hit as
-- ours did. Own cost is all-in: boards held, idle or busy, energy where billed on top, and the model's
-- share of boards that nobody held. usd_own and usd_provider are NULL with their reasons where a part is
-- not known, or where boards or engines were read for less than 0.9 of the time, so that dollars and
-- tokens would not belong together.
--
-- break_even_factor = own / provider: how many times these tokens the same boards would have to make, at
-- the same mix, for both to cost the same; below 1 own is cheaper. break_even_busy_share = the busy share
-- of boards then, if tokens grow with busy time: an estimate, NULL above 1, where no load makes own cheaper.

CREATE OR REPLACE VIEW ${database}.price_benchmark AS
WITH
    fx AS
    (
        SELECT currency, effective_from, toNullable(usd_per_unit) AS usd_per_unit, example FROM ${database}.fx_rates FINAL
        UNION ALL
        SELECT 'USD', toDateTime(0, 'UTC'), toNullable(toDecimal64(1, 9)), false
    ),
    tariffs AS
    (
        SELECT t.provider AS provider, t.model AS model, t.effective_from AS effective_from, t.offer AS offer,
            toNullable(toFloat64(t.per_mtok_prompt)) AS prompt, toFloat64(t.per_mtok_cached) AS cached, toFloat64(t.per_mtok_output) AS output,
            t.currency AS currency, t.example AS example
        FROM ${database}.api_tariffs AS t FINAL
        WHERE NOT t.withdrawn
    ),
    lines AS
    (
        SELECT
            hour, toString(l.model) AS model,
            sum(l.prompt_tokens) AS prompt, sum(l.prompt_tokens_cached) AS cached, sum(l.output_tokens) AS output,
            sum(l.prompt_cached_observed_ms) AS cached_known_ms,
            sum(l.tokens_observed_ms) AS tokens_ms, sum(l.tokens_expected_ms) AS tokens_expected,
            sum(l.held_ms) AS boards_ms, sum(l.busy_ms) AS boards_busy_ms, sum(l.expected_ms) AS boards_expected,
            sum(l.held_cost - l.free_cost) AS own_cost, sum(l.free_share) AS share,
            countIf(l.free_share IS NULL) AS shares_unknown,
            max(toString(l.null_reason)) AS why, max(l.example) AS own_example
        FROM ${database}.cost_lines(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS l
        WHERE l.model != ''
        GROUP BY hour, model
    ),
    asked AS
    (
        SELECT l.*, p.provider AS provider
        FROM lines AS l
        CROSS JOIN (SELECT DISTINCT provider FROM tariffs) AS p
    ),
    for_model AS
    (
        SELECT a.*, t.offer AS own_offer, t.prompt AS own_prompt, t.cached AS own_cached, t.output AS own_output,
            t.currency AS own_currency, t.example AS model_example
        FROM asked AS a
        ASOF LEFT JOIN tariffs AS t ON a.provider = t.provider AND a.model = t.model AND t.effective_from <= a.hour
    ),
    priced AS
    (
        SELECT a.*,
            if(a.own_prompt IS NULL, t.offer, a.own_offer) AS offer,
            if(a.own_prompt IS NULL, t.prompt, a.own_prompt) AS per_prompt,
            if(a.own_prompt IS NULL, t.cached, a.own_cached) AS per_cached,
            if(a.own_prompt IS NULL, t.output, a.own_output) AS per_output,
            if(a.own_prompt IS NULL, t.currency, a.own_currency) AS currency,
            if(a.own_prompt IS NULL, t.example, a.model_example) AS tariff_example
        FROM for_model AS a
        ASOF LEFT JOIN (SELECT * EXCEPT (model) FROM tariffs WHERE model = '*') AS t
        ON a.provider = t.provider AND t.effective_from <= a.hour
    ),
    billed AS
    (
        SELECT p.*, f.usd_per_unit AS usd_per_unit,
            p.prompt > 0 AND p.cached_known_ms < p.tokens_ms AND p.per_cached != p.per_prompt AS cached_unknown,
            ((p.prompt - p.cached) * p.per_prompt + p.cached * p.per_cached + p.output * p.per_output) / 1e6 * toFloat64(f.usd_per_unit) AS usd
        FROM priced AS p
        ASOF LEFT JOIN fx AS f ON p.currency = f.currency AND f.effective_from <= p.hour
    ),
    totals AS
    (
        SELECT
            b.model AS model, b.provider AS provider,
            any(b.offer) AS offer,
            sum(b.prompt) AS prompt_all, sum(b.cached) AS cached_all, sum(b.output) AS output_all,
            countIf(b.prompt > 0 AND b.cached_known_ms < b.tokens_ms) AS split_unknown,
            sum(b.own_cost) / 3.6e15 + ifNull(sum(b.share), 0) / 3.6e15 AS own_usd,
            sum(b.boards_busy_ms) / nullIf(sum(b.boards_ms), 0) AS busy_share,
            multiIf(
                max(b.why) != '', max(b.why),
                sum(b.shares_unknown) > 0, 'no_price',
                sum(b.tokens_ms) = 0 OR prompt_all + output_all = 0, 'no_tokens',
                sum(b.tokens_ms) < 0.9 * sum(b.tokens_expected), 'token_coverage',
                sum(b.boards_ms) = 0 OR sum(b.boards_ms) < 0.9 * sum(b.boards_expected), 'board_coverage',
                '') AS own_reason,
            multiIf(
                sum(b.tokens_ms) = 0 OR prompt_all + output_all = 0, 'no_tokens',
                countIf(b.per_prompt IS NULL) > 0, 'no_tariff',
                countIf(b.usd_per_unit IS NULL) > 0, 'no_fx',
                countIf(b.cached_unknown) > 0, 'cached_unknown',
                '') AS provider_reason,
            sum(b.usd) AS provider_usd,
            max(b.own_example) AS own_is_example,
            max(b.tariff_example) AS tariff_is_example
        FROM billed AS b
        GROUP BY model, provider
    )
SELECT
    model, provider, offer,
    if(split_unknown > 0, NULL, prompt_all - cached_all) AS prompt_tokens_uncached,
    if(split_unknown > 0, NULL, cached_all) AS prompt_tokens_cached,
    prompt_all AS prompt_tokens,
    output_all AS output_tokens,
    if(own_reason != '', NULL, own_usd) AS usd_own,
    if(provider_reason != '', NULL, provider_usd) AS usd_provider,
    usd_own - usd_provider AS usd_own_minus_provider,
    usd_own * 1e6 / nullIf(prompt_all + output_all, 0) AS usd_per_mtok_own,
    usd_provider * 1e6 / nullIf(prompt_all + output_all, 0) AS usd_per_mtok_provider,
    usd_own / nullIf(usd_provider, 0) AS break_even_factor,
    t.busy_share AS busy_share,
    if(t.busy_share * break_even_factor > 1, NULL, t.busy_share * break_even_factor) AS break_even_busy_share,
    multiIf(own_reason != '', own_reason, provider_reason != '', provider_reason,
        t.busy_share * break_even_factor > 1, 'not_reachable', '') AS break_even_null_reason,
    own_reason AS usd_own_null_reason,
    provider_reason AS usd_provider_null_reason,
    CAST(own_is_example OR tariff_is_example, 'Bool') AS example
FROM totals AS t
COMMENT 'Own all-in cost of a period''s tokens against each provider''s tariff, per model.';
