package io.tokenwatt.quickstart.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EngineException;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against the real view in a real ClickHouse; skips where the engine's library is missing. */
class LiveQueryTest {
  private static final long LAST = Window.startOf(System.currentTimeMillis()) - 2 * Window.SIZE_MS;

  private static EmbeddedClickHouse engine;
  private static StoreConfig config;

  @BeforeAll
  static void start() {
    try {
      engine = EmbeddedClickHouse.start(ClickHouseOptions.throwaway());
    } catch (EngineException e) {
      Assumptions.abort("no embedded ClickHouse here: " + e.getMessage());
    }
    config = new StoreConfig(engine.httpUrl(), "default", "", "live");
    Schema.apply(config);
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void theLatestWindowOfEachGroupIsReadAndUnknownStaysUnknown() {
    try (FactWriter facts = new FactWriter(config);
        Store store = new Store(config)) {
      facts.writeCells(
          List.of(busy(LAST - Window.SIZE_MS, 9_999), busy(LAST, 44_000), unallocated(LAST)));
      List<LiveRow> rows = new LiveQuery(store, 10).read();
      assertThat(rows)
          .extracting(LiveRow::model)
          .containsExactlyInAnyOrder("llama", "(unallocated)");
      LiveRow busy = rows.stream().filter(r -> r.model().equals("llama")).findFirst().orElseThrow();
      assertThat(busy.tokensPerJoule()).isCloseTo(2.5, within(1e-9));
      assertThat(busy.joulesPerRequest()).isCloseTo(70.4, within(1e-9));
      assertThat(busy.outputTokensPerS()).isCloseTo(4_400, within(1e-9));
      assertThat(busy.watts()).isCloseTo(1_760, within(1e-9));
      assertThat(busy.coverage()).isCloseTo(1, within(1e-9));
      assertThat(busy.p95TtftS()).isNull();
      assertThat(busy.usdPerMtok()).isNull();
      assertThat(busy.usdNullReason()).isEqualTo("no_price");
      assertThat(busy.windowEndS()).isEqualTo(LAST / 1000 + 10);
      LiveRow free = rows.stream().filter(r -> r != busy).findFirst().orElseThrow();
      assertThat(free.tokensPerJoule()).isNull();
      assertThat(free.outputTokensPerS()).isNull();
    }
  }

  private static CellRow busy(long windowMs, long tokens) {
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
            Map.entry(CellMeasure.OUTPUT_TOKENS, tokens),
            Map.entry(CellMeasure.OUTPUT_TOKENS_METERED, tokens),
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
