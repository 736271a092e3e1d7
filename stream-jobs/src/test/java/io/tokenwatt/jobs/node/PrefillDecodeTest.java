package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.STARTED;
import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS_CACHED;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS_COMPUTED;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS_TRANSFERRED;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_REQUESTS_FINISHED;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.proto.EngineMetric;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * A pair as vLLM shows it: ten requests a second with prompts of 200 tokens, 50 of them cached at
 * the prefill server, and 100 tokens of output. Two boards of 400 W prefill, two of 300 W decode.
 */
class PrefillDecodeTest {
  private static final Predicate<Cell> PREFILL = cell -> cell.role().equals("prefill");
  private static final Predicate<Cell> DECODE = cell -> cell.role().equals("decode");
  private final MeteredFleet fleet = new MeteredFleet();

  private static SampleBuilder server(
      String role, int second, int watts, Map<EngineMetric, Long> metrics) {
    long joules = 7_000_000L + 1000L * watts * second;
    return SampleBuilder.at(second + 1, T0 + 1000L * second)
        .node("of-" + role)
        .board("a", GPU_ENERGY_MILLIJOULES, joules)
        .board("b", GPU_ENERGY_MILLIJOULES, joules)
        .engine("chat", STARTED, metrics, 0, 1)
        .binding(b -> b.setRole(role).setPairGroup("pd-0").setBoardsRequired(2));
  }

  private static SampleBuilder prefill(int second) {
    return server(
        "prefill",
        second,
        400,
        Map.of(
            ENGINE_PROMPT_TOKENS, 2000L * second,
            ENGINE_PROMPT_TOKENS_CACHED, 500L * second,
            ENGINE_PROMPT_TOKENS_COMPUTED, 1500L * second,
            ENGINE_OUTPUT_TOKENS, 10L * second,
            ENGINE_REQUESTS_FINISHED, 10L * second,
            ENGINE_RUNNING, 2L));
  }

  private static SampleBuilder decode(int second) {
    return server(
        "decode",
        second,
        300,
        Map.of(
            ENGINE_PROMPT_TOKENS, 2000L * second,
            ENGINE_PROMPT_TOKENS_CACHED, 0L,
            ENGINE_PROMPT_TOKENS_TRANSFERRED, 1990L * second,
            ENGINE_PROMPT_TOKENS_COMPUTED, 10L * second,
            ENGINE_OUTPUT_TOKENS, 1000L * second,
            ENGINE_REQUESTS_FINISHED, 10L * second,
            ENGINE_RUNNING, 40L));
  }

  private void both(int seconds) {
    for (int s = 0; s <= seconds; s++) {
      fleet.accept(prefill(s));
      fleet.accept(decode(s));
    }
  }

