-- What alerts run remembers: incidents, how far their notifications were delivered, and who may send.
-- An incident's row alone makes its notifications durable: one insert says that it fires and whom to tell. What was
-- delivered is recorded afterwards in alert_deliveries; view alert_outbox is the difference.
-- fsync: ClickHouse answers before the disk has the row otherwise, and a page must outlive a power cut.

CREATE TABLE IF NOT EXISTS ${database}.alert_incidents
(
    dedup_key String COMMENT '[text] tokenwatt/RULE/HASH of the labels; the same in every message about it',
    started DateTime64(3, 'UTC') COMMENT '[UTC ms] first evaluation that found it; with dedup_key its identity',
    rule LowCardinality(String) COMMENT '[text] name of the rule',
    severity LowCardinality(String) COMMENT '[text] ticket or page',
    phase LowCardinality(String) COMMENT '[text] pending, firing, keep_firing, resolved or withdrawn (over before it fired)',
    labels Map(String, String) COMMENT '[text] of what; its identity within the rule',
    details Map(String, String) COMMENT '[text] what else the rule told when it was last written',
    value Float64 COMMENT '[unit of the rule] the last one that was past the threshold',
    bound String COMMENT '[text] the threshold with its unit, such as > 100 USD/day',
    summary String COMMENT '[text] one sentence of the rule',
    receivers Array(String) COMMENT '[text] who is told of it; decided when it fires',
    fired Nullable(DateTime64(3, 'UTC')) COMMENT '[UTC ms] when it began to fire; null = not yet',
    last_bad DateTime64(3, 'UTC') COMMENT '[UTC ms] evaluation that found it last, as of this row',
    good_since DateTime64(3, 'UTC') COMMENT '[UTC ms] while keep_firing: since when it is good again; else last_bad',
    resolved Nullable(DateTime64(3, 'UTC')) COMMENT '[UTC ms] when it was over; null = it is not',
    ending LowCardinality(String) COMMENT '[text] recovered, gone or rule_removed; none = it is not over',
    version UInt64 COMMENT '[number] generation of the lease * 2^32 + count; the highest of an incident counts'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(started)
ORDER BY (dedup_key, started)
TTL toDateTime(started) + INTERVAL 400 DAY
SETTINGS fsync_after_insert = 1
COMMENT 'Alerts from their first bad evaluation to their end; read with FINAL.';

CREATE TABLE IF NOT EXISTS ${database}.alert_deliveries
(
    notification String COMMENT '[text] DEDUP_KEY@STARTED_MS/trigger or …/resolve',
    receiver LowCardinality(String) COMMENT '[text] name of the receiver',
    dedup_key String COMMENT '[text] of the incident',
    started DateTime64(3, 'UTC') COMMENT '[UTC ms] of the incident',
    transition LowCardinality(String) COMMENT '[text] trigger or resolve',
    state LowCardinality(String) COMMENT '[text] waiting for another attempt, sent, refused for good, or dropped (nobody was told of the trigger)',
    attempts UInt64 COMMENT '[attempts] so far',
    attempted DateTime64(3, 'UTC') COMMENT '[UTC ms] when the last one ended',
    answer String COMMENT '[text] the last one''s, without secrets',
    version UInt64 COMMENT '[number] as in alert_incidents'
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(started)
ORDER BY (dedup_key, started, transition, receiver)
TTL toDateTime(started) + INTERVAL 400 DAY
SETTINGS fsync_after_insert = 1
COMMENT 'How far the notifications of incidents were delivered; read with FINAL.';

CREATE TABLE IF NOT EXISTS ${database}.alert_lease
(
    name LowCardinality(String) COMMENT '[text] what it is the lease of',
    generation UInt64 COMMENT '[number] one more with every change of the holder',
    holder String COMMENT '[text] process that asked for it; of one generation the first to ask has it',
    asked DateTime64(3, 'UTC') COMMENT '[UTC ms] by the clock of ClickHouse',
    until DateTime64(3, 'UTC') COMMENT '[UTC ms] by the clock of ClickHouse',
    beat UInt64 COMMENT '[number] renewals'
)
ENGINE = ReplacingMergeTree(beat)
ORDER BY (name, generation, holder)
TTL toDateTime(until) + INTERVAL 30 DAY
COMMENT 'Which process sends the alerts; read with FINAL.';
