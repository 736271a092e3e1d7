package io.tokenwatt.storage.schema;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.Quality;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the views for pictures (R75 and following) are filled in with: groups and choices. */
final class Stepped {
  private static final Collector<CharSequence, ?, String> JOINED = Collectors.joining(", ");

  private Stepped() {}

  static Map<String, String> values() {
    return Map.of(
        "by_columns",
        each(d -> "if(has({by:Array(String)}, '%1$s'), c.%1$s, '') AS %1$s".formatted(d)),
        "by_names",
        String.join(", ", Cell.COLUMNS),
        "and_rows",
        "",
        "and_chosen",
        and(chosen("region", "cluster", "hardware", "model")),
        "and_chosen_boards",
        and(chosen("region", "cluster", "hardware")),
        "chosen_models",
        chosen("model"),
        "quality_labels",
        Arrays.stream(Quality.values())
            .map(quality -> "'" + quality.label() + "'")
            .collect(Collectors.joining(", ")));
  }

  /**
   * What the others here say otherwise where it is known by what to group and what a caller may
   * choose: groups are those dimensions alone, and rows are left out where they are read.
   *
   * @param parameters of the call
   */
  static Map<String, String> narrow(List<String> by, Set<String> parameters) {
    String columns = by.stream().map(d -> "c.%1$s AS %1$s".formatted(d)).collect(JOINED);
    String names = String.join(", ", by);
    String rows =
        Stream.of("region", "cluster", "hardware", "model", "node")
            .filter(d -> parameters.contains(d + "s"))
            .map(d -> " AND " + kept(d, d))
            .collect(Collectors.joining());
    return Map.of(
        "by_columns", columns,
        "board_groups", columns,
        "by_names", names,
        "board_names", names,
        "and_rows", rows,
        "and_nodes", rows,
        "and_chosen", "",
        "and_chosen_boards", "",
        "condition", "1",
        "chosen_models", kept("model", "c.model"));
  }

  /** As {@link #values}, for request facts too. */
  static Map<String, String> requests() {
    Map<String, String> values = new HashMap<>(values());
    values.putAll(RequestView.sketches("c"));
    values.put("quantiles", RequestView.lines(RequestView.quantiles().stream()));
    values.put("request_columns", String.join(", ", Between.requests()));
    return values;
  }

  /** For boards, which have no cell. */
  static Map<String, String> boards() {
    List<String> texts = List.of("node", "gpu", "region", "cluster", "rack", "hardware");
    List<String> measures = Arrays.stream(GpuMeasure.values()).map(GpuMeasure::column).toList();
    List<String> described =
        List.of("gpu_index", "driver", "workload", "state", "throttle_reasons", "xid_last");
    Map<String, String> values = new HashMap<>(values());
    values.put("and_nodes", and(chosen("node").replace("c.node", "node")));
    values.put(
        "board_names",
        String.join(
            ", ", List.of("node", "gpu", "gpu_index", "region", "cluster", "rack", "hardware")));
    values.put(
        "board_groups",
        texts.stream()
                .map(d -> "if(has({by:Array(String)}, '%1$s'), c.%1$s, '') AS %1$s".formatted(d))
                .collect(Collectors.joining(",\n            "))
            + ",\n            if(has({by:Array(String)}, 'gpu_index'), c.gpu_index, -1) AS gpu_index");
    values.put(
        "board_columns",
        Stream.of(
                List.of("window_start"),
                texts,
                described,
                measures,
                List.of("quality", "source_period_ms"))
            .flatMap(List::stream)
            .collect(Collectors.joining(", ")));
    values.put(
        "board_sums",
        measures.stream()
            .map(m -> "sum(c.%1$s) AS %1$s".formatted(m))
            .collect(Collectors.joining(",\n            ")));
    return values;
  }

  private static String kept(String dimension, String column) {
    return "(has({%1$ss:Array(String)}, '*') OR has({%1$ss:Array(String)}, %2$s))"
        .formatted(dimension, column);
  }

  private static String and(String condition) {
    return "\n            AND " + condition;
  }

  private static String each(Function<String, String> column) {
    return Cell.COLUMNS.stream().map(column).collect(Collectors.joining(",\n            "));
  }

  /** Empty and '*' keep all. */
  static String chosen(String... dimensions) {
    return List.of(dimensions).stream()
        .map(
            d ->
                "(empty({%1$ss:Array(String)}) OR has({%1$ss:Array(String)}, '*') OR has({%1$ss:Array(String)}, c.%1$s))"
                    .formatted(d))
        .collect(Collectors.joining("\n            AND "));
  }
}
