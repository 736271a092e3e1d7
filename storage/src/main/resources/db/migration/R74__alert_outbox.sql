-- Notifications that an incident calls for and nobody was told yet: one row per notification and receiver.
CREATE OR REPLACE VIEW ${database}.alert_outbox AS
SELECT
    due.dedup_key AS dedup_key,
    due.started AS started,
    due.transition AS transition,
    due.receiver AS receiver,
    due.since AS since,
    done.attempts AS attempts,
    done.answer AS answer
FROM
(
    SELECT
        dedup_key,
        started,
        tupleElement(step, 1) AS transition,
        assumeNotNull(tupleElement(step, 2)) AS since,
        arrayJoin(receivers) AS receiver
    FROM ${database}.alert_incidents FINAL
    ARRAY JOIN [('trigger', fired), ('resolve', if(fired IS NULL, NULL, resolved))] AS step
    WHERE tupleElement(step, 2) IS NOT NULL
) AS due
LEFT JOIN
(
    SELECT dedup_key, started, transition, receiver, state, attempts, answer
    FROM ${database}.alert_deliveries FINAL
) AS done USING (dedup_key, started, transition, receiver)
WHERE ifNull(done.state, '') IN ('', 'waiting')
COMMENT 'Notifications that are still to be sent.';
