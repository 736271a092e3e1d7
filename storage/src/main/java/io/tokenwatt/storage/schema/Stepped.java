package io.tokenwatt.storage.schema;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.Quality;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the views for pictures (R75 and following) are filled in with: groups and choices. */
final class Stepped {
  /** Dimensions that a dashboard chooses by, and the parameter that holds the values to keep. */
  private static final Map<String, String> CHOICES =
      Map.of(
          "region", "regions", "cluster", "clusters", "hardware", "hardwares", "model", "models");

  private Stepped() {}

  static Map<String, String> values() {
    return Map.of(
        "by_columns",
        each(d -> "if(has({by:Array(String)}, '%1$s'), c.%1$s, '') AS %1$s".formatted(d)),
        "by_names",
        String.join(", ", Cell.COLUMNS),
        "chosen",
        chosen("region", "cluster", "hardware", "model"),
        "chosen_boards",
        chosen("region", "cluster", "hardware"),
        "chosen_models",
        chosen("model"),
        "quality_labels",
        Arrays.stream(Quality.values())
            .map(quality -> "'" + quality.label() + "'")
            .collect(Collectors.joining(", ")));
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

  private static String each(Function<String, String> column) {
    return Cell.COLUMNS.stream().map(column).collect(Collectors.joining(",\n            "));
  }

  /** Empty and '*' keep all. */
  private static String chosen(String... dimensions) {
    return List.of(dimensions).stream()
        .map(
            d ->
                "(empty({%2$s:Array(String)}) OR has({%2$s:Array(String)}, '*') OR has({%2$s:Array(String)}, c.%1$s))"
                    .formatted(d, CHOICES.get(d)))
        .collect(Collectors.joining("\n            AND "));
  }
}
