package io.tokenwatt.dashboards.builtin;

import java.util.List;

/**
 * One chart of the page.
 *
 * @param query gives Unix seconds, a label (text) and a value, in the order of the first two;
 *     {@code {rounding:UInt32}} is the length of a window and {@code {seconds:UInt32}} how far back
 *     it goes, both set by the page's own fields
 */
public record DashboardChart(String title, String query) {

  private static final String FROM_FACTS =
      """
      SELECT
          toUnixTimestamp(toStartOfInterval(window_start, toIntervalSecond({rounding:UInt32}))) AS t,
          %s AS label,
          %s AS value
      FROM %s.efficiency_10s FINAL
      WHERE window_start >= now() - {seconds:UInt32} AND %s
      GROUP BY t, label
      HAVING t + {rounding:UInt32} <= (SELECT toUnixTimestamp(max(window_start)) + 10 FROM %3$s.efficiency_10s)
      ORDER BY t, label""";

  private static final String FROM_VIEW =
      """
      SELECT
          toUnixTimestamp(time) AS t,
          %s AS label,
          %s AS value
      FROM %s.efficiency(window_s = {rounding:UInt32})
      WHERE time >= now() - {seconds:UInt32} AND time + {rounding:UInt32} <= data_up_to AND %s
      GROUP BY t, label
      ORDER BY t, label""";

  /** Ratios are ratios of sums; a percentile is shown for its own group, never averaged. */
  public static List<DashboardChart> all(String database) {
    return List.of(
        facts(
            "Output tokens/J by hardware",
            "hardware",
            "sum(output_tokens_metered) * 1000 / nullIf(sum(gpu_mj_metered), 0)",
            database,
            "output_tokens_metered > 0"),
        facts(
            "Watts per GPU by hardware",
            "hardware",
            "sum(gpu_mj) / nullIf(sum(observed_ms), 0)",
            database,
            "observed_ms > 0"),
        view(
            "$/Mtok output, EXAMPLE prices",
            "hardware",
            "sum(usd_active) * 1e6 / nullIf(sum(output_tokens), 0)",
            database,
            "usd_null_reason = '' AND output_tokens > 0"),
        view(
            "P95 TTFT, seconds",
            "concat(region, ' ', hardware, ' ', model)",
            "max(p95_ttft_engine_s)",
            database,
            "p95_ttft_engine_s IS NOT NULL"),
        view(
            "Output tokens/s by model",
            "model",
            "sum(output_tokens_per_s)",
            database,
            "model != '' AND output_tokens_per_s IS NOT NULL"),
        facts(
            "Coverage by region",
            "region",
            "sum(observed_ms) / nullIf(sum(expected_ms), 0)",
            database,
            "expected_ms > 0"));
  }

  private static DashboardChart facts(
      String title, String label, String value, String database, String where) {
    return new DashboardChart(title, FROM_FACTS.formatted(label, value, database, where));
  }

  private static DashboardChart view(
      String title, String label, String value, String database, String where) {
    return new DashboardChart(title, FROM_VIEW.formatted(label, value, database, where));
  }
}
