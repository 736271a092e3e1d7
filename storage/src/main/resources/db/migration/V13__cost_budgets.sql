-- What a million output tokens may cost, by scope; alert rule cost-over-budget holds it against views.
-- The latest entry whose effective_from has come holds; usd_per_mtok_output 0 gives the budget up.

CREATE TABLE IF NOT EXISTS ${database}.cost_budgets
(
    budget String COMMENT '[text] name; a budget that changes keeps it',
    effective_from DateTime('UTC') COMMENT '[UTC s] whole hour; the entry holds from here until the next one of the same budget',
    region LowCardinality(String) COMMENT '[text] as in the facts; empty = every region',
    hardware LowCardinality(String) COMMENT '[text] as in the facts; empty = every hardware',
    model LowCardinality(String) COMMENT '[text] as in the facts; empty = every model',
    workload LowCardinality(String) COMMENT '[text] as in the facts; empty = every workload',
    owner LowCardinality(String) COMMENT '[text] as in the facts; empty = every team',
    basis LowCardinality(String) COMMENT '[text] all_in = with own idle time and a share of free boards, active = busy board time only',
    usd_per_mtok_output Decimal(18, 6) COMMENT '[USD/Mtok] what a million output tokens may cost; 0 = given up from effective_from on',
    min_output_tokens Int64 COMMENT '[tokens] an hour with fewer output tokens is not judged',
    note String COMMENT '[text] who agreed to it',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (budget, effective_from)
COMMENT 'What a million output tokens may cost. Time-versioned. Alert rule: cost-over-budget.';
