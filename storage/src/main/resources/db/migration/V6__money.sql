-- Prices in the currency of their invoice, with the parts of an owned board's rate and the way energy is
-- billed; exchange rates; what is bought from providers of tokens; invoices; providers' tariffs.
--
-- USD is the one currency that reports and views add up in: names say usd_. An amount in another
-- currency is multiplied with the exchange rate in force at each hour, in the views, so that a corrected
-- rate acts on the past as a corrected price does.

-- The first version had the amount in USD whatever the currency of the invoice.
ALTER TABLE ${database}.prices DROP CONSTRAINT IF EXISTS not_negative;
ALTER TABLE ${database}.prices RENAME COLUMN IF EXISTS usd_per_gpu_hour TO per_gpu_hour;
ALTER TABLE ${database}.prices
    COMMENT COLUMN per_gpu_hour '[currency/GPU-h] price of one board for one hour, in the column currency; of an owned board: capex / months + opex, by 730 h a month',
    COMMENT COLUMN currency '[ISO 4217] of all amounts of the row; other than USD it needs a row in fx_rates',
    COMMENT COLUMN region '[text] as in the facts; a zone where zone_of is filled; empty = every region without a price of its own',
    ADD COLUMN IF NOT EXISTS zone_of LowCardinality(String) COMMENT '[text] region to which the zone in column region belongs; empty = it is a region',
    ADD COLUMN IF NOT EXISTS effective_until Nullable(DateTime('UTC')) COMMENT '[UTC s] whole hour from which it holds no longer; null = until the next price of the key',
    ADD COLUMN IF NOT EXISTS energy_billing LowCardinality(String) DEFAULT 'inclusive' COMMENT '[text] inclusive = energy is in the price, metered = facility kWh x per_kwh come on top, committed_kw = kw_per_gpu x per_kw_month come on top, used or not',
    ADD COLUMN IF NOT EXISTS per_kwh Nullable(Decimal(18, 6)) COMMENT '[currency/kWh] electricity tariff of metered boards; else null',
    ADD COLUMN IF NOT EXISTS per_kw_month Nullable(Decimal(18, 6)) COMMENT '[currency/(kW x month)] of committed power, a month being 730 h; else null',
    ADD COLUMN IF NOT EXISTS kw_per_gpu Nullable(Decimal(18, 6)) COMMENT '[kW] committed power per board; else null',
    ADD COLUMN IF NOT EXISTS capex_per_gpu Nullable(Decimal(18, 6)) COMMENT '[currency] owned board: what it cost with its share of the machine; else null',
    ADD COLUMN IF NOT EXISTS amortise_months Nullable(UInt32) COMMENT '[months] owned board: over which the capex is spread; else null',
    ADD COLUMN IF NOT EXISTS opex_per_gpu_month Nullable(Decimal(18, 6)) COMMENT '[currency/month] owned board: room, staff, maintenance; else null',
    ADD COLUMN IF NOT EXISTS withdrawn Bool COMMENT '[yes/no] the row was a mistake and is not there for the views';
ALTER TABLE ${database}.prices ADD CONSTRAINT IF NOT EXISTS amount_not_negative CHECK per_gpu_hour >= 0;

ALTER TABLE ${database}.commitments RENAME COLUMN IF EXISTS usd_per_gpu_hour TO per_gpu_hour;
ALTER TABLE ${database}.commitments
    COMMENT COLUMN per_gpu_hour '[currency/GPU-h] price under the contract, committed power included',
    ADD COLUMN IF NOT EXISTS currency LowCardinality(String) DEFAULT 'USD' COMMENT '[ISO 4217] of per_gpu_hour',
    ADD COLUMN IF NOT EXISTS example Bool COMMENT '[yes/no] made up for demonstration',
    ADD COLUMN IF NOT EXISTS withdrawn Bool COMMENT '[yes/no] the row was a mistake and is not there for the views';

