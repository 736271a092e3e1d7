package io.tokenwatt.storage.schema;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.Quality;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
