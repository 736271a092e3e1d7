package io.tokenwatt.storage.schema;

import java.util.HashMap;
import java.util.Map;

/**
 * What R51__slo_attainment.sql is filled in with, once per view.
 *
 * @param time of a row of request facts, as an expression
 * @param rows the request facts, called {@code c}
 * @param condition which of them count
 */
record SloView(String name, String time, String rows, String modifier, String condition) {

  /** By windows of any length, from the 10 s rows. */
  static SloView windows(String database) {
    return new SloView(
        "slo_attainment",
        "toStartOfInterval(window_start, toIntervalSecond({window_s:UInt32}))",
        database + ".request_10s",
        "FINAL",
        "throwIf({window_s:UInt32} = 0 OR {window_s:UInt32} % 10 != 0, 'window_s must be a multiple of 10 seconds') = 0");
  }

  /** By steps of a period, from the rollups, for pictures. */
  static SloView stepped(String database) {
    return new SloView(
        "slo_stepped",
        "c.time",
        database
            + ".request_cells_stepped(interval_s = {interval_s:UInt32}, since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')})",
        "",
        Stepped.chosen("region", "cluster", "hardware", "model"));
  }

  Map<String, String> values() {
    Map<String, String> values = new HashMap<>(RequestView.sketches("c"));
    values.put("view", name);
    values.put("time", time);
    values.put("rows", rows);
    values.put("final", modifier);
    values.put("condition", condition);
    return values;
  }
}
