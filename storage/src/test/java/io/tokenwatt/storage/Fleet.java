package io.tokenwatt.storage;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.storage.load.LoadedCsv;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small random fleet over five minutes around a full hour: cells with and without tokens, energy,
 * prices and histograms, boards nobody holds, a price that changes on the hour.
 */
final class Fleet {
  static final long[] BOUNDS = {1_000_000, 5_000_000, 20_000_000, 100_000_000, 30_000_000_000L};
  static final long[] OTHER_BOUNDS = {5_000_000, 50_000_000, 100_000_000};

  final List<CellRow> cells = new ArrayList<>();
  final List<LatencyRow> latencies = new ArrayList<>();
  final List<Price> prices = new ArrayList<>();
  final long hourMs;
  private final Random random;

  Fleet(long seed, long nowMs) {
    System.out.println("Fleet seed " + seed);
    random = new Random(seed);
    // The middle of a two-hour window, so that a window can hold two prices.
    hourMs = Math.floorDiv(nowMs, 7_200_000L) * 7_200_000L - 3_600_000L;
    for (String region : List.of("eu", "us")) {
      for (String hardware : List.of("H100", "L4")) {
        if (!billedByMeter(region, hardware)) {
          prices(region, hardware);
        }
        for (int i = 0; i < 7; i++) {
          rows(cell(region, hardware, i));
        }
      }
    }
  }

  /** Boards in us of kind H100 are priced in euro with electricity on top. */
  static boolean billedByMeter(String region, String hardware) {
    return region.equals("us") && hardware.equals("H100");
  }

  /** What an L4 costs on the spot market wherever nothing else is told, in USD, from hourMs on. */
  static final double ANYWHERE_SPOT = 1.75;

  static final double EURO_PER_HOUR = 0.4;
  static final double EURO_PER_KWH = 0.3;

  /** USD for a euro before hourMs and from then on. */
  static final double[] USD_PER_EURO = {1.1, 1.25};

  /** The price book: prices, and what only a file can say. */
  void loadPrices(Store store) {
    new LoadPrices(store).load(prices, 1);
    Instant before = Instant.ofEpochMilli(hourMs - 7_200_000);
    Instant hour = Instant.ofEpochMilli(hourMs);
    String price = "provider,region,hardware,purchase_option,effective_from,per_gpu_hour,currency,";
    List<String> prices =
        List.of(
            price + "energy_billing,per_kwh,example",
            "acme,us,H100,on_demand,%s,%s,EUR,metered,%s,false"
                .formatted(before, EURO_PER_HOUR, EURO_PER_KWH),
            "acme,,L4,spot,%s,%s,USD,inclusive,,true".formatted(hour, ANYWHERE_SPOT));
    List<String> rates =
        List.of(
            "currency,effective_from,usd_per_unit",
            "EUR,%s,%s".formatted(before, USD_PER_EURO[0]),
            "EUR,%s,%s".formatted(hour, USD_PER_EURO[1]));
    for (List<String> file : List.of(prices, rates)) {
      new LoadRows(store).merge(LoadedCsv.read("fleet.csv", file).orThrow(), 1);
    }
  }

  private void prices(String region, String hardware) {
    Instant hour = Instant.ofEpochMilli(hourMs);
    addPrice(region, hardware, hour.minusSeconds(7200), "on_demand");
    if (region.equals("eu")) {
      addPrice(region, hardware, hour, "on_demand");
      addPrice(region, hardware, hour.minusSeconds(7200), "spot");
    }
  }

  private void addPrice(String region, String hardware, Instant from, String option) {
    BigDecimal usd = BigDecimal.valueOf(random.nextInt(10_000_000), 6);
    prices.add(new Price("acme", region, hardware, option, from, usd, region.equals("eu"), "test"));
  }