CREATE TABLE IF NOT EXISTS ${database}.fx_rates
(
    currency LowCardinality(String) COMMENT '[ISO 4217] three letters, not USD',
    effective_from DateTime('UTC') COMMENT '[UTC s] whole hour; the rate holds from here until the next one of the currency',
    usd_per_unit Decimal(18, 9) COMMENT '[USD/unit] what one unit of the currency is worth',
    note String COMMENT '[text] where the rate is from',
    example Bool COMMENT '[yes/no] made up for demonstration',
    version UInt64 COMMENT '[number] the highest version of an entry counts',
    CONSTRAINT whole_hour CHECK toUnixTimestamp(effective_from) % 3600 = 0,
    CONSTRAINT positive CHECK usd_per_unit > 0
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (currency, effective_from)
COMMENT 'Exchange rates into USD, by the hour from which they hold.';

CREATE TABLE IF NOT EXISTS ${database}.api_spend
(
    spend String COMMENT '[text] id of the line, such as invoice number and position',
    provider LowCardinality(String) COMMENT '[text] who sold the tokens',
    model LowCardinality(String) COMMENT '[text] the provider''s name of the model',
    owner LowCardinality(String) COMMENT '[text] team that pays; empty = unknown',
    region LowCardinality(String) COMMENT '[text] as in the facts; empty = unknown',
    starts DateTime('UTC') COMMENT '[UTC s] first hour of the period',
    ends DateTime('UTC') COMMENT '[UTC s] end of the period, exclusive',
    prompt_tokens Nullable(Int64) COMMENT '[tokens] prompt tokens not from a cache; null = not told',
    prompt_tokens_cached Nullable(Int64) COMMENT '[tokens] prompt tokens from the provider''s cache; null = not told',
    output_tokens Nullable(Int64) COMMENT '[tokens] generated tokens; null = not told',
    amount Decimal(18, 6) COMMENT '[currency] what was paid; negative = credit',
    currency LowCardinality(String) COMMENT '[ISO 4217] of amount',
    note String COMMENT '[text] where it is from',
    example Bool COMMENT '[yes/no] made up for demonstration',
    withdrawn Bool COMMENT '[yes/no] the row was a mistake and is not there for the views',
    version UInt64 COMMENT '[number] the highest version of an entry counts',
    CONSTRAINT in_order CHECK starts < ends
)
ENGINE = ReplacingMergeTree(version)
ORDER BY spend
COMMENT 'Tokens bought from providers.';

CREATE TABLE IF NOT EXISTS ${database}.invoices
(
    invoice String COMMENT '[text] number of the invoice',
    provider LowCardinality(String) COMMENT '[text] as in the facts or in api_spend',
    starts DateTime('UTC') COMMENT '[UTC s] first hour that it covers',
    ends DateTime('UTC') COMMENT '[UTC s] end, exclusive',
    amount Decimal(18, 6) COMMENT '[currency] total, without tax',
    currency LowCardinality(String) COMMENT '[ISO 4217] of amount',
    note String COMMENT '[text] anything people should know',
    example Bool COMMENT '[yes/no] made up for demonstration',
    withdrawn Bool COMMENT '[yes/no] the row was a mistake and is not there for the views',
    version UInt64 COMMENT '[number] the highest version of an entry counts',
    CONSTRAINT in_order CHECK starts < ends
)
ENGINE = ReplacingMergeTree(version)
ORDER BY invoice
COMMENT 'What providers billed, to compare with what was measured.';

CREATE TABLE IF NOT EXISTS ${database}.api_tariffs
(
    provider LowCardinality(String) COMMENT '[text] who sells tokens',
    model LowCardinality(String) COMMENT '[text] our model, as in the facts, that the offer stands in for; * = any',
    effective_from DateTime('UTC') COMMENT '[UTC s] whole hour; it holds from here until the next one of the key',
    offer String COMMENT '[text] the provider''s name of the model',
    per_mtok_prompt Decimal(18, 6) COMMENT '[currency/Mtok] prompt tokens that no cache answered',
    per_mtok_cached Decimal(18, 6) COMMENT '[currency/Mtok] prompt tokens from the provider''s cache',
    per_mtok_output Decimal(18, 6) COMMENT '[currency/Mtok] generated tokens, reasoning included',
    currency LowCardinality(String) COMMENT '[ISO 4217] of the three',
    note String COMMENT '[text] source and date of the tariff',
    example Bool COMMENT '[yes/no] made up for demonstration, not a quote',
    withdrawn Bool COMMENT '[yes/no] the row was a mistake and is not there for the views',
    version UInt64 COMMENT '[number] the highest version of an entry counts',
    CONSTRAINT whole_hour CHECK toUnixTimestamp(effective_from) % 3600 = 0
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (provider, model, effective_from)
COMMENT 'What providers charge per million tokens, for comparison with own cost.';
