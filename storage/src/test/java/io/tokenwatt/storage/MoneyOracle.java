package io.tokenwatt.storage;

import static io.tokenwatt.model.CellMeasure.TOKENS_OBSERVED_MS;
import static io.tokenwatt.storage.Sums.at;
import static io.tokenwatt.storage.Sums.ratio;
import static io.tokenwatt.storage.Sums.sum;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The dollars of {@link EfficiencyOracle}, row by row from the price list. */
final class MoneyOracle {
  private final Fleet fleet;
  private final long windowS;

  MoneyOracle(Fleet fleet, long windowS) {
    this.fleet = fleet;
    this.windowS = windowS;
  }

  private long bucket(long windowStartMs) {
    return windowStartMs / 1000 / windowS * windowS;
  }

  void money(List<CellRow> rows, Map<String, Object> out) {
    Double active = cost(rows, row -> at(row, CellMeasure.GPU_BUSY_MS));
    Double own = cost(rows, MoneyOracle::ownedMs);
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
    double missing = sum(rows, CellMeasure.MEMBERS_MISSING_MS);
    if (missing > 0 && missing / (boardsRead + missing) > 0.1) {
      return "missing_members";
    }
    double behind = sum(rows, CellMeasure.SPANNING_GPU_MS_BEHIND);
    double own = sum(rows, CellMeasure.SPANNING_GPU_MS);
    if (Math.abs(behind - own) > boardsRead / 10) {
      return "other_rows";
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
    double owned = peers.stream().mapToDouble(MoneyOracle::ownedMs).sum();
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
}
