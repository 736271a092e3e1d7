-- View region_topology: where requests come from, where they are served, how long they wait, and whether
-- they may be served there.
--
--   SELECT * FROM ${database}.region_topology(since = '2026-11-01 00:00:00', until = '2026-12-01 00:00:00')
--
-- One row per client region and serving region. share_of_requests is of all requests that told their client
-- region; share_of_users counts tenants (keyed hashes, approximate above 65,536) and is NULL unless every
-- request told one. client_region '' = not told, region '' = the server is not known: rows of their own. Names
-- folded into (other) by the limit on distinct values are no place and no tenant: neither flagged nor counted.
--
-- P95 is the client's own measurement of successful requests where there is one, the gateway's otherwise, which
-- knows nothing of the network; latency_vantage says which. Sketches, within 1 %: V7__requests.sql.
--
-- no_local_endpoint: more than min_share of the requests come from this client region, and nothing that
-- serves is in it: no region of that name, and none whose measured or loaded round trip (table rtt) is
-- within local_rtt_ms.
--
-- gain_p95_ttft_client_s: how much sooner the first token would come from the region that serves the same
-- client region best. Only from what clients measured in both (gain_basis 'measured', at least min_requests in
-- each), or the difference of the loaded round trips ('rtt'); never from a map or from a gateway's clock.
-- gain_null_reason: best_already, no_measurement (of this region, or of any other to compare it with).
--
-- outside_policy_requests: served where table jurisdiction_policy does not allow it, by sites.jurisdiction of
-- the serving region (all its sites have to be allowed). policy_unknown_requests: a policy holds, but the serving
-- region or its jurisdiction is not known. NULL = no policy holds for any of the row's requests.

