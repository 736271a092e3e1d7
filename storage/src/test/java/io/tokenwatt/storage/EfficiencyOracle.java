package io.tokenwatt.storage;

import static io.tokenwatt.model.CellMeasure.TOKENS_OBSERVED_MS;
import static io.tokenwatt.storage.Sums.mean;
import static io.tokenwatt.storage.Sums.sum;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.LatencyRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * View efficiency computed slowly, one group at a time, from the rows themselves; null where the
 * view has to say NULL.
 */
final class EfficiencyOracle {
  record Key(long time, List<String> dimensions) {}

  private final Fleet fleet;
  private final long windowS;
  private final Function<Cell, List<String>> dimensions;

  EfficiencyOracle(Fleet fleet, long windowS, Function<Cell, List<String>> dimensions) {
    this.fleet = fleet;
    this.windowS = windowS;
    this.dimensions = dimensions;
  }

  Map<Key, Map<String, Object>> groups() {
    Map<Key, List<CellRow>> rows =
        fleet.cells.stream().collect(Collectors.groupingBy(r -> key(r.windowStartMs(), r.cell())));
    Map<List<String>, List<CellRow>> ofAllTimes =
        fleet.cells.stream().collect(Collectors.groupingBy(r -> dimensions.apply(r.cell())));
    Map<Key, List<LatencyRow>> latencies =
        fleet.latencies.stream()
            .filter(row -> row.vantage().equals("engine") && isOfTheRequest(row))
            .collect(Collectors.groupingBy(r -> key(r.windowStartMs(), r.cell())));
    Map<Key, Map<String, Object>> groups = new HashMap<>();
    rows.forEach(
        (key, own) -> {
          Map<String, Object> columns = new HashMap<>();
          List<LatencyRow> mine = latencies.getOrDefault(key, List.of());
          new EnergyOracle(own, windowS, mine).energy(columns);
          new MoneyOracle(fleet, windowS).money(own, columns);
          rates(seconds(key.time(), ofAllTimes.get(key.dimensions())), own, columns);
          gauges(own, columns);
          trust(own, columns);
          for (String measure : List.of("ttft", "itl", "e2e", "queue")) {
            latency(measure, mine, columns);
          }
          groups.put(key, columns);
        });
    return groups;
  }

  /** A prefill server's requests end with the prompt; a decode server's begin after it. */
  private static boolean isOfTheRequest(LatencyRow row) {
    return switch (row.cell().role()) {
      case "prefill" -> !row.measure().equals("itl") && !row.measure().equals("e2e");
      case "decode" -> !row.measure().equals("ttft");
      default -> true;
    };
  }

  private Key key(long windowStartMs, Cell cell) {
    return new Key(bucket(windowStartMs), dimensions.apply(cell));
  }

  private long bucket(long windowStartMs) {
    return windowStartMs / 1000 / windowS * windowS;
  }

  private Double seconds(long time, List<CellRow> group) {
    OptionalDouble seconds = new SecondsOfData(group).between(time * 1000, (time + windowS) * 1000);
    return seconds.isEmpty() ? null : Double.valueOf(seconds.getAsDouble());
  }

  /** What one board or engine did on average while it was read, times how many there were. */
  private void rates(Double seconds, List<CellRow> rows, Map<String, Object> out) {
    boolean tooFine = rows.stream().anyMatch(row -> row.sourcePeriodMs() > windowS * 1000);
    out.put("seconds", seconds);
    Double engines = count(seconds, rows, CellMeasure.TOKENS_EXPECTED_MS, TOKENS_OBSERVED_MS);
    Map.of(
            "output_tokens_per_s", CellMeasure.OUTPUT_TOKENS,
            "prompt_tokens_per_s", CellMeasure.PROMPT_TOKENS,
            "requests_per_s", CellMeasure.REQUESTS_FINISHED)
        .forEach(
            (column, measure) ->
                out.put(column, times(mean(rows, measure, TOKENS_OBSERVED_MS, 1e-3), engines)));
    Double metered = count(seconds, rows, CellMeasure.EXPECTED_MS, CellMeasure.OBSERVED_MS);
    Double perBoard = mean(rows, CellMeasure.GPU_MJ, CellMeasure.OBSERVED_MS, 1);
    out.put("watts", tooFine ? null : times(perBoard, metered));
    Double read = count(seconds, rows, CellMeasure.EXPECTED_MS, CellMeasure.GPU_MS);
    out.put("gpus", read);
    boolean noMeter = sum(rows, CellMeasure.NODE_OBSERVED_MS) == 0;
    Double nodePerBoard = mean(rows, CellMeasure.NODE_MJ, CellMeasure.GPU_MS, 1);
    out.put("watts_node", tooFine || noMeter ? null : times(nodePerBoard, read));
  }

