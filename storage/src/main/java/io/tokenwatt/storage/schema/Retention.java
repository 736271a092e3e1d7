package io.tokenwatt.storage.schema;

import java.util.Map;

/**
 * How long rows stay, the one place that says so. A change is applied by the next {@code schema
 * apply}; shortening it deletes rows at ClickHouse's next merges.
 *
 * @param days10s all 10 s tables and rejects, in days; at least 2. 30 days can be backfilled: the
 *     last day is not rolled up any more
 * @param days1m efficiency_1m, in days
 * @param months1h efficiency_1h, in months; at least 25, so that a month can be compared with the
 *     same month two years before
 */
public record Retention(int days10s, int days1m, int months1h) {
  public static final Retention DEFAULT = new Retention(35, 180, 26);

  public Retention {
    if (days10s < 2 || days1m < days10s || months1h < 25) {
      throw new IllegalArgumentException(
          "retention must be: 10 s rows >= 2 days, 1 min rows no shorter than 10 s rows,"
              + " 1 h rows >= 25 months; got "
              + days10s
              + " d, "
              + days1m
              + " d, "
              + months1h
              + " months");
    }
  }

  Map<String, String> values() {
    return Map.of(
        "keep_10s_days", Integer.toString(days10s),
        "keep_1m_days", Integer.toString(days1m),
        "keep_1h_months", Integer.toString(months1h));
  }
}
