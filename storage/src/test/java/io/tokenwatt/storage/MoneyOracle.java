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
    Double active = cost(rows, row -> part(row, CellMeasure.GPU_BUSY_MS, CellMeasure.GPU_BUSY_MJ));
    Double own = cost(rows, MoneyOracle::owned);
    Double share = add(rows, row -> ownedMs(row) == 0 ? Double.valueOf(0) : share(row));
    Double allIn = own == null || share == null ? null : Double.valueOf(own + share);
    out.put("usd_held", cost(rows, row -> part(row, CellMeasure.GPU_MS, CellMeasure.GPU_MJ)));
    out.put("usd_active", active);
    boolean example =
        rows.stream()
            .filter(row -> at(row, CellMeasure.GPU_MS) > 0)
            .anyMatch(row -> rate(row).map(Rate::example).orElse(false));
    out.put("example_prices", example ? "true" : "false");
    out.put("usd_all_in", allIn);
    String reason = whyNoDollarsPerToken(rows);
    double megatokens = sum(rows, CellMeasure.OUTPUT_TOKENS) / 1e6;
    boolean known = reason.isEmpty();
    out.put(
        "usd_per_mtok_output_active", known && active != null ? ratio(active, megatokens) : null);
    out.put("usd_per_mtok_output_all_in", known && allIn != null ? ratio(allIn, megatokens) : null);
    boolean dear = active != null && allIn != null;
    out.put("usd_null_reason", dear ? reason : listed(rows) ? "no_facility_energy" : "no_price");
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

  /** What a board costs per hour, and per kWh of facility energy where that comes on top. */
  private record Rate(double perHour, double perKwh, boolean example) {}

  /** Board time of a row and the share of the row's energy that belongs to it. */
  private record Part(double ms, double ofEnergy) {}

  private boolean listed(List<CellRow> rows) {
    return rows.stream().allMatch(row -> at(row, CellMeasure.GPU_MS) == 0 || rate(row).isPresent())
        && rows.stream()
            .filter(row -> ownedMs(row) > 0)
            .flatMap(row -> peers(row).stream())
            .filter(peer -> at(peer, CellMeasure.GPU_UNALLOCATED_MS) > 0)
            .allMatch(peer -> rate(peer).isPresent());
  }

  /** This row's part of what the boards cost that nobody held in its window, cluster, hardware. */
  private Double share(CellRow row) {
    List<CellRow> peers = peers(row);
    Double free = cost(peers, MoneyOracle::free);
    double owned = peers.stream().mapToDouble(MoneyOracle::ownedMs).sum();
    return free == null ? null : Double.valueOf(free * ownedMs(row) / owned);
  }

  private List<CellRow> peers(CellRow row) {
    return fleet.cells.stream()
        .filter(peer -> bucket(peer.windowStartMs()) == bucket(row.windowStartMs()))
        .filter(peer -> peer.cell().region().equals(row.cell().region()))
        .filter(peer -> peer.cell().cluster().equals(row.cell().cluster()))
        .filter(peer -> peer.cell().hardware().equals(row.cell().hardware()))
        .toList();
  }

  private Double cost(List<CellRow> rows, Function<CellRow, Part> part) {
    return add(
        rows,
        row -> {
          Part mine = part.apply(row);
          Optional<Rate> rate = rate(row);
          double joules =
              (at(row, CellMeasure.FACILITY_MJ) + at(row, CellMeasure.FACILITY_MJ_MODELLED)) / 1e3;
          boolean dark = rate.isPresent() && rate.get().perKwh() > 0 && joules == 0;
          if (mine.ms() == 0) {
            return Double.valueOf(0);
          }
          return rate.isEmpty() || dark
              ? null
              : Double.valueOf(
                  mine.ms() / 3.6e6 * rate.get().perHour()
                      + mine.ofEnergy() * joules / 3.6e6 * rate.get().perKwh());
        });
  }

  private static Part part(CellRow row, CellMeasure ms, CellMeasure mj) {
    double all = at(row, CellMeasure.GPU_MJ);
    return new Part(
        at(row, ms),
        all > 0 ? at(row, mj) / all : at(row, ms) / Math.max(1, at(row, CellMeasure.GPU_MS)));
  }

  private static Part free(CellRow row) {
    return part(row, CellMeasure.GPU_UNALLOCATED_MS, CellMeasure.GPU_UNALLOCATED_MJ);
  }

  private static Part owned(CellRow row) {
    return new Part(ownedMs(row), 1 - free(row).ofEnergy());
  }

  private Optional<Rate> rate(CellRow row) {
    Cell cell = row.cell();
    boolean later = row.windowStartMs() >= fleet.hourMs;
    if (Fleet.billedByMeter(cell.region(), cell.hardware())
        && cell.purchaseOption().equals("on_demand")) {
      double usd = Fleet.USD_PER_EURO[later ? 1 : 0];
      return Optional.of(new Rate(Fleet.EURO_PER_HOUR * usd, Fleet.EURO_PER_KWH * usd, false));
    }
    Optional<Rate> own =
        price(row).map(p -> new Rate(p.usdPerGpuHour().doubleValue(), 0, p.example()));
    boolean anywhere =
        later && cell.hardware().equals("L4") && cell.purchaseOption().equals("spot");
    return own.isEmpty() && anywhere ? Optional.of(new Rate(Fleet.ANYWHERE_SPOT, 0, true)) : own;
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