  private static Cell cell(String region, String hardware, int i) {
    boolean free = i == 5;
    boolean unattributed = i == 6;
    return new Cell(
        region,
        unattributed ? "c1" : "c" + i % 2,
        "cloud",
        "acme",
        i == 3 ? "spot" : "on_demand",
        hardware,
        free || unattributed ? "" : "m" + i % 3,
        "fp8",
        free ? Cell.UNALLOCATED : unattributed ? Cell.UNATTRIBUTED : "w" + i,
        free ? "" : "team-" + i % 2,
        "d" + i,
        "vllm",
        i == 3 ? "prefill" : i == 4 ? "decode" : "both",
        "generate",
        "inference");
  }

  private void rows(Cell cell) {
    for (int w = -15; w < 15; w++) {
      long start = hourMs + w * Window.SIZE_MS;
      if (random.nextInt(10) > 0) {
        cells.add(row(start, cell));
        if (cell.model().equals("m0") && random.nextInt(3) > 0) {
          latency(start, cell, "prefill");
        }
        if (!cell.model().isEmpty()) {
          latency(start, cell, "ttft");
          latency(start, cell, "e2e");
        }
      }
    }
  }

  private CellRow row(long start, Cell cell) {
    long[] amounts = new long[CellMeasure.values().length];
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = random.nextInt(1_000_000);
    }
    if (cell.workload().equals(Cell.UNALLOCATED)) {
      amounts[CellMeasure.GPU_UNALLOCATED_MS.ordinal()] = amounts[CellMeasure.GPU_MS.ordinal()];
      amounts[CellMeasure.GPU_BUSY_MS.ordinal()] = 0;
    } else {
      amounts[CellMeasure.GPU_UNALLOCATED_MS.ordinal()] = 0;
    }
    amounts[CellMeasure.PROMPT_COMPUTED_OBSERVED_MS.ordinal()] =
        amounts[CellMeasure.TOKENS_OBSERVED_MS.ordinal()];
    if (billedByMeter(cell.region(), cell.hardware())) {
      facility(amounts, cell);
    }
    lateTokens(amounts, cell);
    members(amounts, cell);
    blank(amounts, cell.model());
    int quality = random.nextInt(4) == 0 ? 1 << random.nextInt(Quality.values().length) : 0;
    long period = random.nextInt(20) == 0 ? 30_000 : 1_000;
    long live = random.nextInt(30) == 0 ? -1 : random.nextInt(1_000_000);
    String method = random.nextInt(10) == 0 ? "shared" : "exclusive";
    return new CellRow(start, cell, amounts, quality, period, 3, method, live, 1, 1);
  }

  /** Few rows lack members; boards of w1 in the us stand in other rows than their tokens. */
  private void members(long[] amounts, Cell cell) {
    boolean missing = random.nextInt(12) == 0;
    boolean elsewhere = cell.workload().equals("w1") && cell.region().equals("us");
    if (!missing) {
      amounts[CellMeasure.MEMBERS_MISSING_MS.ordinal()] = 0;
    } else if (random.nextBoolean()) {
      amounts[CellMeasure.GPU_MJ_METERED.ordinal()] = 0;
      amounts[CellMeasure.OUTPUT_TOKENS_METERED.ordinal()] = 0;
    }
    amounts[CellMeasure.SPANNING_GPU_MS.ordinal()] = 0;
    amounts[CellMeasure.SPANNING_GPU_MS_BEHIND.ordinal()] =
        elsewhere ? amounts[CellMeasure.GPU_MS.ordinal()] / 2 : 0;
    if (cell.role().equals("prefill")) {
      amounts[CellMeasure.OUTPUT_TOKENS.ordinal()] = 0;
      amounts[CellMeasure.GPU_MJ_METERED.ordinal()] = 0;
      amounts[CellMeasure.OUTPUT_TOKENS_METERED.ordinal()] = 0;
    }
  }

  /** The machines draw more than their boards; nothing tells how much where model m2 runs. */
  private static void facility(long[] amounts, Cell cell) {
    // Thirds of all of them are whole: the view rounds to millijoules.
    long boards = amounts[CellMeasure.GPU_MJ.ordinal()] / 3 * 3;
    amounts[CellMeasure.GPU_MJ.ordinal()] = boards;
    boolean free = cell.workload().equals(Cell.UNALLOCATED);
    amounts[CellMeasure.GPU_UNALLOCATED_MJ.ordinal()] = free ? boards : 0;
    amounts[CellMeasure.GPU_BUSY_MJ.ordinal()] = free ? 0 : boards / 3;
    boolean told = !cell.model().equals("m2");
    amounts[CellMeasure.FACILITY_MJ.ordinal()] = told ? boards + 999_999_999 : 0;
    amounts[CellMeasure.FACILITY_MJ_MODELLED.ordinal()] = told ? boards : 0;
    amounts[CellMeasure.FACILITY_OBSERVED_MS.ordinal()] =
        amounts[CellMeasure.NODE_OBSERVED_MS.ordinal()];
  }

  /** Some engines credit tokens late or make none; few boards are doubted. */
  private void lateTokens(long[] amounts, Cell cell) {
    boolean atFinish = cell.region().equals("us") && cell.model().equals("m0");
    boolean promptOnly = cell.region().equals("us") && cell.model().equals("m2");
    boolean doubted = cell.hardware().equals("L4") && random.nextInt(6) == 0;
    long observed = amounts[CellMeasure.TOKENS_OBSERVED_MS.ordinal()];
    amounts[CellMeasure.TOKENS_AT_FINISH_MS.ordinal()] = atFinish ? observed : 0;
    long requests = atFinish ? random.nextInt(3) : 0;
    amounts[CellMeasure.AT_FINISH_REQUESTS.ordinal()] = requests;
    amounts[CellMeasure.AT_FINISH_E2E_US.ordinal()] =
        requests * (500_000 + random.nextInt(9_000_000));
    amounts[CellMeasure.TOKENS_PROMPT_ONLY_MS.ordinal()] = promptOnly ? observed : 0;
    long mj = amounts[CellMeasure.GPU_MJ.ordinal()];
    amounts[CellMeasure.GPU_MJ_DOUBTED.ordinal()] = doubted ? mj / 2 : 0;
    if (cell.hardware().equals("L4")) {
      amounts[CellMeasure.FACILITY_OBSERVED_MS.ordinal()] = 0;
      amounts[CellMeasure.FACILITY_MJ_METERED.ordinal()] = 0;
    }
  }

  /** Some models lack what some engines and boards do not report. */
  private void blank(long[] amounts, String model) {
    if (model.isEmpty()) {
      for (CellMeasure measure : CellMeasure.values()) {
        String column = measure.column();
        if (column.contains("token") || column.contains("request") || column.contains("metered")) {
          amounts[measure.ordinal()] = 0;
        }
      }
    }
    if (model.equals("m1")) {
      amounts[CellMeasure.PROMPT_COMPUTED_OBSERVED_MS.ordinal()] = 0;
      amounts[CellMeasure.SM_ACTIVE_OBSERVED_MS.ordinal()] = 0;
      amounts[CellMeasure.SM_ACTIVE_PPM_MS.ordinal()] = 0;
    }
    if (model.equals("m2")) {
      amounts[CellMeasure.NODE_OBSERVED_MS.ordinal()] = 0;
      amounts[CellMeasure.NODE_MJ_METERED.ordinal()] = 0;
      amounts[CellMeasure.OUTPUT_TOKENS_NODE_METERED.ordinal()] = 0;
      amounts[CellMeasure.REQUESTS_FINISHED_METERED.ordinal()] = 0;
    }
  }

  private void latency(long start, Cell cell, String measure) {
    boolean other = cell.workload().equals("w4") && measure.equals("e2e");
    long[] bounds = other ? OTHER_BOUNDS : BOUNDS;
    long[] counts = new long[bounds.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = random.nextInt(3) == 0 ? random.nextInt(50) : 0;
    }
    latencies.add(
        new LatencyRow(start, cell, "engine", measure, other ? 2 : 1, bounds, counts, 7, 1));
    latencies.add(
        new LatencyRow(
            start, cell, "gateway", measure, 1, BOUNDS, new long[] {9, 9, 9, 9, 9, 9}, 7, 1));
  }
}
