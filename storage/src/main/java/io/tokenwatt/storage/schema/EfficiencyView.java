package io.tokenwatt.storage.schema;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.Quality;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What R3__efficiency_view.sql is filled in with, once per view.
 *
 * @param dimensions columns of the cell that a row of the view is counted by
 * @param source which tables it reads
 */
record EfficiencyView(String name, List<String> dimensions, Source source) {

  /** The tables of one resolution: the views differ in nothing else. */
  enum Source {
    TEN_SECONDS("", "10s", 10),
    MINUTES("_by_minute", "1m", 60),
    HOURS("_by_hour", "1h", 3600);

    private final String suffix;
    private final String tables;
    private final int seconds;

    Source(String suffix, String tables, int seconds) {
      this.suffix = suffix;
      this.tables = tables;
      this.seconds = seconds;
    }
  }

  static final List<EfficiencyView> ALL =
      Arrays.stream(Source.values())
          .flatMap(
              source ->
                  Stream.of(
                      new EfficiencyView(
                          "efficiency" + source.suffix,
                          List.of("region", "hardware", "model"),
                          source),
                      new EfficiencyView("efficiency_cells" + source.suffix, Cell.COLUMNS, source)))
          .toList();

  /** What a price and a share of idle boards are looked up by. */
  private static final List<String> PRICE_KEY =
      List.of("region", "cluster", "provider", "purchase_option", "hardware");

  private static final List<String> LATENCIES = List.of("ttft", "itl", "e2e", "queue");
  private static final List<String> QUANTILES = List.of("p50", "p95", "p99");

  Map<String, String> values() {
    Set<String> priceDimensions = new LinkedHashSet<>(dimensions);
    priceDimensions.addAll(PRICE_KEY);
    Map<String, String> values = new HashMap<>();
    values.put("view", name);
    values.put("facts", "efficiency_" + source.tables);
    values.put("latencies", "latency_" + source.tables);
    values.put("base_s", Integer.toString(source.seconds));
    values.put("dimensions", String.join(", ", dimensions));
    values.put("price_dimensions", String.join(", ", priceDimensions));
    values.put("joined_dimensions", joined(dimensions.stream().map(d -> "c." + d + " AS " + d)));
    values.put("latency_columns", joined(latencyColumns().stream()));
    values.put(
        "quality_labels",
        Arrays.stream(Quality.values())
            .map(quality -> "'" + quality.label() + "'")
            .collect(Collectors.joining(", ")));
    return values;
  }

  /**
   * Per latency its count, per quantile the value, the ends of its bucket, whether it saturated.
   */
  private static List<String> latencyColumns() {
    List<String> columns = new ArrayList<>();
    for (String latency : LATENCIES) {
      for (int i = 0; i < QUANTILES.size(); i++) {
        String quantile = "l." + latency + "[" + (i + 1) + "]";
        String column = QUANTILES.get(i) + "_" + latency + "_engine_s";
        columns.add(quantile + ".value AS " + column);
        columns.add(quantile + ".lo AS " + column + "_lo");
        columns.add(quantile + ".hi AS " + column + "_hi");
        columns.add(quantile + ".saturated AS " + column + "_saturated");
      }
      columns.add("l." + latency + "_n AS " + latency + "_engine_n");
    }
    return columns;
  }

  private static String joined(Stream<String> columns) {
    return columns.collect(Collectors.joining(",\n    "));
  }
}
