-- View deployments_by_time: what ran since when, and what was changed; a rollout over many nodes is one row.
--
--   SELECT * FROM ${database}.deployments_by_time WHERE workload = 'chat' ORDER BY first_time
--
-- The job writes an event per node and change, people one per change. Events of one region, cluster,
-- workload and kind that follow each other in time and say the same thing are one row: the same
-- deployment key, or, where there is none, the same driver, power limit, from, to (and title, if told).
-- Within a second the order is by what, not by time: nodes that make the same two changes at once tell them in
-- turns. A rollback is a row of its own. until: when the next row of the same region, cluster, workload and kind
-- begins; NULL = it still holds. Of an event that was told twice the highest version counts.

CREATE OR REPLACE VIEW ${database}.deployments_by_time AS
WITH
    once AS
    (
        SELECT *
        FROM ${database}.events FINAL
        WHERE kind IN ('deployment', 'config', 'driver', 'power_limit')
        ORDER BY version DESC
        LIMIT 1 BY if(event_id = '', concat(toString(time), kind, deployment, node, title), event_id)
    ),
    named AS
    (
        SELECT
            *,
            if(kind = 'deployment' AND deployment != '',
                cityHash64(deployment),
                cityHash64(deployment, driver, ifNull(power_limit_w, -1), attributes['from'], attributes['to'],
                    if(origin = 'told', title, ''))) AS what
        FROM once
    ),
    marked AS
    (
        SELECT
            *,
            what != lagInFrame(what) OVER (PARTITION BY region, cluster, workload, kind ORDER BY toStartOfSecond(time), what, time, event_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS begins
        FROM named
    ),
    runs AS
    (
        SELECT
            *,
            sum(begins) OVER (PARTITION BY region, cluster, workload, kind ORDER BY toStartOfSecond(time), what, time, event_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run
        FROM marked
    ),
    periods AS
    (
        SELECT
            r.kind AS kind,
            r.region AS region,
            r.cluster AS cluster,
            r.workload AS workload,
            r.run AS run,
            any(r.deployment) AS deployment,
            min(r.time) AS first_time,
            max(r.time) AS last_time,
            uniqExactIf(r.node, r.node != '') AS nodes,
            arraySort(groupUniqArray(10)(r.node)) AS some_nodes,
            arraySort(groupUniqArray(r.origin)) AS origins,
            argMax(r.hardware, (r.hardware != '', r.time)) AS hardware,
            argMax(r.model, (r.model != '', r.time)) AS model,
            argMax(r.engine, (r.engine != '', r.time)) AS engine,
            argMax(r.engine_version, (r.engine_version != '', r.time)) AS engine_version,
            argMax(r.driver, (r.driver != '', r.time)) AS driver,
            argMax(r.tensor_parallel, r.time) AS tensor_parallel,
            argMax(r.pipeline_parallel, r.time) AS pipeline_parallel,
            argMax(r.data_parallel, r.time) AS data_parallel,
            argMax(r.max_batch, r.time) AS max_batch,
            argMax(r.speculative_decoding, (r.speculative_decoding != '', r.time)) AS speculative_decoding,
            argMax(r.power_limit_w, r.time) AS power_limit_w,
            argMax(r.config_hash, (r.config_hash != '', r.time)) AS config_hash,
            argMin(r.title, (r.time, r.event_id)) AS title,
            argMin(r.attributes['changed'], (r.time, r.event_id)) AS changed,
            argMax(r.link, (r.link != '', r.time)) AS link
        FROM runs AS r
        GROUP BY r.kind, r.region, r.cluster, r.workload, r.run
    ),
    nexts AS
    (
        SELECT
            *,
            leadInFrame(toNullable(first_time)) OVER (PARTITION BY region, cluster, workload, kind ORDER BY run
                ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS until
        FROM periods
    )
SELECT
    kind, region, cluster, workload, deployment, first_time, last_time, until, nodes, some_nodes, origins, hardware,
    model, engine, engine_version, driver, tensor_parallel, pipeline_parallel, data_parallel, max_batch,
    speculative_decoding, power_limit_w, config_hash, title, changed, link
FROM nexts
COMMENT 'What ran since when and what was changed; a rollout over many nodes is one row. Times are UTC.';
