package io.tokenwatt.storage.schema;

import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What R50__requests_view.sql is filled in with, once per view.
 *
 * @param name of the view
 * @param dimensions columns that a row is about
 */
record RequestView(String name, List<String> dimensions) {
  static final List<RequestView> ALL =
      List.of(
          new RequestView("requests", List.of("region", "hardware", "model", "service_class")),
          new RequestView(
              "requests_by_tenant",
              List.of(
                  "region",
                  "hardware",
                  "model",
                  "service_class",
                  "workload",
                  "owner",
                  "tenant",
                  "client_region",
                  "adapter")));

  Map<String, String> values() {
    Map<String, String> values = new HashMap<>(sketches("f"));
    values.put("view", name);
    values.put("dimensions", String.join(", ", dimensions));
    values.put(
        "sums",
        lines(
            Arrays.stream(RequestMeasure.values())
                .map(m -> "sum(f.%s) AS %s".formatted(m.column(), m.column()))));
    values.put("quantiles", lines(quantiles().stream()));
    return values;
  }

  /**
   * Each sketch summed, a tuple of indexes and counts; every view over sketches begins so.
   *
   * @param rows alias of what is summed
   */
  static Map<String, String> sketches(String rows) {
    return Map.of(
        "sketches",
        lines(
            Arrays.stream(RequestSketch.values())
                .map(
                    s ->
                        "sumMap(%2$s.%1$s_index, %2$s.%1$s_count) AS %1$s"
                            .formatted(s.column(), rows))));
  }

  /** Of each sketch so summed; {@code growth} is a name for 1.01 / 0.99. */
  static List<String> quantiles() {
    List<String> columns = new ArrayList<>();
    for (RequestSketch sketch : RequestSketch.values()) {
      for (int percent : new int[] {50, 95, 99}) {
        columns.add(
            ("if(empty(%1$s.1), NULL, 2 * pow(growth, arrayFirst((i, c) -> c >= %2$s * arraySum(%1$s.2),"
                    + " %1$s.1, arrayCumSum(%1$s.2))) / (growth + 1) / 1e6) AS p%3$d_%1$s_s")
                .formatted(
                    sketch.column(), String.format(Locale.ROOT, "%.2f", percent / 100.0), percent));
      }
      columns.add("toInt64(arraySum(%1$s.2)) AS %1$s_n".formatted(sketch.column()));
    }
    return columns;
  }

  static String lines(Stream<String> columns) {
    return columns.collect(Collectors.joining(",\n            "));
  }
}
