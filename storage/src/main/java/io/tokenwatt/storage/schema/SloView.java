package io.tokenwatt.storage.schema;

import io.tokenwatt.model.RequestSketch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What R51__slo_attainment.sql is filled in with, once per view.
 *
 * @param time of a row of request facts, as an expression
 * @param rows the request facts, called {@code c}
 * @param condition which of them count
 */
record SloView(String name, String time, String rows, String modifier, String condition) {

  /** Upper ends of what is counted of a sketch: below with each target's bucket, and of all. */
  private static final String ENDS =
      "arraySort(arrayDistinct(arrayFlatten(arrayMap(t -> [t.2, t.2 + 1, 2147483647], arrayFilter(t -> t.1 = '%1$s', targets))))) AS %1$s_ends";

  private static final String SUMS =
      "sumForEach(arrayMap(b -> arraySum((i, n) -> if(i < b, n, 0), c.%1$s_index, c.%1$s_count), %1$s_ends)) AS %1$s";

  private static final String COUNTS =
      "of_measure = '%1$s', [g.%1$s[indexOf(%1$s_ends, target_bucket)], g.%1$s[indexOf(%1$s_ends, target_bucket + 1)], g.%1$s[-1]]";

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
    Map<String, String> values = new HashMap<>();
    values.put("target_ends", each(ENDS));
    values.put("target_sums", each(SUMS));
    values.put("target_counts", "multiIf(" + each(COUNTS) + ", emptyArrayInt64())");
    values.put("view", name);
    values.put("time", time);
    values.put("rows", rows);
    values.put("final", modifier);
    values.put("condition", condition);
    return values;
  }

  private static String each(String sketch) {
    return Arrays.stream(RequestSketch.values())
        .map(s -> sketch.formatted(s.column()))
        .collect(Collectors.joining(", "));
  }
}
