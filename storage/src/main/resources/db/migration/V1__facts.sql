-- Facts: additive Int64 amounts per window; no ratio, no percentile is ever stored.
--
-- Every table is a ReplacingMergeTree: a row written twice, or again with more in it, leaves one row
-- (read them with FINAL). The sorting key is therefore the identity of the row. It starts with the
-- hour, so that "the last minutes of everything" and "one key over a day" both read few granules; the
-- minmax index serves conditions on a function of window_start, such as the time of the views.
-- Partitions are UTC days; FINAL never has to look across them, because a key lies in one day.
-- How long rows stay is told in R1__retention.sql, for all tables in one place; a part is dropped once
-- all of it has expired (ttl_only_drop_parts), never rewritten.
-- Columns in the order of the fact records of package io.tokenwatt.model.fact.

CREATE TABLE IF NOT EXISTS ${database}.efficiency_10s
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 10 s window, half-open' CODEC(Delta, ZSTD(1)),
    region LowCardinality(String) COMMENT '[text] where the node stands, as the agent was told; empty = unknown',
    cluster LowCardinality(String) COMMENT '[text] cluster the node belongs to; empty = unknown',
    site_kind LowCardinality(String) COMMENT '[text] cloud, on_prem or edge; empty = unknown',
    provider LowCardinality(String) COMMENT '[text] who rents or owns the boards; empty = unknown',
    purchase_option LowCardinality(String) COMMENT '[text] on_demand, reserved, spot, owned or as configured; part of the price key; empty = unknown',
    hardware LowCardinality(String) COMMENT '[text] canonical board name of the hardware catalogue, else the exporter name; empty = unknown',
    model LowCardinality(String) COMMENT '[text] canonical model name, else as served; empty = unknown',
    precision LowCardinality(String) COMMENT '[text] weights precision such as fp8 or bf16; empty = unknown',
    workload LowCardinality(String) COMMENT '[text] who holds the boards; (unallocated) = nobody, (unattributed) = one of several; empty = unknown',
    owner LowCardinality(String) COMMENT '[text] team that pays; empty = unknown',
    deployment LowCardinality(String) COMMENT '[text] key of the deployment in table events; empty = unknown',
    engine LowCardinality(String) COMMENT '[text] serving engine; empty = unknown',
    role LowCardinality(String) COMMENT '[text] prefill, decode or both; empty = unknown',
    task LowCardinality(String) COMMENT '[text] generate, embed, rerank or other; empty = unknown',
    kind LowCardinality(String) COMMENT '[text] inference, training, batch or other; empty = unknown',
    cell_id UInt64 COMMENT '[hash] Cell.id(): first 8 bytes of SHA-256 over the fifteen dimensions',
    expected_ms Int64 COMMENT '[ms] board-ms that should have been observed' CODEC(T64, ZSTD(1)),
    observed_ms Int64 COMMENT '[ms] board-ms covered by energy readings' CODEC(T64, ZSTD(1)),
    gpu_ms Int64 COMMENT '[ms] board-ms held by the cell, by wall clock of observed intervals; the base of cost' CODEC(T64, ZSTD(1)),
    gpu_busy_ms Int64 COMMENT '[ms] board-ms while the owner had requests or produced tokens' CODEC(T64, ZSTD(1)),
    gpu_loaded_idle_ms Int64 COMMENT '[ms] board-ms while owned, nothing running or waiting and no token' CODEC(T64, ZSTD(1)),
    gpu_unallocated_ms Int64 COMMENT '[ms] board-ms without an owner' CODEC(T64, ZSTD(1)),
    gpu_unknown_ms Int64 COMMENT '[ms] board-ms owned, activity not observed' CODEC(T64, ZSTD(1)),
    gpu_mj Int64 COMMENT '[mJ] board energy' CODEC(T64, ZSTD(1)),
    gpu_busy_mj Int64 COMMENT '[mJ] board energy while busy' CODEC(T64, ZSTD(1)),
    gpu_loaded_idle_mj Int64 COMMENT '[mJ] board energy while loaded and idle' CODEC(T64, ZSTD(1)),
    gpu_unallocated_mj Int64 COMMENT '[mJ] board energy without an owner' CODEC(T64, ZSTD(1)),
    gpu_unknown_mj Int64 COMMENT '[mJ] board energy while activity was not observed' CODEC(T64, ZSTD(1)),
    gpu_mj_integrated Int64 COMMENT '[mJ] part of gpu_mj that was integrated from power' CODEC(T64, ZSTD(1)),
    gpu_mj_metered Int64 COMMENT '[mJ] part of gpu_mj whose node-intervals also have tokens: the denominator of tokens per joule' CODEC(T64, ZSTD(1)),
    gpu_mj_bridged Int64 COMMENT '[mJ] board energy over gaps longer than 5 minutes; not in gpu_mj' CODEC(T64, ZSTD(1)),
    node_observed_ms Int64 COMMENT '[ms] node-ms covered by node energy readings' CODEC(T64, ZSTD(1)),
    node_mj Int64 COMMENT '[mJ] energy of the whole machine, measured' CODEC(T64, ZSTD(1)),
    node_mj_modelled Int64 COMMENT '[mJ] energy of the whole machine, from the node-class model' CODEC(T64, ZSTD(1)),
    node_mj_metered Int64 COMMENT '[mJ] part of node_mj whose node-intervals also have tokens' CODEC(T64, ZSTD(1)),
    node_mj_bridged Int64 COMMENT '[mJ] machine energy over gaps longer than 5 minutes; not in node_mj' CODEC(T64, ZSTD(1)),
    facility_mj Int64 COMMENT '[mJ] node energy times the site''s PUE then' CODEC(T64, ZSTD(1)),
    tokens_expected_ms Int64 COMMENT '[ms] engine-ms that should have been observed' CODEC(T64, ZSTD(1)),
    tokens_observed_ms Int64 COMMENT '[ms] engine-ms covered by token readings' CODEC(T64, ZSTD(1)),
    output_tokens Int64 COMMENT '[tokens] generated tokens' CODEC(T64, ZSTD(1)),
    output_tokens_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have board energy' CODEC(T64, ZSTD(1)),
    output_tokens_node_metered Int64 COMMENT '[tokens] part of output_tokens whose node-intervals also have machine energy' CODEC(T64, ZSTD(1)),
    output_tokens_bridged Int64 COMMENT '[tokens] generated tokens over gaps longer than 5 minutes; not in output_tokens' CODEC(T64, ZSTD(1)),
    prompt_tokens Int64 COMMENT '[tokens] prompt tokens, cached included' CODEC(T64, ZSTD(1)),
    prompt_tokens_cached Int64 COMMENT '[tokens] prompt tokens answered from the prefix cache' CODEC(T64, ZSTD(1)),
    prompt_tokens_computed Int64 COMMENT '[tokens] prompt tokens computed on this engine' CODEC(T64, ZSTD(1)),
    prompt_tokens_computed_metered Int64 COMMENT '[tokens] part of prompt_tokens_computed whose node-intervals also have board energy' CODEC(T64, ZSTD(1)),
    prompt_tokens_transferred Int64 COMMENT '[tokens] prompt tokens whose KV came from another engine' CODEC(T64, ZSTD(1)),
    prompt_tokens_bridged Int64 COMMENT '[tokens] prompt tokens over gaps longer than 5 minutes; not in prompt_tokens' CODEC(T64, ZSTD(1)),
    reasoning_tokens Int64 COMMENT '[tokens] output tokens of reasoning' CODEC(T64, ZSTD(1)),
    requests_finished Int64 COMMENT '[requests] requests ended, aborted and failed ones included' CODEC(T64, ZSTD(1)),
    requests_finished_metered Int64 COMMENT '[requests] part of requests_finished whose node-intervals also have board energy' CODEC(T64, ZSTD(1)),
    requests_aborted Int64 COMMENT '[requests] requests aborted' CODEC(T64, ZSTD(1)),
    requests_failed Int64 COMMENT '[requests] requests failed' CODEC(T64, ZSTD(1)),
    load_observed_ms Int64 COMMENT '[ms] engine-ms covered by readings of running and waiting requests' CODEC(T64, ZSTD(1)),
    running_ms Int64 COMMENT '[requests x ms] running requests x ms' CODEC(T64, ZSTD(1)),
    waiting_ms Int64 COMMENT '[requests x ms] waiting requests x ms' CODEC(T64, ZSTD(1)),
    kv_observed_ms Int64 COMMENT '[ms] engine-ms covered by readings of KV cache use' CODEC(T64, ZSTD(1)),
    kv_used_ppm_ms Int64 COMMENT '[ppm x ms] KV cache use in ppm x ms' CODEC(T64, ZSTD(1)),
    preemptions Int64 COMMENT '[count] preempted requests' CODEC(T64, ZSTD(1)),
    sm_active_observed_ms Int64 COMMENT '[ms] board-ms covered by sm_active' CODEC(T64, ZSTD(1)),
    sm_active_ppm_ms Int64 COMMENT '[ppm x ms] SM activity in ppm x ms' CODEC(T64, ZSTD(1)),
    dram_active_observed_ms Int64 COMMENT '[ms] board-ms covered by dram_active' CODEC(T64, ZSTD(1)),
    dram_active_ppm_ms Int64 COMMENT '[ppm x ms] memory interface activity in ppm x ms' CODEC(T64, ZSTD(1)),
    hbm_observed_ms Int64 COMMENT '[ms] board-ms covered by dram_active on boards whose peak bandwidth is known' CODEC(T64, ZSTD(1)),
    hbm_kb Int64 COMMENT '[kB] kB (1000 B) moved to and from board memory = dram_active x peak x time' CODEC(T64, ZSTD(1)),
    gr_active_observed_ms Int64 COMMENT '[ms] board-ms covered by gr_engine_active' CODEC(T64, ZSTD(1)),
    gr_active_ppm_ms Int64 COMMENT '[ppm x ms] engine activity in ppm x ms' CODEC(T64, ZSTD(1)),
    tensor_active_observed_ms Int64 COMMENT '[ms] board-ms covered by tensor_active' CODEC(T64, ZSTD(1)),
    tensor_active_ppm_ms Int64 COMMENT '[ppm x ms] tensor pipe activity in ppm x ms' CODEC(T64, ZSTD(1)),
    nvlink_observed_ms Int64 COMMENT '[ms] board-ms covered by NVLink readings' CODEC(T64, ZSTD(1)),
    nvlink_kb Int64 COMMENT '[kB] kB over NVLink, both ways' CODEC(T64, ZSTD(1)),
    pcie_observed_ms Int64 COMMENT '[ms] board-ms covered by PCIe readings' CODEC(T64, ZSTD(1)),
    pcie_kb Int64 COMMENT '[kB] kB over PCIe, both ways' CODEC(T64, ZSTD(1)),
    sm_clock_observed_ms Int64 COMMENT '[ms] board-ms covered by the SM clock' CODEC(T64, ZSTD(1)),
    sm_clock_mhz_ms Int64 COMMENT '[MHz x ms] SM clock in MHz x ms' CODEC(T64, ZSTD(1)),
    power_limit_observed_ms Int64 COMMENT '[ms] board-ms covered by the enforced power limit' CODEC(T64, ZSTD(1)),
    power_limit_mw_ms Int64 COMMENT '[mW x ms] enforced power limit in milliwatt x ms' CODEC(T64, ZSTD(1)),
    throttled_us Int64 COMMENT '[us] microseconds slowed by power or temperature, by the driver''s counters' CODEC(T64, ZSTD(1)),
    prompt_computed_observed_ms Int64 COMMENT '[ms] engine-ms whose computed prompt tokens are known; 0 = unknown, not zero' CODEC(T64, ZSTD(1)),
    quality UInt32 COMMENT '[bits] OR of the quality flags of all node-intervals; names: enum Quality, column quality of view efficiency' CODEC(T64, ZSTD(1)),
    source_period_ms Int64 COMMENT '[ms] longest refresh period of an energy source that fed the row; 0 = as fast as the tick' CODEC(T64, ZSTD(1)),
    nodes Int64 COMMENT '[nodes] nodes that contributed' CODEC(T64, ZSTD(1)),
    attribution_method LowCardinality(String) COMMENT '[text] how board energy was split between owners; mixed = more than one way',
    microusd_live Int64 COMMENT '[micro-USD] cost of gpu_ms at the price in force when the job ran; -1 = part of it had no price' CODEC(T64, ZSTD(1)),
    price_version Int64 COMMENT '[number] price book that microusd_live used; 0 = none' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] epoch x 2^40 + node-intervals merged; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1)),
    written_at DateTime('UTC') MATERIALIZED now() COMMENT '[UTC s] when the row was inserted; the rollups read what was written since they last ran' CODEC(Delta, ZSTD(1)),
    INDEX window_start_minmax window_start TYPE minmax GRANULARITY 1,
    INDEX written_at_minmax written_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfHour(window_start), region, hardware, model, window_start, cell_id)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'One row per cell and 10 s window: energy, tokens, board time, gauges. Ratios: view efficiency.';

