package io.tokenwatt.storage;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.storage.load.LoadedCsv;
import io.tokenwatt.storage.load.LoadedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Six hours of random cells with their prices, contracts, bought tokens and requests. Amounts are
 * whole micro-dollars and whole hours, so that the oracle can add them up by hand.
 */
final class CostFleet {
  static final int HOURS = 6;
  static final long HOUR_MS = 3_600_000;

  /**
   * Micro-USD per board and hour of option reserved; on_demand costs 2,000,000; spot is unknown.
   */
  static final long RESERVED = 1_500_001;

  static final long ON_DEMAND = 2_000_000;

  /** Boards under contract in eu, and anywhere else; all of hardware H100, reserved. */
  static final long[] CONTRACT = {7, 5};

  /** Micro-USD per hour, of owner team-0. */
  static final long API_PER_HOUR = 250_000;

  /** A tenant's tokens at one engine in one hour. */
  record Request(long hourMs, Cell cell, String tenant, long prompt, long cached, long output) {}

  final List<CellRow> cells = new ArrayList<>();
  final List<Request> requests = new ArrayList<>();
  final long firstMs;
  private final Random random;

  CostFleet(long seed, long nowMs) {
    System.out.println("CostFleet seed " + seed);
    random = new Random(seed);
    firstMs = Math.floorDiv(nowMs, HOUR_MS) * HOUR_MS - (HOURS + 1) * HOUR_MS;
    for (int hour = 0; hour < HOURS; hour++) {
      for (String region : List.of("eu", "us", "jp")) {
        for (int i = 0; i < 6; i++) {
          if (random.nextInt(4) > 0) {
            row(firstMs + hour * HOUR_MS + random.nextInt(360) * 10_000L, cell(region, i));
          }
        }
      }
    }
  }

  private static Cell cell(String region, int i) {
    boolean free = i == 5;
    String kind = List.of("inference", "training", "batch", "other", "inference", "").get(i);
    return new Cell(
        region,
        "c",
        "cloud",
        "acme",
        i == 3 ? "on_demand" : i == 4 && region.equals("jp") ? "spot" : "reserved",
        "H100",
        free || i == 1 ? "" : "m" + i,
        "",
        free ? Cell.UNALLOCATED : "w" + i,
        free ? "" : "team-" + i % 2,
        "",
        "vllm",
        "both",
        "generate",
        kind);
  }

  private void row(long start, Cell cell) {
    long[] amounts = new long[CellMeasure.values().length];
    // Up to 12 boards for an hour in one row: what an hour's rollup would hold.
    long held = random.nextInt(12 * (int) HOUR_MS);
    boolean free = cell.workload().equals(Cell.UNALLOCATED);
    long idle = free ? 0 : random.nextLong(held + 1);
    amounts[CellMeasure.EXPECTED_MS.ordinal()] = held;
    amounts[CellMeasure.GPU_MS.ordinal()] = held;
    amounts[CellMeasure.GPU_UNALLOCATED_MS.ordinal()] = free ? held : 0;
    amounts[CellMeasure.GPU_LOADED_IDLE_MS.ordinal()] = idle;
    amounts[CellMeasure.GPU_BUSY_MS.ordinal()] = free ? 0 : random.nextLong(held - idle + 1);
    if (!cell.model().isEmpty()) {
      long cached = random.nextInt(1_000);
      amounts[CellMeasure.TOKENS_EXPECTED_MS.ordinal()] = 10_000;
      amounts[CellMeasure.TOKENS_OBSERVED_MS.ordinal()] = 10_000;
      amounts[CellMeasure.PROMPT_CACHED_OBSERVED_MS.ordinal()] = 10_000;
      amounts[CellMeasure.PROMPT_TOKENS.ordinal()] = cached + random.nextInt(100_000);
      amounts[CellMeasure.PROMPT_TOKENS_CACHED.ordinal()] = cached;
      amounts[CellMeasure.OUTPUT_TOKENS.ordinal()] = random.nextInt(50_000);
      for (String tenant : List.of("a", "b", "c").subList(0, random.nextInt(4))) {
        long hour = Math.floorDiv(start, HOUR_MS) * HOUR_MS;
        long prompt = random.nextInt(60_000);
        requests.add(new Request(hour, cell, tenant, prompt, prompt / 10, random.nextInt(30_000)));
      }
    }
    cells.add(new CellRow(start, cell, amounts, 0, 0, 1, "exclusive", 0, 0, 1));
  }

  void load(TestDatabase database) {
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(cells);
    }
    new LoadRows(database.store()).merge(money(), 1);
    for (Request r : requests) {
      database
          .store()
          .command(
              ("INSERT INTO %s (window_start, cell_id, owner, tenant, requests, prompt_tokens,"
                      + " prompt_tokens_cached, output_tokens, version)"
                      + " VALUES (toDateTime(%d, 'UTC'), %s, '%s', '%s', 1, %d, %d, %d, 1)")
                  .formatted(
                      database.table("request_10s"),
                      r.hourMs / 1000,
                      Long.toUnsignedString(r.cell.id()),
                      r.cell.owner(),
                      r.tenant,
                      r.prompt,
                      r.cached,
                      r.output));
    }
  }

  private List<LoadedRow> money() {
    String contract = ",acme,%s,H100,reserved,%d,1.500001,2026-01-01,2100-01-01";
    String since = java.time.Instant.ofEpochMilli(firstMs).toString();
    String until = java.time.Instant.ofEpochMilli(firstMs + HOURS * HOUR_MS).toString();
    List<LoadedRow> rows = new ArrayList<>();
    for (List<String> file :
        List.of(
            List.of(
                "provider,region,hardware,purchase_option,effective_from,per_gpu_hour",
                "acme,,H100,reserved,2026-01-01,1.500001",
                "acme,,H100,on_demand,2026-01-01,2"),
            List.of(
                "commitment,provider,region,hardware,purchase_option,boards,per_gpu_hour,starts,ends",
                "eu" + contract.formatted("eu", CONTRACT[0]),
                "any" + contract.formatted("", CONTRACT[1])),
            List.of(
                "spend,provider,model,owner,starts,ends,amount",
                "s,tokens-inc,x,team-0,%s,%s,1.5".formatted(since, until)),
            List.of(
                "invoice,provider,starts,ends,amount",
                "bought,tokens-inc,%s,%s,1.75".formatted(since, until)))) {
      rows.addAll(LoadedCsv.read("money.csv", file).orThrow());
    }
    return rows;
  }
}
