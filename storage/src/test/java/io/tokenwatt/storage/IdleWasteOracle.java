package io.tokenwatt.storage;

import static io.tokenwatt.model.CellMeasure.EXPECTED_MS;
import static io.tokenwatt.model.CellMeasure.GPU_BUSY_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_BUSY_MS;
import static io.tokenwatt.model.CellMeasure.GPU_LOADED_IDLE_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_LOADED_IDLE_MS;
import static io.tokenwatt.model.CellMeasure.GPU_MS;
import static io.tokenwatt.model.CellMeasure.GPU_UNALLOCATED_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_UNALLOCATED_MS;
import static io.tokenwatt.model.CellMeasure.GPU_UNKNOWN_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_UNKNOWN_MS;
import static io.tokenwatt.model.CellMeasure.GR_ACTIVE_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.GR_ACTIVE_PPM_MS;
import static io.tokenwatt.model.CellMeasure.KV_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.KV_USED_PPM_MS;
import static io.tokenwatt.model.CellMeasure.LOAD_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.RUNNING_MS;
import static io.tokenwatt.model.CellMeasure.SM_ACTIVE_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.SM_ACTIVE_PPM_MS;
import static io.tokenwatt.model.CellMeasure.THROTTLED_US;
import static io.tokenwatt.model.CellMeasure.WAITING_MS;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** View idle_waste from the rows themselves, one cell and hour at a time. */
final class IdleWasteOracle {
  private static final long HOUR_MS = 3_600_000;

  record Key(
      String cause,
      String region,
      String cluster,
      String hardware,
      String workload,
      String owner) {}

  /** Sums of a line; unpriced: a part of its time has no price. */
  static final class Line {
    double hours;
    double kwh;
    double usd;
    boolean unpriced;
  }

  private record HourCell(long hour, Cell cell) {}

  private final Map<Key, Line> lines = new HashMap<>();
  private final List<Price> prices;
  private final Map<String, Long> maxBatch;

  IdleWasteOracle(List<CellRow> rows, List<Price> prices, Map<String, Long> maxBatch) {
    this.prices = prices;
    this.maxBatch = maxBatch;
    rows.stream()
        .collect(
            Collectors.groupingBy(
                r -> new HourCell(Math.floorDiv(r.windowStartMs(), HOUR_MS) * HOUR_MS, r.cell())))
        .forEach(this::hour);
    lines.values().removeIf(line -> line.hours == 0);
  }

  Map<Key, Line> lines() {
    return lines;
  }

  /** Mean watts of unallocated boards of a kind; empty below one board-hour. */
  static Optional<Double> floor(List<CellRow> rows, String hardware) {
    List<CellRow> own = rows.stream().filter(r -> r.cell().hardware().equals(hardware)).toList();
    double ms = sum(own, GPU_UNALLOCATED_MS);
    return ms < HOUR_MS ? Optional.empty() : Optional.of(sum(own, GPU_UNALLOCATED_MJ) / ms);
  }

  private void hour(HourCell at, List<CellRow> rows) {
    double unseen = sum(rows, EXPECTED_MS) - sum(rows, GPU_MS);
    put(at, "not_observed", Math.max(unseen, 0), 0);
    put(at, "throttled", Math.floor(sum(rows, THROTTLED_US) / 1000), 0);
    put(at, "unallocated", sum(rows, GPU_UNALLOCATED_MS), sum(rows, GPU_UNALLOCATED_MJ));
    double idle = sum(rows, GPU_LOADED_IDLE_MS);
    double busy = sum(rows, GPU_BUSY_MS);
    double unknown = sum(rows, GPU_UNKNOWN_MS);
    double idleMj = sum(rows, GPU_LOADED_IDLE_MJ);
    double busyMj = sum(rows, GPU_BUSY_MJ);
    double unknownMj = sum(rows, GPU_UNKNOWN_MJ);
    if (at.cell().kind().equals("training") && inactive(rows)) {
      put(at, "training_idle", idle + busy + unknown, idleMj + busyMj + unknownMj);
      return;
    }
    put(at, "loaded_idle", idle, idleMj);
    put(at, "unknown", unknown, unknownMj);
    put(at, tooLarge(at.cell(), rows) ? "over_provisioned" : "busy", busy, busyMj);
  }

  private static boolean inactive(List<CellRow> rows) {
    double held = sum(rows, GPU_MS);
    for (CellMeasure[] gauge :
        new CellMeasure[][] {
          {SM_ACTIVE_OBSERVED_MS, SM_ACTIVE_PPM_MS}, {GR_ACTIVE_OBSERVED_MS, GR_ACTIVE_PPM_MS}
        }) {
      double seen = sum(rows, gauge[0]);
      if (seen > 0 && seen / held >= 0.9) {
        return sum(rows, gauge[1]) / seen / 1e6 < 0.01;
      }
    }
    return false;
  }

  private boolean tooLarge(Cell cell, List<CellRow> rows) {
    double load = sum(rows, LOAD_OBSERVED_MS);
    double kv = sum(rows, KV_OBSERVED_MS);
    if (load == 0 || kv == 0 || kv < 0.9 * load) {
      return false;
    }
    Long batch = maxBatch.get(cell.deployment());
    return sum(rows, KV_USED_PPM_MS) / kv / 1e6 < 0.2
        && sum(rows, WAITING_MS) / load < 0.01
        && sum(rows, RUNNING_MS) / load < (batch == null ? 2 : 0.2 * batch);
  }

  private void put(HourCell at, String cause, double ms, double mj) {
    Cell c = at.cell();
    Key key = new Key(cause, c.region(), c.cluster(), c.hardware(), c.workload(), c.owner());
    Line line = lines.computeIfAbsent(key, k -> new Line());
    line.hours += ms / HOUR_MS;
    line.kwh += mj / 3.6e9;
    Optional<Price> price =
        prices.stream()
            .filter(p -> p.provider().equals(c.provider()) && p.region().equals(c.region()))
            .filter(p -> p.hardware().equals(c.hardware()))
            .filter(p -> p.purchaseOption().equals(c.purchaseOption()))
            .filter(p -> p.effectiveFrom().toEpochMilli() <= at.hour())
            .max(Comparator.comparing(Price::effectiveFrom));
    line.unpriced |= price.isEmpty() && ms > 0;
    line.usd += ms / HOUR_MS * price.map(p -> p.usdPerGpuHour().doubleValue()).orElse(Double.NaN);
  }

  private static double sum(List<CellRow> rows, CellMeasure measure) {
    return rows.stream().mapToDouble(r -> r.amounts()[measure.ordinal()]).sum();
  }
}
