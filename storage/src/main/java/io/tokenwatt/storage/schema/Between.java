package io.tokenwatt.storage.schema;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What R64__between.sql is filled in with, once per kind of facts.
 *
 * @param facts name of the tables without _10s, _1m, _1h
 */
record Between(String facts, List<String> columns) {
  static final List<Between> ALL =
      List.of(new Between("request", requests()), new Between("latency", latencies()));

  String view() {
    return facts + "_between";
  }

  Map<String, String> values() {
    return Map.of("view", view(), "facts", facts, "columns", String.join(", ", columns));
  }

  /** What request facts have, besides how they were written. */
  static List<String> requests() {
    List<String> all = cell();
    all.addAll(List.of("service_class", "tenant", "client_region", "adapter"));
    Arrays.stream(RequestMeasure.values()).map(RequestMeasure::column).forEach(all::add);
    for (RequestSketch sketch : RequestSketch.values()) {
      all.add(sketch.column() + "_index");
      all.add(sketch.column() + "_count");
    }
    return all;
  }

  private static List<String> latencies() {
    List<String> all = cell();
    all.addAll(List.of("vantage", "measure", "bounds_id", "bounds_ns", "counts"));
    return all;
  }

  private static List<String> cell() {
    List<String> all = new ArrayList<>(List.of("window_start"));
    all.addAll(Cell.COLUMNS);
    all.add("cell_id");
    return all;
  }
}
