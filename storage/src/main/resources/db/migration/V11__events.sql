-- Events get an identity, a scope as wide as the facts', and who says so. event_id joins the key: two
-- people may tell of two changes in one millisecond.
ALTER TABLE ${database}.events
    ADD COLUMN IF NOT EXISTS event_id String COMMENT '[text] the same however often the event is told, detected or written' FIRST,
    ADD COLUMN IF NOT EXISTS origin LowCardinality(String) COMMENT '[text] told, detected, or first_seen: what a node ran when it was first seen, no change' AFTER kind,
    ADD COLUMN IF NOT EXISTS hardware LowCardinality(String) COMMENT '[text] canonical board name; empty = all' AFTER node,
    ADD COLUMN IF NOT EXISTS model LowCardinality(String) COMMENT '[text] canonical model name; empty = all' AFTER hardware,
    ADD COLUMN IF NOT EXISTS actor String COMMENT '[text] who says so: a person or a CI job; empty = detected' AFTER link,
    ADD COLUMN IF NOT EXISTS why String COMMENT '[text] the reason given' AFTER actor,
    ADD COLUMN IF NOT EXISTS regression String COMMENT '[text] kind accept: the regression whose level is accepted' AFTER why,
    ADD COLUMN IF NOT EXISTS attributes Map(String, String) COMMENT '[text] further facts by name, such as from and to' AFTER regression,
    MODIFY ORDER BY (time, kind, deployment, node, title, event_id),
    COMMENT COLUMN kind '[text] deployment, driver, power_limit, config, restart, maintenance, note or accept',
    COMMENT COLUMN power_limit_w '[W] per board, the highest of the deployment''s; null = unknown',
    COMMENT COLUMN config_hash '[hex] of the engine''s self-description, without what differs at every start',
    COMMENT COLUMN version '[number] Kafka record time of what it was known from, Unix ms; the highest version of a key counts';
