package io.tokenwatt.storage;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.model.fact.RequestRow;
import io.tokenwatt.model.fact.SketchColumns;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Hours of cells on chosen hardware under chosen load, with the latencies that judge them. */
final class HardwareFleet {
  private static final long HOUR_MS = 3_600_000;
  private static final long[] BOUNDS = {500_000_000L, 2_000_000_000L, 8_000_000_000L};

  final long toMs = Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS;
  final List<CellRow> cells = new ArrayList<>();
  final List<RequestRow> requests = new ArrayList<>();
  final List<LatencyRow> latencies = new ArrayList<>();

  /**
   * One board, 512 prompt and 256 answer tokens a request, 400 W; kept &lt; 0: no latency known.
   */
  void cell(int hoursAgo, String hardware, String workload, int rate, int running, double kept) {
    Cell of = RandomRows.cell("eu", hardware, "m");
    List<String> values = new ArrayList<>(of.values());
    values.set(Cell.COLUMNS.indexOf("workload"), workload);
    Cell cell = RandomRows.cell(values);
    long start = toMs - hoursAgo * HOUR_MS;
    long[] a = new long[CellMeasure.values().length];
    for (CellMeasure measure :
        List.of(
            CellMeasure.EXPECTED_MS,
            CellMeasure.OBSERVED_MS,
            CellMeasure.GPU_MS,
            CellMeasure.TOKENS_EXPECTED_MS,
            CellMeasure.TOKENS_OBSERVED_MS,
            CellMeasure.LOAD_OBSERVED_MS)) {
      a[measure.ordinal()] = HOUR_MS;
    }
    a[CellMeasure.OUTPUT_TOKENS.ordinal()] = rate * 3600L;
    a[CellMeasure.OUTPUT_TOKENS_METERED.ordinal()] = rate * 3600L;
    a[CellMeasure.GPU_MJ_METERED.ordinal()] = 400 * HOUR_MS;
    a[CellMeasure.REQUESTS_FINISHED.ordinal()] = rate * 3600L / 256;
    a[CellMeasure.PROMPT_TOKENS.ordinal()] = rate * 3600L * 2;
    a[CellMeasure.RUNNING_MS.ordinal()] = running * HOUR_MS;
    cells.add(new CellRow(start, cell, a, 0, 0, 1, "exclusive", 0, 0, 1));
    if (kept >= 0 && workload.hashCode() % 2 == 0) {
      engine(start, cell, kept);
    } else if (kept >= 0) {
      events(start, cell, kept);
    }
  }

  private void engine(long start, Cell cell, double kept) {
    long inside = Math.round(1000 * kept);
    long[] counts = {inside / 2, inside - inside / 2, 1000 - inside, 0};
    latencies.add(new LatencyRow(start, cell, "engine", "e2e", 1, BOUNDS, counts, 1, 1));
  }

  private void events(long start, Cell cell, double kept) {
    long[] a = new long[RequestMeasure.values().length];
    a[RequestMeasure.REQUESTS.ordinal()] = 1000;
    a[RequestMeasure.REQUESTS_JUDGED.ordinal()] = 1000;
    a[RequestMeasure.REQUESTS_GOOD.ordinal()] = Math.round(1000 * kept);
    SketchColumns[] none = new SketchColumns[RequestSketch.values().length];
    Arrays.fill(none, new SketchColumns(new int[0], new long[0]));
    requests.add(new RequestRow(start, cell, "chat", "", "eu", "", a, none, 1, 1));
  }

  /** Other energy, prompts and caching in each row; here and there half the hour unseen. */
  void jitter(Random random) {
    cells.forEach(row -> jitter(row, random));
  }

  private static void jitter(CellRow row, Random random) {
    long[] a = row.amounts();
    a[CellMeasure.GPU_MJ_METERED.ordinal()] += random.nextInt(100_000_000);
    a[CellMeasure.PROMPT_TOKENS.ordinal()] *= 1 + random.nextInt(3);
    if (random.nextBoolean()) {
      a[CellMeasure.PROMPT_CACHED_OBSERVED_MS.ordinal()] = HOUR_MS;
      a[CellMeasure.PROMPT_TOKENS_CACHED.ordinal()] =
          a[CellMeasure.PROMPT_TOKENS.ordinal()] / 100 * random.nextInt(100);
    }
    if (random.nextInt(15) == 0) {
      a[CellMeasure.OBSERVED_MS.ordinal()] /= 2;
    }
  }

  /** The price list of these boards, $ an hour. */
  List<Price> prices(Map<String, Double> usd) {
    Instant from = Instant.ofEpochMilli(toMs - 1000 * HOUR_MS);
    List<Price> prices = new ArrayList<>();
    usd.forEach(
        (hardware, amount) ->
            prices.add(
                new Price(
                    "acme",
                    "eu",
                    hardware,
                    "on_demand",
                    from,
                    BigDecimal.valueOf(amount),
                    true,
                    "test")));
    return prices;
  }

  void write(StoreConfig store) {
    try (FactWriter writer = new FactWriter(store)) {
      writer.writeCells(cells);
      writer.writeRequests(requests);
      writer.writeLatency(latencies);
    }
  }
}