CREATE TABLE IF NOT EXISTS ${database}.latency_10s
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 10 s window, half-open' CODEC(Delta, ZSTD(1)),
    region LowCardinality(String) COMMENT '[text] where the node stands, as the agent was told; empty = unknown',
    cluster LowCardinality(String) COMMENT '[text] cluster the node belongs to; empty = unknown',
    site_kind LowCardinality(String) COMMENT '[text] cloud, on_prem or edge; empty = unknown',
    provider LowCardinality(String) COMMENT '[text] who rents or owns the boards; empty = unknown',
    purchase_option LowCardinality(String) COMMENT '[text] on_demand, reserved, spot, owned or as configured; part of the price key; empty = unknown',
    hardware LowCardinality(String) COMMENT '[text] canonical board name of the hardware catalogue, else the exporter name; empty = unknown',
    model LowCardinality(String) COMMENT '[text] canonical model name, else as served; empty = unknown',
    precision LowCardinality(String) COMMENT '[text] weights precision such as fp8 or bf16; empty = unknown',
    workload LowCardinality(String) COMMENT '[text] who holds the boards; (unallocated) = nobody, (unattributed) = one of several; empty = unknown',
    owner LowCardinality(String) COMMENT '[text] team that pays; empty = unknown',
    deployment LowCardinality(String) COMMENT '[text] key of the deployment in table events; empty = unknown',
    engine LowCardinality(String) COMMENT '[text] serving engine; empty = unknown',
    role LowCardinality(String) COMMENT '[text] prefill, decode or both; empty = unknown',
    task LowCardinality(String) COMMENT '[text] generate, embed, rerank or other; empty = unknown',
    kind LowCardinality(String) COMMENT '[text] inference, training, batch or other; empty = unknown',
    cell_id UInt64 COMMENT '[hash] Cell.id(), as in efficiency_10s',
    vantage LowCardinality(String) COMMENT '[text] who measured: engine, gateway or client',
    measure LowCardinality(String) COMMENT '[text] ttft, itl, e2e, queue, prefill, decode or tpot',
    bounds_id UInt64 COMMENT '[hash] identity of the set of bounds; different sets meet only on common bounds',
    bounds_ns Array(Int64) COMMENT '[ns] finite upper bounds of the buckets, inclusive, ascending' CODEC(ZSTD(1)),
    counts Array(Int64) COMMENT '[observations] per bucket, not cumulative; one more than bounds_ns, the last is +Inf' CODEC(ZSTD(1)),
    sum_us Int64 COMMENT '[us] sum of the observations' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] epoch x 2^40 + node-intervals merged; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1)),
    INDEX window_start_minmax window_start TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfHour(window_start), vantage, measure, region, hardware, model, window_start, cell_id, bounds_id)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Growth of latency histograms per cell and 10 s window. Quantiles: view efficiency.';

