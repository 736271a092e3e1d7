package io.tokenwatt.storage;

import static io.tokenwatt.model.CellMeasure.EXPECTED_MS;
import static io.tokenwatt.model.CellMeasure.GPU_BUSY_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_BUSY_MS;
import static io.tokenwatt.model.CellMeasure.GPU_LOADED_IDLE_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_LOADED_IDLE_MS;
import static io.tokenwatt.model.CellMeasure.GPU_MJ;
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
import static io.tokenwatt.model.CellMeasure.OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.RUNNING_MS;
import static io.tokenwatt.model.CellMeasure.SM_ACTIVE_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.SM_ACTIVE_PPM_MS;
import static io.tokenwatt.model.CellMeasure.THROTTLED_US;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A few hours of cells whose boards are busy, idle, free, unknown, unseen, each hour otherwise. */
final class IdleFleet {
  static final Map<String, Long> MAX_BATCH = Map.of("d1", 64L);

  final List<CellRow> rows = new ArrayList<>();
  final List<Price> prices = new ArrayList<>();
  final long fromMs;
  final long toMs;
  private final Random random;

  IdleFleet(long seed, long nowMs) {
    System.out.println("IdleFleet seed " + seed);
    random = new Random(seed);
    toMs = Math.floorDiv(nowMs, 3_600_000L) * 3_600_000L;
    fromMs = toMs - 3 * 3_600_000L;
    for (String region : List.of("eu", "us")) {
      for (String hardware : List.of("H100", "L4")) {
        price(region, hardware, fromMs - 3_600_000L);
        price(region, hardware, toMs - 3_600_000L);
        for (int i = 0; i < 6; i++) {
          for (long hour = fromMs; hour < toMs; hour += 3_600_000L) {
            hour(hour, cell(region, hardware, i));
          }
        }
      }
    }
  }

  private void price(String region, String hardware, long fromMs) {
    BigDecimal usd = BigDecimal.valueOf(random.nextInt(9_000_000), 6);
    Instant from = Instant.ofEpochMilli(fromMs);
    prices.add(new Price("acme", region, hardware, "on_demand", from, usd, true, "test"));
  }

  private static Cell cell(String region, String hardware, int i) {
    return new Cell(
        region,
        "c" + i % 2,
        "cloud",
        "acme",
        i == 3 && region.equals("us") ? "spot" : "on_demand",
        hardware,
        i == 5 ? "" : "m" + i,
        "fp8",
        i == 5 ? Cell.UNALLOCATED : "w" + i,
        i == 5 ? "" : "team-" + i % 2,
        "d" + i,
        "vllm",
        "both",
        "generate",
        i >= 3 && i < 5 ? "training" : "inference");
  }

  private void hour(long hour, Cell cell) {
    boolean quiet = random.nextBoolean();
    boolean seenSm = random.nextBoolean();
    boolean seenKv = random.nextInt(4) > 0;
    for (int w = 0; w < 360; w += 40) {
      long[] a = new long[CellMeasure.values().length];
      long held = 8 * Window.SIZE_MS - random.nextInt(3000);
      a[GPU_MS.ordinal()] = held;
      a[EXPECTED_MS.ordinal()] = held + random.nextInt(5000) - 1000;
      a[OBSERVED_MS.ordinal()] = held;
      boolean free = cell.workload().equals(Cell.UNALLOCATED);
      boolean training = cell.kind().equals("training");
      long busy = free || training ? 0 : held / 2 + random.nextInt(1000);
      long idle = free || training ? 0 : (held - busy) / 2;
      put(a, GPU_BUSY_MS, GPU_BUSY_MJ, busy, 500);
      put(a, GPU_LOADED_IDLE_MS, GPU_LOADED_IDLE_MJ, idle, 120);
      put(a, GPU_UNALLOCATED_MS, GPU_UNALLOCATED_MJ, free ? held : 0, 60);
      put(a, GPU_UNKNOWN_MS, GPU_UNKNOWN_MJ, free ? 0 : held - busy - idle, 300);
      a[THROTTLED_US.ordinal()] = free ? 0 : random.nextInt(1_000_000);
      a[(seenSm ? SM_ACTIVE_OBSERVED_MS : GR_ACTIVE_OBSERVED_MS).ordinal()] = held;
      a[(seenSm ? SM_ACTIVE_PPM_MS : GR_ACTIVE_PPM_MS).ordinal()] =
          held * (quiet ? random.nextInt(9_000) : 20_000 + random.nextInt(900_000));
      a[LOAD_OBSERVED_MS.ordinal()] = free || training ? 0 : Window.SIZE_MS;
      a[KV_OBSERVED_MS.ordinal()] = free || training || !seenKv ? 0 : Window.SIZE_MS;
      a[KV_USED_PPM_MS.ordinal()] =
          a[KV_OBSERVED_MS.ordinal()] * (quiet ? random.nextInt(190_000) : 700_000);
      a[RUNNING_MS.ordinal()] = a[LOAD_OBSERVED_MS.ordinal()] * random.nextInt(quiet ? 4 : 40);
      rows.add(new CellRow(hour + w * Window.SIZE_MS, cell, a, 0, 0, 1, "exclusive", 0, 0, 1));
    }
  }

  private void put(long[] a, CellMeasure ms, CellMeasure mj, long time, int watts) {
    a[ms.ordinal()] = time;
    a[mj.ordinal()] = time * (watts + random.nextInt(20));
    a[GPU_MJ.ordinal()] += a[mj.ordinal()];
  }
}
