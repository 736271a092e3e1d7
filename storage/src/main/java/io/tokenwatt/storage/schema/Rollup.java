package io.tokenwatt.storage.schema;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.RequestMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What R2__rollups.sql is filled in with, once per rollup. Sums come from the enums, so that a new
 * measure cannot be left out.
 *
 * @param fine the table that is summed
 * @param coarse the table that takes the sums
 * @param key the identity of a coarse row, besides its window
 * @param aggregates every other column as {@code expression AS name}; {@code f} is the fine table
 * @param perNode one row per node or board instead of per cell: too many to look through for where
 *     the last run stood, so that at most {@value #LOOK_BACK_DAYS} days are looked back
 */
record Rollup(
    String fine, String coarse, List<String> key, List<String> aggregates, boolean perNode) {
  private static final int LOOK_BACK_DAYS = 7;
  private static final List<String> CELL = join(Cell.COLUMNS, List.of("cell_id"));
  private static final List<String> PLACE = List.of("region", "zone", "cluster", "site", "rack");

  static final List<Rollup> ALL =
      Stream.of(
              both("efficiency", CELL, efficiency(), false),
              both(
                  "latency",
                  join(CELL, List.of("vantage", "measure", "bounds_id")),
                  latency(),
                  false),
              both(
                  "request",
                  join(CELL, List.of("service_class", "tenant", "client_region", "adapter")),
                  requests(),
                  false),
              both("gpu", List.of("node", "gpu"), boards(), true),
              both("engine", List.of("node", "instance", "model"), engines(), true),
              List.of(new Rollup("node_10s", "node_1m", List.of("node"), nodes(), true)))
          .flatMap(List::stream)
          .toList();

  /**
   * @param settings of the whole schema
   */
  Map<String, String> values(Map<String, String> settings) {
    boolean minutes = coarse.endsWith("_1m");
    return Map.of(
        "fine",
        fine,
        "coarse",
        coarse,
        "bucket",
        minutes ? "toStartOfMinute" : "toStartOfHour",
        "keep_fine_days",
        settings.get(minutes ? "keep_10s_days" : "keep_1m_days"),
        "every",
        perNode ? "5 MINUTE" : "1 MINUTE",
        "look_back",
        perNode ? "toInt64(now()) - " + LOOK_BACK_DAYS * 86_400 : "0",
        "key",
        String.join(", ", key),
        "aggregates",
        String.join(",\n    ", aggregates));
  }

  private static List<Rollup> both(
      String facts, List<String> key, List<String> aggregates, boolean perNode) {
    return List.of(
        new Rollup(facts + "_10s", facts + "_1m", key, aggregates, perNode),
        new Rollup(facts + "_1m", facts + "_1h", key, aggregates, perNode));
  }

  private static List<String> efficiency() {
    return join(
        sums(CellMeasure.values(), CellMeasure::column),
        List.of(
            "groupBitOr(f.quality) AS quality",
            "max(f.source_period_ms) AS source_period_ms",
            "max(f.nodes) AS nodes",
            "if(uniqExact(f.attribution_method) > 1, 'mixed', any(f.attribution_method)) AS attribution_method",
            "if(countIf(f.microusd_live < 0 AND f.gpu_ms > 0) > 0, -1, sum(greatest(f.microusd_live, 0))) AS microusd_live",
            "max(f.price_version) AS price_version"));
  }

  private static List<String> latency() {
    return List.of(
        "any(f.bounds_ns) AS bounds_ns",
        "sumForEach(f.counts) AS counts",
        "sum(f.sum_us) AS sum_us");
  }

  private static List<String> requests() {
    List<String> all = new ArrayList<>(sums(RequestMeasure.values(), RequestMeasure::column));
    for (String latency : List.of("ttft", "e2e", "tpot")) {
      for (String vantage : List.of("gateway", "client")) {
        String sketch = latency + "_" + vantage;
        String sum = "sumMap(f.%s_index, f.%s_count)".formatted(sketch, sketch);
        all.add(sum + ".1 AS " + sketch + "_index");
        all.add(sum + ".2 AS " + sketch + "_count");
      }
    }
    all.add("max(f.slo_version) AS slo_version");
    return all;
  }

  /** What describes a board or an engine is as it last was in the window. */
  private static List<String> boards() {
    return join(
        latest(PLACE),
        latest(List.of("gpu_index", "hardware", "driver", "workload", "state")),
        List.of("groupBitOr(f.throttle_reasons) AS throttle_reasons"),
        latest(List.of("xid_last")),
        sums(GpuMeasure.values(), GpuMeasure::column),
        List.of("groupBitOr(f.quality) AS quality", "max(f.source_period_ms) AS source_period_ms"));
  }

  private static List<String> engines() {
    return join(
        latest(PLACE),
        latest(List.of("engine", "workload", "deployment", "role")),
        sums(EngineMeasure.values(), EngineMeasure::column),
        List.of("groupBitOr(f.quality) AS quality"));
  }

  private static List<String> nodes() {
    return join(
        latest(PLACE),
        sums(NodeMeasure.values(), NodeMeasure::column),
        List.of("groupBitOr(f.quality) AS quality", "max(f.source_period_ms) AS source_period_ms"));
  }

  private static <M> List<String> sums(M[] measures, Function<M, String> column) {
    return Arrays.stream(measures)
        .map(column)
        .map(name -> "sum(f." + name + ") AS " + name)
        .toList();
  }

  private static List<String> latest(List<String> columns) {
    return columns.stream()
        .map(name -> "argMax(f." + name + ", f.window_start) AS " + name)
        .toList();
  }

  @SafeVarargs
  private static List<String> join(List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).toList();
  }
}
