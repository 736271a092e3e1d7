package io.tokenwatt.quickstart.view;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import java.util.Arrays;
import java.util.List;

/**
 * The latest window of each region x hardware x model in the last ten minutes, from the view {@code
 * efficiency}. Thread-safe.
 *
 * @param windowS length of a window, a multiple of 10 s
 */
public record LiveQuery(Store store, int windowS) {
  static final String UNALLOCATED = "(unallocated)";
  static final String TRAINING = "(training)";

  private static final String SQL =
      """
      SELECT
          toInt64(toUnixTimestamp(least(time + INTERVAL %1$d SECOND, data_up_to))) AS window_end_s,
          region,
          hardware,
          multiIf(model != '', model, gpu_unallocated_s > 0, '%2$s',
              (region, hardware) IN (
                  SELECT region, hardware FROM %3$s.efficiency_10s
                  WHERE kind = 'training' AND window_start >= now() - INTERVAL 10 MINUTE),
              '%4$s', '(unattributed)') AS shown_model,
          output_tokens_per_joule,
          1 / joules_per_prompt_token AS prompt_tokens_per_joule,
          joules_per_request,
          usd_per_mtok_output_active,
          p95_ttft_engine_s,
          if(p95_ttft_engine_s_saturated, p95_ttft_engine_s_lo, NULL) AS p95_ttft_floor_s,
          coverage,
          output_tokens_per_s,
          prompt_tokens_per_s,
          watts,
          energy_null_reason,
          if(usd_per_mtok_output_active IS NOT NULL OR output_tokens IS NULL, '', e.usd_null_reason)
              AS usd_null_reason,
          arrayStringConcat(quality, ',') AS flags
      FROM %3$s.efficiency(window_s = %1$d) AS e
      WHERE time >= now() - INTERVAL 10 MINUTE
      ORDER BY time DESC
      LIMIT 1 BY region, hardware, model
      """;

  /** The rows now; none before the first window is there. */
  public List<LiveRow> read() {
    String sql = SQL.formatted(windowS, UNALLOCATED, store.config().database(), TRAINING);
    return store.rows(sql).stream().map(LiveQuery::row).toList();
  }

  private static LiveRow row(GenericRecord row) {
    return new LiveRow(
        row.getString("region"),
        row.getString("hardware"),
        row.getString("shown_model"),
        number(row, "output_tokens_per_joule"),
        number(row, "prompt_tokens_per_joule"),
        number(row, "joules_per_request"),
        number(row, "usd_per_mtok_output_active"),
        number(row, "p95_ttft_engine_s"),
        number(row, "p95_ttft_floor_s"),
        number(row, "coverage"),
        number(row, "output_tokens_per_s"),
        number(row, "prompt_tokens_per_s"),
        number(row, "watts"),
        row.getString("energy_null_reason"),
        row.getString("usd_null_reason"),
        Arrays.stream(row.getString("flags").split(",")).filter(f -> !f.isEmpty()).toList(),
        row.getLong("window_end_s"));
  }

  private static Double number(GenericRecord row, String column) {
    return row.hasValue(column) ? Double.valueOf(row.getDouble(column)) : null;
  }
}
