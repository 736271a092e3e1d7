-- What facts are looked up in. Small tables, each a ReplacingMergeTree(version): an entry is
-- corrected by writing it again with a higher version (Unix ms is a good one). Read them with FINAL.

CREATE TABLE IF NOT EXISTS ${database}.hardware
(
    hardware LowCardinality(String) COMMENT '[text] canonical board name, as in the facts',
    vendor LowCardinality(String) COMMENT '[text] NVIDIA, AMD, …',
    architecture LowCardinality(String) COMMENT '[text] such as hopper or cdna3',
    memory_mib Nullable(Int64) COMMENT '[MiB] board memory; null = unknown',
    peak_memory_gbps Nullable(Float64) COMMENT '[GB/s] peak memory bandwidth, 10^9 bytes; null = unknown',
    board_power_w Nullable(Float64) COMMENT '[W] power limit from the factory; null = unknown',
    source String COMMENT '[text] where the figures are from',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY hardware
COMMENT 'Catalogue of accelerator boards.';

CREATE TABLE IF NOT EXISTS ${database}.models
(
    alias String COMMENT '[text] name as an engine serves it',
    model LowCardinality(String) COMMENT '[text] canonical name, as in the facts',
    precision LowCardinality(String) COMMENT '[text] weights precision; empty = unknown',
    parameters_b Nullable(Float64) COMMENT '[10^9] parameters; null = unknown',
    active_parameters_b Nullable(Float64) COMMENT '[10^9] parameters used per token (mixture of experts); null = unknown',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY alias
COMMENT 'Served model names and what they are.';

CREATE TABLE IF NOT EXISTS ${database}.sites
(
    site LowCardinality(String) COMMENT '[text] name of the site, as in gpu_10s.site',
    effective_from DateTime('UTC') COMMENT '[UTC s] the entry holds from here until the next one of the site',
    region LowCardinality(String) COMMENT '[text] region of the site',
    provider LowCardinality(String) COMMENT '[text] who runs it',
    jurisdiction LowCardinality(String) COMMENT '[text] country or state whose law holds',
    pue Nullable(Float64) COMMENT '[ratio] facility energy / IT energy; null = unknown',
    usd_per_kwh Nullable(Decimal(18, 6)) COMMENT '[USD/kWh] electricity tariff; null = in the price of the boards',
    power_limit_kw Nullable(Float64) COMMENT '[kW] what the site may draw; null = unknown',
    latitude Nullable(Float64) COMMENT '[degree] north; null = unknown',
    longitude Nullable(Float64) COMMENT '[degree] east; null = unknown',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (site, effective_from)
COMMENT 'Where boards stand: power, tariff, law. Time-versioned.';

CREATE TABLE IF NOT EXISTS ${database}.prices
(
    provider LowCardinality(String) COMMENT '[text] as in the facts',
    region LowCardinality(String) COMMENT '[text] as in the facts',
    hardware LowCardinality(String) COMMENT '[text] canonical board name',
    purchase_option LowCardinality(String) COMMENT '[text] as in the facts',
    effective_from DateTime('UTC') COMMENT '[UTC s] whole hour; the price holds from here until the next one of the same key',
    usd_per_gpu_hour Decimal(18, 6) COMMENT '[USD/GPU-h] price of one board for one hour',
    currency LowCardinality(String) COMMENT '[ISO 4217] currency of the invoice; the amount is in USD',
    note String COMMENT '[text] where the price is from',
    example Bool COMMENT '[yes/no] made up for demonstration, not a quote',
    version UInt64 COMMENT '[number] the highest version of an entry counts; a corrected invoice is a higher version',
    CONSTRAINT whole_hour CHECK toUnixTimestamp(effective_from) % 3600 = 0,
    CONSTRAINT not_negative CHECK usd_per_gpu_hour >= 0
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (provider, region, hardware, purchase_option, effective_from)
COMMENT 'Price book. The views look prices up here, so a correction acts on the past at once.';

CREATE TABLE IF NOT EXISTS ${database}.commitments
(
    commitment String COMMENT '[text] contract or reservation id',
    provider LowCardinality(String) COMMENT '[text] as in the facts',
    region LowCardinality(String) COMMENT '[text] as in the facts; empty = any',
    hardware LowCardinality(String) COMMENT '[text] canonical board name',
    purchase_option LowCardinality(String) COMMENT '[text] as in the facts',
    boards Int64 COMMENT '[boards] that are paid for, used or not',
    usd_per_gpu_hour Decimal(18, 6) COMMENT '[USD/GPU-h] price under the contract',
    starts DateTime('UTC') COMMENT '[UTC s] first hour paid for',
    ends DateTime('UTC') COMMENT '[UTC s] end, exclusive',
    note String COMMENT '[text] anything people should know, such as the notice period',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY commitment
COMMENT 'Contracts: boards paid for over a period.';

CREATE TABLE IF NOT EXISTS ${database}.slos
(
    slo String COMMENT '[text] name',
    region LowCardinality(String) COMMENT '[text] empty = every region',
    hardware LowCardinality(String) COMMENT '[text] empty = every hardware',
    model LowCardinality(String) COMMENT '[text] empty = every model',
    workload LowCardinality(String) COMMENT '[text] empty = every workload',
    measure LowCardinality(String) COMMENT '[text] a column of view efficiency, such as p95_ttft_engine_s',
    comparison LowCardinality(String) COMMENT '[text] <= or >=',
    threshold Float64 COMMENT '[unit of the measure] what the measure is compared with',
    objective Float64 COMMENT '[ratio] share of windows in which the comparison has to hold, such as 0.99',
    period_days UInt16 COMMENT '[days] over which the objective is judged',
    owner LowCardinality(String) COMMENT '[text] team that answers for it',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY slo
COMMENT 'Service level objectives.';

CREATE TABLE IF NOT EXISTS ${database}.events
(
    time DateTime64(3, 'UTC') COMMENT '[UTC ms] since when it holds',
    kind LowCardinality(String) COMMENT '[text] deployment, driver, power_limit, config, maintenance or note',
    deployment LowCardinality(String) COMMENT '[text] deployment key of the facts; empty = none',
    region LowCardinality(String) COMMENT '[text] empty = all',
    cluster LowCardinality(String) COMMENT '[text] empty = all',
    node LowCardinality(String) COMMENT '[text] empty = all',
    workload LowCardinality(String) COMMENT '[text] empty = all',
    engine LowCardinality(String) COMMENT '[text] serving engine',
    engine_version LowCardinality(String) COMMENT '[text] version or image of the engine',
    driver LowCardinality(String) COMMENT '[text] driver version',
    tensor_parallel Nullable(UInt16) COMMENT '[boards] one layer is split over; null = unknown',
    pipeline_parallel Nullable(UInt16) COMMENT '[stages] of layers; null = unknown',
    data_parallel Nullable(UInt16) COMMENT '[replicas] behind one address; null = unknown',
    max_batch Nullable(Int64) COMMENT '[requests] an engine runs at once; null = unknown',
    speculative_decoding LowCardinality(String) COMMENT '[text] method; empty = none or unknown',
    power_limit_w Nullable(Float64) COMMENT '[W] per board; null = unknown',
    config_hash String COMMENT '[hex] of the engine configuration',
    title String COMMENT '[text] one line for people',
    link String COMMENT '[URL] where to read more',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (time, kind, deployment, node, title)
COMMENT 'What changed and when: deployments (the time-versioned dimension behind column deployment) and notes.';

CREATE TABLE IF NOT EXISTS ${database}.regressions
(
    regression String COMMENT '[text] id, the same in every message about it',
    opened DateTime('UTC') COMMENT '[UTC s] start of the first window that counted',
    closed Nullable(DateTime('UTC')) COMMENT '[UTC s] end of the last window; null = still open',
    region LowCardinality(String) COMMENT '[text] as in the facts',
    cluster LowCardinality(String) COMMENT '[text] as in the facts',
    hardware LowCardinality(String) COMMENT '[text] as in the facts',
    model LowCardinality(String) COMMENT '[text] as in the facts',
    workload LowCardinality(String) COMMENT '[text] as in the facts; empty = all of the group',
    deployment LowCardinality(String) COMMENT '[text] as in the facts',
    measure LowCardinality(String) COMMENT '[text] a column of view efficiency',
    expected Float64 COMMENT '[unit of the measure] what the load let expect',
    observed Float64 COMMENT '[unit of the measure] what was measured',
    sigma Float64 COMMENT '[standard deviations] distance between the two',
    usd_per_hour Nullable(Float64) COMMENT '[USD/h] what it costs; null = no price',
    suspect String COMMENT '[text] the change it may come from',
    severity LowCardinality(String) COMMENT '[text] page, ticket or note',
    quality UInt32 COMMENT '[bits] OR of the quality flags of the windows it rests on',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(opened)
ORDER BY (opened, regression)
COMMENT 'Efficiency that got worse than the load explains.';