CREATE OR REPLACE VIEW ${database}.region_topology AS
WITH
    {since:DateTime('UTC')} AS t0,
    {until:DateTime('UTC')} AS t1,
    facts AS
    (
        SELECT
            client_region, region, service_class,
            sum(r.requests) AS requests,
            sumIf(r.requests, r.tenant IN ('', '(other)')) AS tenantless,
            uniqCombinedStateIf(16)(r.tenant, r.tenant NOT IN ('', '(other)')) AS tenants,
            sumMap(r.ttft_client_index, r.ttft_client_count) AS ttft_client,
            sumMap(r.e2e_client_index, r.e2e_client_count) AS e2e_client,
            sumMap(r.ttft_gateway_index, r.ttft_gateway_count) AS ttft_gateway,
            sumMap(r.e2e_gateway_index, r.e2e_gateway_count) AS e2e_gateway
        FROM ${database}.request_between(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')}) AS r
        GROUP BY client_region, region, service_class
    ),

    -- Where requests may be served: the most specific entry for class and client region.
    policies AS
    (
        SELECT groupArray((toString(service_class), toString(client_region), jurisdictions))
        FROM ${database}.jurisdiction_policy FINAL
    ),
    (SELECT * FROM policies) AS all_policies,
    places AS
    (
        SELECT region, groupUniqArray(law) AS laws
        FROM
        (
            SELECT argMax(s.region, s.effective_from) AS region, toString(argMax(s.jurisdiction, s.effective_from)) AS law
            FROM ${database}.sites AS s FINAL
            WHERE s.effective_from < t1
            GROUP BY site
        )
        GROUP BY region
    ),
    allowed AS
    (
        SELECT
            f.client_region AS client_region, f.region AS region, f.requests AS requests,
            arrayReverseSort(
                p -> (p.1 != '') * 2 + (p.2 != ''),
                arrayFilter(p -> p.1 IN ('', toString(f.service_class)) AND p.2 IN ('', toString(f.client_region)), all_policies)) AS holding,
            notEmpty(holding) AS has_policy,
            if(has_policy, holding[1].3, []) AS may,
            f.region = '' OR empty(l.laws) OR has(l.laws, '')
                OR f.client_region = '(other)' OR f.service_class = '(other)' AS law_unknown,
            hasAll(may, l.laws) AS inside
        FROM facts AS f
        LEFT JOIN places AS l ON f.region = l.region
    ),
    policy AS
    (
        SELECT
            client_region, region,
            sumIf(a.requests, has_policy) AS policied,
            sumIf(a.requests, has_policy AND NOT law_unknown AND NOT inside) AS outside,
            sumIf(a.requests, has_policy AND law_unknown) AS unknown
        FROM allowed AS a
        GROUP BY client_region, region
    ),

    pairs AS
    (
        SELECT
            client_region, region,
            sum(f.requests) AS requests,
            sum(f.tenantless) AS tenantless,
            uniqCombinedMergeState(16)(f.tenants) AS tenants,
            sumMap(f.ttft_client.1, f.ttft_client.2) AS ttft_client,
            sumMap(f.e2e_client.1, f.e2e_client.2) AS e2e_client,
            sumMap(f.ttft_gateway.1, f.ttft_gateway.2) AS ttft_gateway,
            sumMap(f.e2e_gateway.1, f.e2e_gateway.2) AS e2e_gateway
        FROM facts AS f
        GROUP BY client_region, region
    ),
    (SELECT groupUniqArray(toString(region)) FROM pairs WHERE region != '') AS serving,
    near AS
    (
        SELECT client_region, countIf(rtt_ms <= {local_rtt_ms:Float64} AND has(serving, toString(region))) > 0 AS has_near
        FROM ${database}.rtt FINAL
        GROUP BY client_region
    ),
    measured AS
    (
        SELECT
            p.*,
            uniqCombinedMerge(16)(p.tenants) OVER (PARTITION BY client_region, region) AS users,
            uniqCombinedMerge(16)(p.tenants) OVER () AS all_users,
            sum(p.tenantless) OVER () AS all_tenantless,
            sumIf(p.requests, client_region != '') OVER () AS told,
            sum(p.requests) OVER (PARTITION BY client_region) AS of_client,
            arraySum(p.ttft_client.2) AS client_n,
            if(client_n > 0, 'client', if(notEmpty(p.ttft_gateway.2) OR notEmpty(p.e2e_gateway.2), 'gateway', '')) AS vantage,
            ${p95_ttft_client_of_p} AS ttft_client_s,
            ${p95_e2e_client_of_p} AS e2e_client_s,
            ${p95_ttft_gateway_of_p} AS ttft_gateway_s,
            ${p95_e2e_gateway_of_p} AS e2e_gateway_s,
            if(m.rtt_known, m.rtt_ms, NULL) AS rtt_ms
        FROM pairs AS p
        LEFT JOIN (SELECT client_region, region, rtt_ms, true AS rtt_known FROM ${database}.rtt FINAL) AS m
            ON p.client_region = m.client_region AND p.region = m.region
    ),
    -- The best region for a client region: measured by clients, and by round trip.
    best AS
    (
        SELECT
            client_region,
            argMinIf((toString(region), ttft_client_s), ttft_client_s, client_n >= {min_requests:UInt64}) AS by_clients,
            countIf(client_n >= {min_requests:UInt64}) AS regions_measured
        FROM measured
        WHERE region != ''
        GROUP BY client_region
    ),
    best_rtt AS
    (
        SELECT client_region, argMin((toString(region), rtt_ms), rtt_ms) AS by_rtt, count() AS regions_known
        FROM ${database}.rtt FINAL
        WHERE has(serving, toString(region))
        GROUP BY client_region
    )
SELECT
    m.client_region AS client_region,
    m.region AS region,
    m.requests AS requests,
    if(m.client_region = '', NULL, m.requests / nullIf(m.told, 0)) AS share_of_requests,
    if(m.all_tenantless > 0, NULL, m.users) AS users,
    if(m.all_tenantless > 0 OR m.all_users = 0, NULL, m.users / m.all_users) AS share_of_users,
    if(m.all_tenantless > 0, 'tenant_not_told', '') AS users_null_reason,
    m.vantage AS latency_vantage,
    if(m.vantage = 'client', m.ttft_client_s, NULL) AS p95_ttft_client_s,
    if(m.vantage = 'client', m.e2e_client_s, NULL) AS p95_e2e_client_s,
    if(m.vantage = 'gateway', m.ttft_gateway_s, NULL) AS p95_ttft_gateway_s,
    if(m.vantage = 'gateway', m.e2e_gateway_s, NULL) AS p95_e2e_gateway_s,
    if(m.vantage = 'client', '', if(m.vantage = '', 'no_measurement', 'gateway_only')) AS client_null_reason,
    if(m.vantage = 'gateway', '', if(m.vantage = '', 'no_measurement', 'client_known')) AS gateway_null_reason,
    m.rtt_ms AS rtt_ms,
    m.client_region NOT IN ('', '(other)') AND m.of_client > {min_share:Float64} * m.told
        AND NOT has(serving, toString(m.client_region)) AND NOT n.has_near AS no_local_endpoint,
    multiIf(
        m.client_region IN ('', '(other)') OR m.region = '', '',
        m.client_n >= {min_requests:UInt64} AND b.regions_measured > 1, 'measured',
        m.rtt_ms IS NOT NULL AND r.regions_known > 1, 'rtt', '') AS gain_basis,
    multiIf(gain_basis = 'measured', b.by_clients.1, gain_basis = 'rtt', r.by_rtt.1, '') AS better_region,
    multiIf(gain_basis = '', 'no_measurement', better_region = m.region, 'best_already', '') AS gain_null_reason,
    if(gain_null_reason != '', NULL,
        if(gain_basis = 'measured', m.ttft_client_s - b.by_clients.2, (m.rtt_ms - r.by_rtt.2) / 1000)) AS gain_p95_ttft_client_s,
    if(p.policied = 0, NULL, p.outside) AS outside_policy_requests,
    if(p.policied = 0, NULL, p.unknown) AS policy_unknown_requests,
    if(p.policied = 0, 'no_policy', '') AS policy_null_reason
FROM measured AS m
LEFT JOIN near AS n ON m.client_region = n.client_region
LEFT JOIN best AS b ON m.client_region = b.client_region
LEFT JOIN best_rtt AS r ON m.client_region = r.client_region
LEFT JOIN policy AS p ON m.client_region = p.client_region AND m.region = p.region
COMMENT 'Where requests come from and are served; units are in the names. Parameters since, until (UTC), min_share, local_rtt_ms, min_requests.';