CREATE TABLE IF NOT EXISTS ${database}.gpu_10s
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 10 s window, half-open' CODEC(Delta, ZSTD(1)),
    node LowCardinality(String) COMMENT '[text] the node of the agent',
    region LowCardinality(String) COMMENT '[text] region of the node',
    zone LowCardinality(String) COMMENT '[text] zone of the node',
    cluster LowCardinality(String) COMMENT '[text] cluster of the node',
    site LowCardinality(String) COMMENT '[text] site of the node, key of table sites',
    rack LowCardinality(String) COMMENT '[text] rack of the node',
    gpu String COMMENT '[text] id of the physical board, GPU-… for NVIDIA' CODEC(ZSTD(1)),
    gpu_index Int32 COMMENT '[number] index the exporter gives the board on its node' CODEC(ZSTD(1)),
    hardware LowCardinality(String) COMMENT '[text] canonical board name, else the exporter name',
    driver LowCardinality(String) COMMENT '[text] driver version',
    workload LowCardinality(String) COMMENT '[text] owner; several joined by a comma when the board is shared',
    state LowCardinality(String) COMMENT '[text] state at the end of the window: busy, loaded_idle, unallocated or unknown',
    throttle_reasons UInt64 COMMENT '[bits] clock throttle reasons seen, as the driver numbers them' CODEC(ZSTD(1)),
    xid_last Int64 COMMENT '[number] last XID error; 0 = none' CODEC(ZSTD(1)),
    expected_ms Int64 COMMENT '[ms] ms that should have been observed' CODEC(T64, ZSTD(1)),
    observed_ms Int64 COMMENT '[ms] ms covered by energy readings' CODEC(T64, ZSTD(1)),
    energy_mj Int64 COMMENT '[mJ] board energy, millijoule' CODEC(T64, ZSTD(1)),
    energy_mj_integrated Int64 COMMENT '[mJ] part of energy_mj that was integrated from power' CODEC(T64, ZSTD(1)),
    energy_mj_bridged Int64 COMMENT '[mJ] board energy over gaps longer than 5 minutes; not in energy_mj' CODEC(T64, ZSTD(1)),
    power_observed_ms Int64 COMMENT '[ms] ms covered by power readings' CODEC(T64, ZSTD(1)),
    power_mw_ms Int64 COMMENT '[mW x ms] power reading in milliwatt x ms; for comparison with the energy counter' CODEC(T64, ZSTD(1)),
    power_limit_observed_ms Int64 COMMENT '[ms] ms covered by the enforced power limit' CODEC(T64, ZSTD(1)),
    power_limit_mw_ms Int64 COMMENT '[mW x ms] enforced power limit in milliwatt x ms' CODEC(T64, ZSTD(1)),
    util_observed_ms Int64 COMMENT '[ms] ms covered by gpu_util' CODEC(T64, ZSTD(1)),
    util_ppm_ms Int64 COMMENT '[ppm x ms] any-kernel utilisation in ppm x ms' CODEC(T64, ZSTD(1)),
    gr_active_observed_ms Int64 COMMENT '[ms] ms covered by gr_engine_active' CODEC(T64, ZSTD(1)),
    gr_active_ppm_ms Int64 COMMENT '[ppm x ms] engine activity in ppm x ms' CODEC(T64, ZSTD(1)),
    sm_active_observed_ms Int64 COMMENT '[ms] ms covered by sm_active' CODEC(T64, ZSTD(1)),
    sm_active_ppm_ms Int64 COMMENT '[ppm x ms] SM activity in ppm x ms' CODEC(T64, ZSTD(1)),
    tensor_active_observed_ms Int64 COMMENT '[ms] ms covered by tensor_active' CODEC(T64, ZSTD(1)),
    tensor_active_ppm_ms Int64 COMMENT '[ppm x ms] tensor pipe activity in ppm x ms' CODEC(T64, ZSTD(1)),
    dram_active_observed_ms Int64 COMMENT '[ms] ms covered by dram_active' CODEC(T64, ZSTD(1)),
    dram_active_ppm_ms Int64 COMMENT '[ppm x ms] memory interface activity in ppm x ms' CODEC(T64, ZSTD(1)),
    hbm_observed_ms Int64 COMMENT '[ms] ms covered by dram_active where the board''s peak bandwidth is known' CODEC(T64, ZSTD(1)),
    hbm_kb Int64 COMMENT '[kB] kB (1000 B) moved to and from board memory' CODEC(T64, ZSTD(1)),
    memory_observed_ms Int64 COMMENT '[ms] ms covered by memory use' CODEC(T64, ZSTD(1)),
    memory_used_mib_ms Int64 COMMENT '[MiB x ms] board memory in use in MiB x ms' CODEC(T64, ZSTD(1)),
    sm_clock_observed_ms Int64 COMMENT '[ms] ms covered by the SM clock' CODEC(T64, ZSTD(1)),
    sm_clock_mhz_ms Int64 COMMENT '[MHz x ms] SM clock in MHz x ms' CODEC(T64, ZSTD(1)),
    temperature_observed_ms Int64 COMMENT '[ms] ms covered by the board temperature' CODEC(T64, ZSTD(1)),
    temperature_mc_ms Int64 COMMENT '[millidegree C x ms] board temperature in millidegree Celsius x ms' CODEC(T64, ZSTD(1)),
    memory_temperature_observed_ms Int64 COMMENT '[ms] ms covered by the memory temperature' CODEC(T64, ZSTD(1)),
    memory_temperature_mc_ms Int64 COMMENT '[millidegree C x ms] memory temperature in millidegree Celsius x ms' CODEC(T64, ZSTD(1)),
    nvlink_observed_ms Int64 COMMENT '[ms] ms covered by NVLink readings' CODEC(T64, ZSTD(1)),
    nvlink_kb Int64 COMMENT '[kB] kB over NVLink, both ways' CODEC(T64, ZSTD(1)),
    pcie_observed_ms Int64 COMMENT '[ms] ms covered by PCIe readings' CODEC(T64, ZSTD(1)),
    pcie_kb Int64 COMMENT '[kB] kB over PCIe, both ways' CODEC(T64, ZSTD(1)),
    power_throttled_us Int64 COMMENT '[us] microseconds slowed by a power cap' CODEC(T64, ZSTD(1)),
    thermal_throttled_us Int64 COMMENT '[us] microseconds slowed by temperature' CODEC(T64, ZSTD(1)),
    ecc_uncorrected Int64 COMMENT '[count] uncorrected memory errors' CODEC(T64, ZSTD(1)),
    quality UInt32 COMMENT '[bits] OR of the quality flags of all node-intervals; names: enum Quality, column quality of view efficiency' CODEC(T64, ZSTD(1)),
    source_period_ms Int64 COMMENT '[ms] refresh period of the energy source; 0 = as fast as the tick' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] epoch x 2^40 + node-intervals merged; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfHour(window_start), node, gpu, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'One row per physical board and 10 s window, MIG instances summed into their board.';

