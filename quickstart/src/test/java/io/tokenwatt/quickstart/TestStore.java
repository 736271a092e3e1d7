package io.tokenwatt.quickstart;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EngineException;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A real ClickHouse with our tables, one for the test run, and three windows of facts: a busy cell
 * of 2.5 tokens/J and a board that nobody holds. Tests skip where the engine's library is missing.
 */
public final class TestStore {
  /** Start of the last of the three windows. */
  public static final long LAST = Window.startOf(System.currentTimeMillis()) - 2 * Window.SIZE_MS;

  private static StoreConfig config;

  private TestStore() {}

  public static synchronized StoreConfig config() {
    if (config == null) {
      config = new StoreConfig(start().httpUrl(), "default", "", "live");
      Schema.apply(config);
      try (FactWriter facts = new FactWriter(config)) {
        for (int i = 0; i < 3; i++) {
          long window = LAST - i * Window.SIZE_MS;
          facts.writeCells(List.of(busy(window), unallocated(window)));
          facts.writeLatency(List.of(latency(window)));
        }
      }
    }
    return config;
  }

  private static EmbeddedClickHouse start() {
    try {
      EmbeddedClickHouse engine = EmbeddedClickHouse.start(ClickHouseOptions.throwaway());
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
      return engine;
    } catch (EngineException e) {
      return Assumptions.abort("no embedded ClickHouse here: " + e.getMessage());
    }
  }

  private static CellRow busy(long windowMs) {
    return row(
        windowMs,
        cell("llama", "chat"),
        Map.ofEntries(
            Map.entry(CellMeasure.EXPECTED_MS, 40_000L),
            Map.entry(CellMeasure.OBSERVED_MS, 40_000L),
            Map.entry(CellMeasure.GPU_MS, 40_000L),
            Map.entry(CellMeasure.GPU_BUSY_MS, 40_000L),
            Map.entry(CellMeasure.GPU_MJ, 17_600_000L),
            Map.entry(CellMeasure.GPU_MJ_METERED, 17_600_000L),
            Map.entry(CellMeasure.TOKENS_EXPECTED_MS, 10_000L),
            Map.entry(CellMeasure.TOKENS_OBSERVED_MS, 10_000L),
            Map.entry(CellMeasure.OUTPUT_TOKENS, 44_000L),
            Map.entry(CellMeasure.OUTPUT_TOKENS_METERED, 44_000L),
            Map.entry(CellMeasure.REQUESTS_FINISHED, 250L),
            Map.entry(CellMeasure.REQUESTS_FINISHED_METERED, 250L)));
  }

  private static CellRow unallocated(long windowMs) {
    return row(
        windowMs,
        cell("", Cell.UNALLOCATED),
        Map.of(
            CellMeasure.EXPECTED_MS, 10_000L,
            CellMeasure.OBSERVED_MS, 10_000L,
            CellMeasure.GPU_MS, 10_000L,
            CellMeasure.GPU_UNALLOCATED_MS, 10_000L,
            CellMeasure.GPU_MJ, 760_000L));
  }

  /** 100 requests, all between 0.1 and 0.25 s: P95 = 0.1 + 0.95 x 0.15. */
  private static LatencyRow latency(long windowMs) {
    return new LatencyRow(
        windowMs,
        cell("llama", "chat"),
        "engine",
        "ttft",
        1,
        new long[] {100_000_000, 250_000_000},
        new long[] {0, 100, 0},
        17_500_000,
        1);
  }

  private static CellRow row(long windowMs, Cell cell, Map<CellMeasure, Long> measures) {
    long[] amounts = new long[CellMeasure.values().length];
    measures.forEach((measure, amount) -> amounts[measure.ordinal()] = amount);
    return new CellRow(windowMs, cell, amounts, 0, 0, 1, "config", -1, 0, 1);
  }

  private static Cell cell(String model, String workload) {
    return new Cell(
        "us-east",
        "prod",
        "cloud",
        "hyperscaler",
        "on_demand",
        "H100",
        model,
        "",
        workload,
        "",
        "",
        "vllm",
        "both",
        "generate",
        "inference");
  }
}
