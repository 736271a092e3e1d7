package io.tokenwatt.storage;

import static io.tokenwatt.model.CellMeasure.TOKENS_OBSERVED_MS;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.LatencyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
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
            .filter(row -> row.vantage().equals("engine"))
            .collect(Collectors.groupingBy(r -> key(r.windowStartMs(), r.cell())));
    Map<Key, Map<String, Object>> groups = new HashMap<>();
    rows.forEach(
        (key, own) -> {
          Map<String, Object> columns = new HashMap<>();
          energy(own, columns);
          money(own, columns);
          rates(seconds(key.time(), ofAllTimes.get(key.dimensions())), own, columns);
          gauges(own, columns);
          trust(own, columns);
          for (String measure : List.of("ttft", "itl", "e2e", "queue")) {
            latency(measure, latencies.getOrDefault(key, List.of()), columns);
          }
          groups.put(key, columns);
        });
    return groups;
  }

  private Key key(long windowStartMs, Cell cell) {
    return new Key(bucket(windowStartMs), dimensions.apply(cell));
  }

  private long bucket(long windowStartMs) {
    return windowStartMs / 1000 / windowS * windowS;
  }

  private void energy(List<CellRow> rows, Map<String, Object> out) {
    boolean tooFine = rows.stream().anyMatch(row -> row.sourcePeriodMs() > windowS * 1000);
    double tokens = sum(rows, CellMeasure.OUTPUT_TOKENS_METERED);
    double joules = sum(rows, CellMeasure.GPU_MJ_METERED) / 1000;
    double nodeTokens = sum(rows, CellMeasure.OUTPUT_TOKENS_NODE_METERED);
    double nodeJoules = sum(rows, CellMeasure.NODE_MJ_METERED) / 1000;
    boolean promptsKnown =
        sum(rows, CellMeasure.PROMPT_COMPUTED_OBSERVED_MS) >= sum(rows, TOKENS_OBSERVED_MS);
    double computed = sum(rows, CellMeasure.PROMPT_TOKENS_COMPUTED_METERED);
    Map<String, Object> ratios = new HashMap<>();
    ratios.put("output_tokens_per_joule", ratio(tokens, joules));
    ratios.put("total_tokens_per_joule", promptsKnown ? ratio(tokens + computed, joules) : null);
    ratios.put("joules_per_output_token", ratio(joules, tokens));
    ratios.put(
        "joules_per_request", ratio(joules, sum(rows, CellMeasure.REQUESTS_FINISHED_METERED)));
    ratios.put("kwh_per_mtok", ratio(joules / 3.6e6, tokens / 1e6));
    ratios.put("output_tokens_per_joule_node", ratio(nodeTokens, nodeJoules));
    ratios.put("joules_per_output_token_node", ratio(nodeJoules, nodeTokens));
    ratios.put("kwh_per_mtok_node", ratio(nodeJoules / 3.6e6, nodeTokens / 1e6));
    if (tooFine) {
      ratios.replaceAll((column, value) -> null);
    }
    out.putAll(ratios);
    out.put(
        "energy_null_reason",
        tooFine ? "source_period" : sum(rows, TOKENS_OBSERVED_MS) == 0 ? "no_tokens" : "");
  }

  private void money(List<CellRow> rows, Map<String, Object> out) {
    Double active = cost(rows, row -> at(row, CellMeasure.GPU_BUSY_MS));
    Double own = cost(rows, EfficiencyOracle::ownedMs);
    Double share = add(rows, row -> ownedMs(row) == 0 ? Double.valueOf(0) : share(row));
    Double allIn = own == null || share == null ? null : Double.valueOf(own + share);
    out.put("usd_held", cost(rows, row -> at(row, CellMeasure.GPU_MS)));
    out.put("usd_active", active);
    boolean example =
        rows.stream()
            .filter(row -> at(row, CellMeasure.GPU_MS) > 0)
            .anyMatch(row -> price(row).map(Price::example).orElse(false));
    out.put("example_prices", example ? "true" : "false");
    out.put("usd_all_in", allIn);
    String reason = whyNoDollarsPerToken(rows);
    double megatokens = sum(rows, CellMeasure.OUTPUT_TOKENS) / 1e6;
    boolean known = reason.isEmpty();
    out.put(
        "usd_per_mtok_output_active", known && active != null ? ratio(active, megatokens) : null);
    out.put("usd_per_mtok_output_all_in", known && allIn != null ? ratio(allIn, megatokens) : null);
    out.put("usd_null_reason", active == null || allIn == null ? "no_price" : reason);
    boolean unpriced =
        rows.stream().anyMatch(r -> r.microusdLive() < 0 && at(r, CellMeasure.GPU_MS) > 0);
    out.put(
        "usd_live",
        unpriced
            ? null
            : Double.valueOf(
                rows.stream().mapToDouble(r -> Math.max(r.microusdLive(), 0)).sum() / 1e6));
  }

  private static String whyNoDollarsPerToken(List<CellRow> rows) {
    double enginesRead = sum(rows, TOKENS_OBSERVED_MS);
    double boardsRead = sum(rows, CellMeasure.GPU_MS);
    if (enginesRead == 0 || sum(rows, CellMeasure.OUTPUT_TOKENS) == 0) {
      return "no_tokens";
    }
    if (enginesRead / sum(rows, CellMeasure.TOKENS_EXPECTED_MS) < 0.9) {
      return "token_coverage";
    }
    boolean boardsKnown = boardsRead > 0 && boardsRead / sum(rows, CellMeasure.EXPECTED_MS) >= 0.9;
    return boardsKnown ? "" : "board_coverage";
  }

  /** This row's part of what the boards cost that nobody held in its window, cluster, hardware. */
  private Double share(CellRow row) {
    List<CellRow> peers =
        fleet.cells.stream()
            .filter(peer -> bucket(peer.windowStartMs()) == bucket(row.windowStartMs()))
            .filter(peer -> peer.cell().region().equals(row.cell().region()))
            .filter(peer -> peer.cell().cluster().equals(row.cell().cluster()))
            .filter(peer -> peer.cell().hardware().equals(row.cell().hardware()))
            .toList();
    Double free = cost(peers, peer -> at(peer, CellMeasure.GPU_UNALLOCATED_MS));
    double owned = peers.stream().mapToDouble(EfficiencyOracle::ownedMs).sum();
    return free == null ? null : Double.valueOf(free * ownedMs(row) / owned);
  }

  private Double cost(List<CellRow> rows, ToDoubleFunction<CellRow> ms) {
    return add(
        rows,
        row -> {
          double held = ms.applyAsDouble(row);
          return held == 0
              ? Double.valueOf(0)
              : price(row).map(p -> held / 3.6e6 * p.usdPerGpuHour().doubleValue()).orElse(null);
        });
  }

  private Optional<Price> price(CellRow row) {
    Cell cell = row.cell();
    Instant at = Instant.ofEpochMilli(row.windowStartMs());
    return fleet.prices.stream()
        .filter(p -> p.provider().equals(cell.provider()) && p.region().equals(cell.region()))
        .filter(p -> p.hardware().equals(cell.hardware()))
        .filter(p -> p.purchaseOption().equals(cell.purchaseOption()))
        .filter(p -> !p.effectiveFrom().isAfter(at))
        .max(Comparator.comparing(Price::effectiveFrom));
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
    boolean tokens = sum(rows, TOKENS_OBSERVED_MS) > 0;
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

  private static Histogram histogram(LatencyRow row) {
    double[] bounds = new double[row.boundsNs().length + 1];
    for (int i = 0; i < row.boundsNs().length; i++) {
      bounds[i] = row.boundsNs()[i] / 1e9;
    }
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return Histogram.of(bounds, row.counts());
  }

  private static Double mean(
      List<CellRow> rows, CellMeasure numerator, CellMeasure denominator, double scale) {
    return ratio(sum(rows, numerator) / scale, sum(rows, denominator));
  }

  private static Double ratio(double numerator, double denominator) {
    return denominator == 0 ? null : Double.valueOf(numerator / denominator);
  }

  private static Double add(List<CellRow> rows, Function<CellRow, Double> part) {
    List<Double> parts = new ArrayList<>();
    rows.forEach(row -> parts.add(part.apply(row)));
    return parts.stream().anyMatch(Objects::isNull)
        ? null
        : Double.valueOf(parts.stream().mapToDouble(d -> d).sum());
  }

  private static double ownedMs(CellRow row) {
    return at(row, CellMeasure.GPU_MS) - at(row, CellMeasure.GPU_UNALLOCATED_MS);
  }

  private static double sum(List<CellRow> rows, CellMeasure measure) {
    return rows.stream().mapToDouble(row -> at(row, measure)).sum();
  }

  private static double at(CellRow row, CellMeasure measure) {
    return row.amounts()[measure.ordinal()];
  }
}