CREATE TABLE IF NOT EXISTS ${database}.engine_10s
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 10 s window, half-open' CODEC(Delta, ZSTD(1)),
    node LowCardinality(String) COMMENT '[text] the node of the agent',
    region LowCardinality(String) COMMENT '[text] region of the node',
    zone LowCardinality(String) COMMENT '[text] zone of the node',
    cluster LowCardinality(String) COMMENT '[text] cluster of the node',
    site LowCardinality(String) COMMENT '[text] site of the node, key of table sites',
    rack LowCardinality(String) COMMENT '[text] rack of the node',
    instance String COMMENT '[text] the engine instance on its node' CODEC(ZSTD(1)),
    engine LowCardinality(String) COMMENT '[text] serving engine',
    model LowCardinality(String) COMMENT '[text] canonical model name, else as served',
    workload LowCardinality(String) COMMENT '[text] workload the instance belongs to',
    deployment LowCardinality(String) COMMENT '[text] key of the deployment in table events',
    role LowCardinality(String) COMMENT '[text] prefill, decode or both',
    expected_ms Int64 COMMENT '[ms] ms that should have been observed' CODEC(T64, ZSTD(1)),
    observed_ms Int64 COMMENT '[ms] ms covered by token readings' CODEC(T64, ZSTD(1)),
    output_tokens Int64 COMMENT '[tokens] generated tokens' CODEC(T64, ZSTD(1)),
    output_tokens_bridged Int64 COMMENT '[tokens] generated tokens over gaps longer than 5 minutes; not in output_tokens' CODEC(T64, ZSTD(1)),
    prompt_tokens Int64 COMMENT '[tokens] prompt tokens, cached included' CODEC(T64, ZSTD(1)),
    prompt_tokens_cached Int64 COMMENT '[tokens] prompt tokens answered from the prefix cache' CODEC(T64, ZSTD(1)),
    prompt_tokens_computed Int64 COMMENT '[tokens] prompt tokens computed on this engine' CODEC(T64, ZSTD(1)),
    prompt_tokens_transferred Int64 COMMENT '[tokens] prompt tokens whose KV came from another engine' CODEC(T64, ZSTD(1)),
    prompt_tokens_bridged Int64 COMMENT '[tokens] prompt tokens over gaps longer than 5 minutes; not in prompt_tokens' CODEC(T64, ZSTD(1)),
    reasoning_tokens Int64 COMMENT '[tokens] output tokens of reasoning' CODEC(T64, ZSTD(1)),
    requests_finished Int64 COMMENT '[requests] requests ended, aborted and failed ones included' CODEC(T64, ZSTD(1)),
    requests_aborted Int64 COMMENT '[requests] requests aborted' CODEC(T64, ZSTD(1)),
    requests_failed Int64 COMMENT '[requests] requests failed' CODEC(T64, ZSTD(1)),
    load_observed_ms Int64 COMMENT '[ms] ms covered by readings of running and waiting requests' CODEC(T64, ZSTD(1)),
    running_ms Int64 COMMENT '[requests x ms] running requests x ms' CODEC(T64, ZSTD(1)),
    waiting_ms Int64 COMMENT '[requests x ms] waiting requests x ms' CODEC(T64, ZSTD(1)),
    kv_observed_ms Int64 COMMENT '[ms] ms covered by readings of KV cache use' CODEC(T64, ZSTD(1)),
    kv_used_ppm_ms Int64 COMMENT '[ppm x ms] KV cache use in ppm x ms' CODEC(T64, ZSTD(1)),
    preemptions Int64 COMMENT '[count] preempted requests' CODEC(T64, ZSTD(1)),
    draft_tokens Int64 COMMENT '[tokens] speculated tokens' CODEC(T64, ZSTD(1)),
    accepted_tokens Int64 COMMENT '[tokens] speculated tokens that were accepted' CODEC(T64, ZSTD(1)),
    quality UInt32 COMMENT '[bits] OR of the quality flags of all node-intervals; names: enum Quality, column quality of view efficiency' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] epoch x 2^40 + node-intervals merged; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfHour(window_start), node, instance, model, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'One row per model of an engine instance and 10 s window, data-parallel ranks summed.';

