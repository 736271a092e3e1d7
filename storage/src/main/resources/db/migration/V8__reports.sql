-- What the reports need beyond the cells: energy per node (a rack has no cell), power budgets, round-trip
-- times between regions, and where requests may be served.

CREATE TABLE IF NOT EXISTS ${database}.node_10s
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 10 s window, half-open' CODEC(Delta, ZSTD(1)),
    node LowCardinality(String) COMMENT '[text] the node of the agent',
    region LowCardinality(String) COMMENT '[text] region of the node',
    zone LowCardinality(String) COMMENT '[text] zone of the node',
    cluster LowCardinality(String) COMMENT '[text] cluster of the node',
    site LowCardinality(String) COMMENT '[text] site of the node, key of table sites',
    rack LowCardinality(String) COMMENT '[text] rack of the node',
    expected_ms Int64 COMMENT '[ms] ms in which the node should have been read' CODEC(T64, ZSTD(1)),
    board_expected_ms Int64 COMMENT '[ms] board-ms that should have been observed' CODEC(T64, ZSTD(1)),
    board_observed_ms Int64 COMMENT '[ms] board-ms covered by energy readings' CODEC(T64, ZSTD(1)),
    board_mj Int64 COMMENT '[mJ] energy of the node''s boards, each board once' CODEC(T64, ZSTD(1)),
    machine_observed_ms Int64 COMMENT '[ms] ms covered by readings of the machine''s own meter' CODEC(T64, ZSTD(1)),
    machine_mj Int64 COMMENT '[mJ] energy of the whole machine, measured' CODEC(T64, ZSTD(1)),
    machine_modelled_ms Int64 COMMENT '[ms] ms covered by the node-class model' CODEC(T64, ZSTD(1)),
    machine_mj_modelled Int64 COMMENT '[mJ] energy of the whole machine, from the node-class model' CODEC(T64, ZSTD(1)),
    spanning_board_ms Int64 COMMENT '[ms] board-ms held by engines that run over several nodes' CODEC(T64, ZSTD(1)),
    tokens_expected_ms Int64 COMMENT '[ms] engine-ms that should have been observed' CODEC(T64, ZSTD(1)),
    tokens_observed_ms Int64 COMMENT '[ms] engine-ms covered by token readings' CODEC(T64, ZSTD(1)),
    output_tokens Int64 COMMENT '[tokens] generated tokens of the node''s engines; those of prefill servers left out' CODEC(T64, ZSTD(1)),
    quality UInt32 COMMENT '[bits] OR of the quality flags of all node-intervals; names: enum Quality, column quality of view efficiency' CODEC(T64, ZSTD(1)),
    source_period_ms Int64 COMMENT '[ms] longest refresh period of an energy source of the node; 0 = as fast as the tick' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] epoch x 2^40 + node-intervals merged; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1)),
    written_at DateTime('UTC') MATERIALIZED now() COMMENT '[UTC s] when the row was inserted; the rollup reads what was written since it last ran' CODEC(Delta, ZSTD(1)),
    INDEX window_start_minmax window_start TYPE minmax GRANULARITY 1,
    INDEX written_at_minmax written_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfHour(window_start), node, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'One row per node and 10 s window: energy of the machine and of its boards, tokens of its engines. View: power_headroom.';