  @Test
  void onePromptIsOnePromptAndOneRequestOneRequest() {
    both(25);
    assertThat(fleet.at(T0, CellMeasure.PROMPT_TOKENS)).isEqualTo(20_000 + 100);
    assertThat(fleet.at(T0, CellMeasure.PROMPT_TOKENS_REPEATED)).isEqualTo(19_900);
    assertThat(fleet.at(T0, CellMeasure.PROMPT_TOKENS_CACHED)).isEqualTo(5_000);
    assertThat(fleet.at(T0, CellMeasure.PROMPT_TOKENS_COMPUTED)).isEqualTo(15_000 + 100);
    assertThat(fleet.at(T0, CellMeasure.PROMPT_TOKENS_TRANSFERRED)).isEqualTo(19_900);
    assertThat(fleet.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
    assertThat(fleet.at(T0, CellMeasure.PREFILL_OUTPUT_TOKENS)).isEqualTo(100);
    assertThat(fleet.at(T0, CellMeasure.REQUESTS_FINISHED)).isEqualTo(100);
    assertThat(fleet.at(T0, CellMeasure.PREFILL_REQUESTS)).isEqualTo(100);
  }

  /** By hand: (2 x 400 + 2 x 300) W x 10 s = 14,000 J for 10,000 tokens. */
  @Test
  void bothRolesJoulesStandBehindTheDecodeServersOutput() {
    both(25);
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ)).isEqualTo(14_000_000);
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_METERED, DECODE)).isEqualTo(14_000_000);
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_METERED, PREFILL)).isZero();
    assertThat(fleet.at(T0, CellMeasure.OUTPUT_TOKENS_METERED, DECODE)).isEqualTo(10_000);
    assertThat(fleet.at(T0, CellMeasure.PROMPT_TOKENS_COMPUTED_METERED, DECODE)).isEqualTo(15_100);
    assertThat(fleet.at(T0, CellMeasure.REQUESTS_FINISHED_METERED)).isEqualTo(100);
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ, DECODE)).as("its own").isEqualTo(6_000_000);
  }

  @Test
  void eachRoleKeepsItsOwnJoulesForItsOwnRatio() {
    both(25);
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_ROLE_METERED, PREFILL)).isEqualTo(8_000_000);
    assertThat(fleet.at(T0, CellMeasure.PROMPT_TOKENS_COMPUTED_ROLE_METERED, PREFILL))
        .isEqualTo(15_000);
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_ROLE_METERED, DECODE)).isEqualTo(6_000_000);
    assertThat(fleet.at(T0, CellMeasure.SPANNING_GPU_MS_BEHIND, DECODE)).isEqualTo(40_000);
  }

  @Test
  void decodeWithoutItsPrefillServerMakesNoRatio() {
    for (int s = 0; s <= 25; s++) {
      fleet.accept(decode(s));
    }
    assertThat(fleet.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
    assertThat(fleet.at(T0, CellMeasure.OUTPUT_TOKENS_METERED)).isZero();
    assertThat(fleet.at(T0, CellMeasure.MEMBERS_MISSING_MS)).isPositive();
  }

  @Test
  void aPrefillServerThatFallsSilentTakesTheRatioWithIt() {
    for (int s = 0; s <= 60; s++) {
      if (s <= 30) {
        fleet.accept(prefill(s));
        fleet.accept(server("prefill", s, 400, Map.of(ENGINE_OUTPUT_TOKENS, 10L * s)).node("p2"));
      } else {
        fleet.accept(prefill(s));
      }
      fleet.accept(decode(s));
    }
    fleet.advance(T0 + 70_000);
    assertThat(fleet.at(T0 + 10_000, CellMeasure.GPU_MJ_METERED)).isEqualTo(22_000_000);
    assertThat(fleet.at(T0 + 40_000, CellMeasure.GPU_MJ_METERED)).isZero();
    assertThat(fleet.at(T0 + 40_000, CellMeasure.MEMBERS_MISSING_MS)).isEqualTo(20_000);
  }

  @Test
  void rolesWithoutAPairGroupPairByTheirWorkload() {
    for (int s = 0; s <= 25; s++) {
      fleet.accept(prefill(s).binding(b -> b.setPairGroup("")));
      fleet.accept(decode(s).binding(b -> b.setPairGroup("")));
    }
    assertThat(fleet.at(T0, CellMeasure.GPU_MJ_METERED, DECODE)).isEqualTo(14_000_000);
  }

  @Test
  void aDecodeServerThatDoesNotTellWhatItComputedLeavesItUnknown() {
    for (int s = 0; s <= 25; s++) {
      fleet.accept(
          server(
              "decode",
              s,
              300,
              Map.of(
                  ENGINE_PROMPT_TOKENS, 2000L * s,
                  ENGINE_PROMPT_TOKENS_CACHED, 100L * s,
                  ENGINE_OUTPUT_TOKENS, 1000L * s)));
    }
    assertThat(fleet.at(T0, CellMeasure.PROMPT_TOKENS)).isZero();
    assertThat(fleet.at(T0, CellMeasure.PROMPT_TOKENS_REPEATED)).isEqualTo(20_000);
    assertThat(fleet.at(T0, CellMeasure.PROMPT_COMPUTED_OBSERVED_MS)).isZero();
  }
}
