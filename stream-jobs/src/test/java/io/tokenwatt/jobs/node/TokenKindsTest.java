package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.STARTED;
import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS_CACHED;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS_COMPUTED;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS_TRANSFERRED;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_REASONING_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_REQUESTS_FINISHED;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which tokens are which: by source, by when they are credited, by who made them. */
class TokenKindsTest {
  private final MeteredNode node = new MeteredNode();

  private void seconds(
      int seconds,
      Map<EngineMetric, Long> perSecond,
      UnaryOperator<Engine.Builder> engine,
      String task) {
    for (int s = 0; s <= seconds; s++) {
      int second = s;
      Map<EngineMetric, Long> counters =
          perSecond.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> 500 + e.getValue() * second));
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 5_000_000L + 400_000L * s)
              .engine("w", STARTED, counters, 0)
              .last(engine, b -> b.setTask(task))
              .build());
    }
  }

  private long total(CellMeasure measure) {
    return node.ledger.total(measure);
  }

  @Test
  void promptTokensAreKeptBySourceAndEachKindHasItsKnownTime() {
    // vLLM's prompt_tokens_by_source: computed + cached + transferred = all.
    seconds(
        20,
        Map.of(
            ENGINE_OUTPUT_TOKENS, 50L,
            ENGINE_PROMPT_TOKENS, 100L,
            ENGINE_PROMPT_TOKENS_COMPUTED, 60L,
            ENGINE_PROMPT_TOKENS_CACHED, 30L,
            ENGINE_PROMPT_TOKENS_TRANSFERRED, 10L),
        e -> e,
        "generate");
    assertThat(total(CellMeasure.PROMPT_TOKENS)).isEqualTo(2_000);
    assertThat(total(CellMeasure.PROMPT_TOKENS_COMPUTED)).isEqualTo(1_200);
    assertThat(total(CellMeasure.PROMPT_TOKENS_CACHED)).isEqualTo(600);
    assertThat(total(CellMeasure.PROMPT_TOKENS_TRANSFERRED)).isEqualTo(200);
    assertThat(total(CellMeasure.PROMPT_CACHED_OBSERVED_MS)).isEqualTo(20_000);
    assertThat(total(CellMeasure.PROMPT_TRANSFERRED_OBSERVED_MS)).isEqualTo(20_000);
    assertThat(total(CellMeasure.REASONING_OBSERVED_MS)).as("not counted by vLLM").isZero();
    assertThat(total(CellMeasure.TOKENS_AT_FINISH_MS)).isZero();
    assertThat(total(CellMeasure.TOKENS_PROMPT_ONLY_MS)).isZero();
  }

  @Test
  void reasoningTokensAreKnownWhereAnEngineCountsThemEvenIfThereAreNone() {
    seconds(20, Map.of(ENGINE_OUTPUT_TOKENS, 50L, ENGINE_REASONING_TOKENS, 0L), e -> e, "generate");
    assertThat(total(CellMeasure.REASONING_TOKENS)).isZero();
    assertThat(total(CellMeasure.REASONING_OBSERVED_MS)).isEqualTo(20_000);
  }

  @Test
  void anEmbedderHasPromptTokensOnlyAndAllOfThemAreComputed() {
    // As TEI: no output counter at all.
    seconds(20, Map.of(ENGINE_PROMPT_TOKENS, 700L), e -> e, "generate");
    assertThat(total(CellMeasure.TOKENS_PROMPT_ONLY_MS)).isEqualTo(20_000);
    assertThat(total(CellMeasure.PROMPT_TOKENS_COMPUTED_METERED)).isEqualTo(14_000);
    assertThat(total(CellMeasure.PROMPT_COMPUTED_OBSERVED_MS)).isEqualTo(20_000);
    assertThat(total(CellMeasure.GPU_MJ_METERED)).isEqualTo(8_000_000);
  }

  @Test
  void anOutputCounterThatStaysAtZeroDoesNotMakeAnEmbedderAGenerator() {
    // As vLLM serving a pooling model, by the task that its binding names.
    seconds(20, Map.of(ENGINE_PROMPT_TOKENS, 700L, ENGINE_OUTPUT_TOKENS, 0L), e -> e, "rerank");
    assertThat(total(CellMeasure.TOKENS_PROMPT_ONLY_MS)).isEqualTo(20_000);
    assertThat(total(CellMeasure.PROMPT_TOKENS_COMPUTED_METERED)).isEqualTo(14_000);
  }

  @Test
  void finishCountingEnginesSayHowLongTheRequestsRanWhoseTokensTheyCredit() {
    for (int s = 0; s <= 60; s++) {
      int ended = s / 15; // four requests, 12 s each
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 5_000_000L + 400_000L * s)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 500L * ended), 0)
              .last(e -> e2e(e.setCountsAtFinish(true), ended), b -> b)
              .build());
    }
    assertThat(total(CellMeasure.TOKENS_AT_FINISH_MS)).isEqualTo(60_000);
    assertThat(total(CellMeasure.AT_FINISH_REQUESTS)).isEqualTo(4);
    assertThat(total(CellMeasure.AT_FINISH_E2E_US)).isEqualTo(4 * 12_000_000L);
  }

  private static Engine.Builder e2e(Engine.Builder engine, int ended) {
    EngineSeries series =
        engine.getSeries(0).toBuilder()
            .addHistograms(
                Histogram.newBuilder()
                    .setMeasure(LatencyMeasure.LATENCY_E2E)
                    .addBoundsNs(30_000_000_000L)
                    .addCounts(ended)
                    .addCounts(0)
                    .setSumUs(12_000_000L * ended))
            .build();
    return engine.setSeries(0, series);
  }

  @Test
  void adaptersAreNoModelsOfTheirOwn() {
    for (int s = 0; s <= 20; s++) {
      int second = s;
      node.accept(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 5_000_000L + 400_000L * s)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 100L * s), 0)
              .last(
                  e ->
                      e.addSeries(
                              EngineSeries.newBuilder()
                                  .setModelName("sql-lora")
                                  .addMetrics(ENGINE_OUTPUT_TOKENS)
                                  .addValues(30L * second))
                          .putAdapters("sql-lora", "model-of-w"),
                  b -> b)
              .build());
    }
    assertThat(node.ledger.cells.keySet())
        .extracting(key -> key.cell().model())
        .containsOnly("model-of-w");
    assertThat(total(CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(2_600);
    assertThat(total(CellMeasure.GPU_MJ_METERED)).isEqualTo(8_000_000);
    assertThat(node.ledger.engines.values())
        .extracting(row -> row.model())
        .containsOnly("model-of-w");
    assertThat(
            node.ledger.engines.values().stream()
                .mapToLong(row -> row.amounts()[EngineMeasure.OUTPUT_TOKENS.ordinal()])
                .sum())
        .as("one row of the engine holds the base and its adapters")
        .isEqualTo(2_600);
  }

  @Test
  void requestsAndCachedTokensOverAGapGoToTotals() {
    Map<EngineMetric, Long> before =
        Map.of(
            ENGINE_OUTPUT_TOKENS, 10L,
            ENGINE_REQUESTS_FINISHED, 10L,
            ENGINE_PROMPT_TOKENS_CACHED, 10L);
    Map<EngineMetric, Long> after =
        Map.of(
            ENGINE_OUTPUT_TOKENS, 1_010L,
            ENGINE_REQUESTS_FINISHED, 17L,
            ENGINE_PROMPT_TOKENS_CACHED, 310L);
    node.accept(SampleBuilder.at(1, T0).engine("w", STARTED, before).build());
    node.accept(SampleBuilder.at(2, T0 + 400_000).engine("w", STARTED, after).build());
    node.accept(SampleBuilder.at(3, T0 + 420_000).engine("w", STARTED, after).build());
    assertThat(total(CellMeasure.REQUESTS_FINISHED_BRIDGED)).isEqualTo(7);
    assertThat(total(CellMeasure.PROMPT_TOKENS_CACHED_BRIDGED)).isEqualTo(300);
    assertThat(total(CellMeasure.REQUESTS_FINISHED)).isZero();
    assertThat(total(CellMeasure.PROMPT_TOKENS_CACHED)).isZero();
  }
}
