package io.tokenwatt.storage.report;

import java.util.List;

/** Report {@code regions}: where users are, where they are served, and whether they may be. */
final class Regions {
  private static final String VIEW =
      "region_topology(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')},"
          + " min_share = {min_share:Float64}, local_rtt_ms = {local_rtt_ms:Float64},"
          + " min_requests = {min_requests:UInt64})";

  private static final String ROWS =
      """
      SELECT
          if(client_region = '', '(not told)', client_region) AS client_region,
          if(region = '', '(not known)', region) AS region,
          requests, share_of_requests, if(client_region = '(not told)', 'client_not_told', '') AS share_null_reason,
          share_of_users, users_null_reason,
          p95_ttft_client_s, p95_e2e_client_s, p95_ttft_gateway_s, p95_e2e_gateway_s,
          if(client_null_reason != '', client_null_reason, 'not_told') AS client_null_reason,
          if(gateway_null_reason != '', gateway_null_reason, 'not_told') AS gateway_null_reason,
          CAST(no_local_endpoint, 'Bool') AS no_local_endpoint,
          gain_p95_ttft_client_s, gain_basis, better_region, gain_null_reason,
          outside_policy_requests, policy_unknown_requests, policy_null_reason
      FROM VIEW
      ORDER BY client_region, requests DESC, region
      """
          .replace("VIEW", VIEW);

  private static final String FLAGGED =
      """
      SELECT concat('No endpoint near ', client_region, ', where ', printf('%.1f', 100 * sum(share_of_requests)), ' % of requests come from.') AS note
      FROM VIEW
      WHERE no_local_endpoint
      GROUP BY client_region
      ORDER BY client_region
      """
          .replace("VIEW", VIEW);

  static final Report REPORT =
      Report.of(
              "regions",
              "Where do requests come from, where are they served, how long do they wait, and may"
                  + " they be served there?",
              ROWS,
              List.of(
                  ReportColumn.text("client_region", "clients in"),
                  ReportColumn.text("region", "served in"),
                  ReportColumn.of("requests", "requests", Unit.COUNT),
                  ReportColumn.of("share_of_requests", "of requests", Unit.PERCENT)
                      .because("share_null_reason"),
                  ReportColumn.of("share_of_users", "of tenants", Unit.PERCENT)
                      .because("users_null_reason"),
                  ReportColumn.of("p95_ttft_client_s", "P95 TTFT, client", Unit.SECONDS)
                      .because("client_null_reason"),
                  ReportColumn.of("p95_e2e_client_s", "P95 E2E, client", Unit.SECONDS)
                      .because("client_null_reason"),
                  ReportColumn.of("p95_ttft_gateway_s", "P95 TTFT, gateway", Unit.SECONDS)
                      .because("gateway_null_reason"),
                  ReportColumn.of("p95_e2e_gateway_s", "P95 E2E, gateway", Unit.SECONDS)
                      .because("gateway_null_reason"),
                  ReportColumn.of("no_local_endpoint", "no endpoint near", Unit.YES_NO),
                  ReportColumn.text("better_region", "sooner from"),
                  ReportColumn.of("gain_p95_ttft_client_s", "gain", Unit.SECONDS)
                      .because("gain_null_reason"),
                  ReportColumn.text("gain_basis", "by"),
                  ReportColumn.of("outside_policy_requests", "outside policy", Unit.COUNT)
                      .because("policy_null_reason"),
                  ReportColumn.of("policy_unknown_requests", "policy unknown", Unit.COUNT)
                      .because("policy_null_reason")))
          .with(
              new Parameter(
                  "min_share", "Float64", "0.15", "share of requests that asks for an endpoint"))
          .with(
              new Parameter(
                  "local_rtt_ms", "Float64", "30", "a serving region this near counts as local"))
          .with(
              new Parameter(
                  "min_requests", "UInt64", "1000", "measured by clients, before a gain is told"))
          .explaining("client_not_told", "these requests did not say where they came from")
          .explaining("tenant_not_told", "not every request told a tenant; users cannot be counted")
          .explaining("gateway_only", "no client measured; the gateway's clock knows no network")
          .explaining("client_known", "the client's own measurement stands beside it")
          .explaining("not_told", "no event of these told this time")
          .explaining("no_measurement", "not measured by clients here and elsewhere, no round trip")
          .explaining("best_already", "no region that serves them is sooner")
          .explaining("no_policy", "no entry of jurisdiction_policy holds for these requests")
          .noting(FLAGGED)
          .remarking(
              "gain: sooner first token from the named region, from what clients measured in both,"
                  + " or the difference of loaded round trips (rtt); never from a map. Measured ones hold"
                  + " whatever differs there: load and models too, not the way alone.");

  private Regions() {}
}