CREATE TABLE IF NOT EXISTS ${database}.intake_10s
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 10 s window, half-open' CODEC(Delta, ZSTD(1)),
    node LowCardinality(String) COMMENT '[text] the node of the agent',
    region LowCardinality(String) COMMENT '[text] region of the node',
    zone LowCardinality(String) COMMENT '[text] zone of the node',
    cluster LowCardinality(String) COMMENT '[text] cluster of the node',
    site LowCardinality(String) COMMENT '[text] site of the node, key of table sites',
    rack LowCardinality(String) COMMENT '[text] rack of the node',
    outcome LowCardinality(String) COMMENT '[text] counted, duplicate, out_of_order, two_agents, late or rejected',
    records Int64 COMMENT '[records] records of that outcome, by Kafka record time' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] epoch x 2^40 + node-intervals merged; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfHour(window_start), node, outcome, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'What became of the records of each node: published = the sum over outcomes.';

CREATE TABLE IF NOT EXISTS ${database}.rejects
(
    time DateTime64(3, 'UTC') COMMENT '[UTC ms] Kafka record time' CODEC(Delta, ZSTD(1)),
    topic LowCardinality(String) COMMENT '[text] Kafka topic of the record',
    partition Int32 COMMENT '[number] Kafka partition of the record',
    offset Int64 COMMENT '[number] Kafka offset of the record' CODEC(Delta, ZSTD(1)),
    node LowCardinality(String) COMMENT '[text] the node, if the record got that far; else its key',
    reason LowCardinality(String) COMMENT '[text] short stable reason, the same as in the counters',
    detail String COMMENT '[text] what was wrong and where' CODEC(ZSTD(1)),
    payload_bytes Int64 COMMENT '[bytes] size of the whole payload' CODEC(T64, ZSTD(1)),
    payload String COMMENT '[bytes] first bytes of the payload, at most Reject.KEPT_BYTES' CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMMDD(time)
ORDER BY (reason, time, topic, partition, offset)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'Records that were not counted, each with its reason. The Kafka position is the identity: a replay adds nothing.';
