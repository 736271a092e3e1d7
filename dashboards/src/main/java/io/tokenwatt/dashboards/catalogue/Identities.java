package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.Thresholds;
import io.tokenwatt.dashboards.source.Unit;

/**
 * The accounting laws as sums that anybody may repeat. They are over the chosen range but never
 * over choices: a law holds for the whole store. The last two minutes are left out, for the two
 * sides of an identity are not written in the same moment.
 */
final class Identities {
  private static final String T0 = "toStartOfMinute($__fromTime + INTERVAL 59 SECOND)";
  private static final String TENS = "window_start >= " + T0 + " AND window_start < up_to";
  private static final String HOURS =
      "window_start >= toStartOfHour($__fromTime + INTERVAL 3599 SECOND) AND window_start < hours_up_to";

  private Identities() {}

  static Table table(int id) {
    return Table.of(
        Head.of(
                id,
                "Accounting identities",
                """
                Both sides are sums of whole numbers, so the difference is exactly 0: energy is conserved, board time is in one \
                state, tokens of engines are tokens of cells, and rollups say what the 10 s say. All regions, whatever is chosen \
                above; up to two minutes before the range's end and the newest rollup. Anything but 0 is a defect of Tokenwatt or \
                of the store: please report it. Hours are compared once a whole one is rolled up.""")
            .size(24, 8),
        Query.rows(
            """
            WITH
                (SELECT max(window_start) FROM efficiency_1m) AS minutes_rolled,
                (SELECT max(window_start) FROM efficiency_1h) AS hours_rolled,
                least(toStartOfMinute($__toTime), minutes_rolled) - INTERVAL 2 MINUTE AS up_to,
                least(toStartOfHour($__toTime), hours_rolled) AS hours_up_to
            SELECT sides.1 AS identity, sides.2 AS unit, sides.3 AS left_side, sides.4 AS right_side, right_side - left_side AS difference
            FROM
            (
                SELECT arrayJoin([
                    ('energy of cells = energy of boards', 'mJ', %s, %s),
                    ('energy by state = energy of cells', 'mJ', %s, %s),
                    ('board time by state = board time held', 'ms', %s, %s),
                    ('tokens of engines = tokens of cells and of prefill', 'tokens', %s, %s),
                    ('energy: 10 s = 1 min', 'mJ', %s, %s),
                    ('tokens: 10 s = 1 min', 'tokens', %s, %s),
                    ('energy: 1 min = 1 h', 'mJ', %s, %s)]) AS sides
            )"""
                .formatted(
                    tens("gpu_mj", "efficiency_10s"),
                    tens("energy_mj", "gpu_10s"),
                    tens(
                        "gpu_busy_mj + gpu_loaded_idle_mj + gpu_unallocated_mj + gpu_unknown_mj",
                        "efficiency_10s"),
                    tens("gpu_mj", "efficiency_10s"),
                    tens(
                        "gpu_busy_ms + gpu_loaded_idle_ms + gpu_unallocated_ms + gpu_unknown_ms",
                        "efficiency_10s"),
                    tens("gpu_ms", "efficiency_10s"),
                    tens("output_tokens", "engine_10s"),
                    tens("output_tokens + prefill_output_tokens", "efficiency_10s"),
                    tens("gpu_mj", "efficiency_10s"),
                    tens("gpu_mj", "efficiency_1m"),
                    tens("output_tokens", "efficiency_10s"),
                    tens("output_tokens", "efficiency_1m"),
                    sum("gpu_mj", "efficiency_1m", HOURS),
                    sum("gpu_mj", "efficiency_1h", HOURS))),
        Column.text("identity", "Identity").wide(360),
        Column.text("unit", "Unit").wide(90),
        Column.number("left_side", "Left", Scale.of(Unit.NONE, 0)),
        Column.number("right_side", "Right", Scale.of(Unit.NONE, 0)),
        Column.number(
            "difference",
            "Difference",
            Scale.of(Unit.NONE, 0).free().judged(Thresholds.onlyZeroIsGood())));
  }

  private static String tens(String what, String table) {
    return sum(what, table, TENS);
  }

  private static String sum(String what, String table, String where) {
    return "(SELECT toInt64(sum(%s)) FROM %s FINAL WHERE %s)".formatted(what, table, where);
  }
}