CREATE TABLE IF NOT EXISTS ${database}.node_1m
(
    window_start DateTime('UTC') COMMENT '[UTC s] start of the 1 min window, half-open' CODEC(Delta, ZSTD(1)),
    node LowCardinality(String) COMMENT '[text] the node of the agent',
    region LowCardinality(String) COMMENT '[text] region of the node',
    zone LowCardinality(String) COMMENT '[text] zone of the node',
    cluster LowCardinality(String) COMMENT '[text] cluster of the node',
    site LowCardinality(String) COMMENT '[text] site of the node, key of table sites',
    rack LowCardinality(String) COMMENT '[text] rack of the node',
    expected_ms Int64 COMMENT '[ms] ms in which the node should have been read' CODEC(T64, ZSTD(1)),
    board_expected_ms Int64 COMMENT '[ms] board-ms that should have been observed' CODEC(T64, ZSTD(1)),
    board_observed_ms Int64 COMMENT '[ms] board-ms covered by energy readings' CODEC(T64, ZSTD(1)),
    board_mj Int64 COMMENT '[mJ] energy of the node''s boards, each board once' CODEC(T64, ZSTD(1)),
    machine_observed_ms Int64 COMMENT '[ms] ms covered by readings of the machine''s own meter' CODEC(T64, ZSTD(1)),
    machine_mj Int64 COMMENT '[mJ] energy of the whole machine, measured' CODEC(T64, ZSTD(1)),
    machine_modelled_ms Int64 COMMENT '[ms] ms covered by the node-class model' CODEC(T64, ZSTD(1)),
    machine_mj_modelled Int64 COMMENT '[mJ] energy of the whole machine, from the node-class model' CODEC(T64, ZSTD(1)),
    spanning_board_ms Int64 COMMENT '[ms] board-ms held by engines that run over several nodes' CODEC(T64, ZSTD(1)),
    tokens_expected_ms Int64 COMMENT '[ms] engine-ms that should have been observed' CODEC(T64, ZSTD(1)),
    tokens_observed_ms Int64 COMMENT '[ms] engine-ms covered by token readings' CODEC(T64, ZSTD(1)),
    output_tokens Int64 COMMENT '[tokens] generated tokens of the node''s engines; those of prefill servers left out' CODEC(T64, ZSTD(1)),
    quality UInt32 COMMENT '[bits] OR of the quality flags of all node-intervals; names: enum Quality, column quality of view efficiency' CODEC(T64, ZSTD(1)),
    source_period_ms Int64 COMMENT '[ms] longest refresh period of an energy source of the node; 0 = as fast as the tick' CODEC(T64, ZSTD(1)),
    version UInt64 COMMENT '[number] sum of the 10 s versions; of two rows with one key the higher version stays' CODEC(T64, ZSTD(1)),
    written_at DateTime('UTC') MATERIALIZED now() COMMENT '[UTC s] when the row was inserted; the rollup reads what was written since it last ran' CODEC(Delta, ZSTD(1)),
    INDEX window_start_minmax window_start TYPE minmax GRANULARITY 1,
    INDEX written_at_minmax written_at TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMMDD(window_start)
ORDER BY (toStartOfHour(window_start), node, window_start)
SETTINGS ttl_only_drop_parts = 1
COMMENT 'node_10s over minutes, filled by the refreshable view of R60__node_rollup.sql.';

CREATE TABLE IF NOT EXISTS ${database}.power_budgets
(
    scope LowCardinality(String) COMMENT '[text] what is limited: rack, feed or site',
    site LowCardinality(String) COMMENT '[text] site it is in, as in node_10s.site',
    name LowCardinality(String) COMMENT '[text] rack or feed; the site itself for scope site',
    effective_from DateTime('UTC') COMMENT '[UTC s] the entry holds from here until the next one of the same scope, site and name',
    limit_kw Nullable(Float64) COMMENT '[kW] what it may draw; null = no limit from here on',
    racks Array(String) COMMENT '[text] racks behind a feed; empty for racks and sites',
    nodes Int64 COMMENT '[nodes] nodes that stand there, whether or not they are read; 0 = unknown: those seen are taken to be all',
    note String COMMENT '[text] where the figure is from',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (scope, site, name, effective_from)
COMMENT 'Power budgets of racks, feeds and sites. Time-versioned. View: power_headroom.';

CREATE TABLE IF NOT EXISTS ${database}.rtt
(
    client_region LowCardinality(String) COMMENT '[text] where the clients are, as in request_10s',
    region LowCardinality(String) COMMENT '[text] where the endpoint is, as in the facts',
    rtt_ms Float64 COMMENT '[ms] round trip between the two, median',
    source String COMMENT '[text] who measured it and when',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (client_region, region)
COMMENT 'Round-trip times from clients to regions, loaded as data. View: region_topology.';

CREATE TABLE IF NOT EXISTS ${database}.jurisdiction_policy
(
    service_class LowCardinality(String) COMMENT '[text] as in request_10s; empty = every class',
    client_region LowCardinality(String) COMMENT '[text] as in request_10s; empty = every client region',
    jurisdictions Array(String) COMMENT '[text] where such requests may be served, as in sites.jurisdiction',
    note String COMMENT '[text] the law or contract it comes from',
    version UInt64 COMMENT '[number] the highest version of an entry counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (service_class, client_region)
COMMENT 'Where requests may be served. The most specific entry holds: class and region, then class, then region. View: region_topology.';