  /** How many there were on average: those expected, or those read if that is more. */
  private static Double count(
      Double seconds, List<CellRow> rows, CellMeasure expected, CellMeasure read) {
    double ms = Math.max(sum(rows, expected), sum(rows, read));
    return seconds == null ? null : Double.valueOf(ms / 1000 / seconds);
  }

  private static Double times(Double a, Double b) {
    return a == null || b == null ? null : Double.valueOf(a * b);
  }

  private void gauges(List<CellRow> rows, Map<String, Object> out) {
    boolean tokens = sum(rows, TOKENS_OBSERVED_MS) > sum(rows, CellMeasure.TOKENS_PROMPT_ONLY_MS);
    out.put("output_tokens", tokens ? sum(rows, CellMeasure.OUTPUT_TOKENS) : null);
    out.put(
        "sm_active",
        mean(rows, CellMeasure.SM_ACTIVE_PPM_MS, CellMeasure.SM_ACTIVE_OBSERVED_MS, 1e6));
    out.put(
        "dram_active",
        mean(rows, CellMeasure.DRAM_ACTIVE_PPM_MS, CellMeasure.DRAM_ACTIVE_OBSERVED_MS, 1e6));
    out.put("hbm_gbps", mean(rows, CellMeasure.HBM_KB, CellMeasure.HBM_OBSERVED_MS, 1e3));
  }

  private void trust(List<CellRow> rows, Map<String, Object> out) {
    out.put("coverage", mean(rows, CellMeasure.OBSERVED_MS, CellMeasure.EXPECTED_MS, 1));
    out.put("token_coverage", mean(rows, TOKENS_OBSERVED_MS, CellMeasure.TOKENS_EXPECTED_MS, 1));
    int bits = rows.stream().mapToInt(CellRow::quality).reduce(0, (a, b) -> a | b);
    List<String> labels = new ArrayList<>();
    for (Quality quality : Quality.values()) {
      if ((bits & quality.bit()) != 0) {
        labels.add(quality.label());
      }
    }
    out.put("quality", labels);
    List<String> methods = rows.stream().map(CellRow::attributionMethod).distinct().toList();
    out.put("attribution_method", methods.size() == 1 ? methods.get(0) : "mixed");
  }

  private static void latency(String measure, List<LatencyRow> all, Map<String, Object> out) {
    List<LatencyRow> rows = all.stream().filter(r -> r.measure().equals(measure)).toList();
    String suffix = "_" + measure + "_engine_s";
    if (rows.isEmpty()) {
      out.put(measure + "_engine_n", null);
      List.of("p50", "p95", "p99").forEach(p -> out.put(p + suffix, null));
      return;
    }
    Histogram sum = Histogram.merge(rows.stream().map(EfficiencyOracle::histogram).toList());
    out.put(measure + "_engine_n", sum.observations());
    Map.of("p50", 0.5, "p95", 0.95, "p99", 0.99)
        .forEach(
            (name, q) -> {
              boolean none = sum.observations() == 0;
              boolean saturated = sum.saturated(q);
              double value = sum.quantile(q);
              out.put(name + suffix, none || saturated ? null : value);
              if (saturated) {
                out.put(name + suffix + "_lo", value);
              }
              out.put(name + suffix + "_saturated", none ? null : saturated ? "true" : "false");
            });
  }

  static Histogram histogram(LatencyRow row) {
    double[] bounds = new double[row.boundsNs().length + 1];
    for (int i = 0; i < row.boundsNs().length; i++) {
      bounds[i] = row.boundsNs()[i] / 1e9;
    }
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return Histogram.of(bounds, row.counts());
  }
}
