package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.STARTED;
import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_LIMIT_MILLIWATTS;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.Quality;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Readings that contradict each other, or physics, are flagged and counted as doubted. */
class DoubtsTest {
  private final MeteredNode node = new MeteredNode();
  private long energyMj = 5_000_000;
  private long tokens = 100;
  private int second;

  /** Goes on for so long; watts is what the counter grows by, shown what the power gauge says. */
  private void run(int seconds, int watts, int shown, int tokensPerS, int running) {
    run(seconds, s -> watts, s -> shown, tokensPerS, running);
  }

  private void run(
      int seconds, IntUnaryOperator watts, IntUnaryOperator shown, int tokensPerS, int running) {
    for (int i = 0; i < seconds; i++) {
      node.accept(
          SampleBuilder.at(second + 1, T0 + 1000L * second)
              .board(
                  "a",
                  GPU_ENERGY_MILLIJOULES,
                  energyMj,
                  GPU_POWER_MILLIWATTS,
                  1000L * shown.applyAsInt(second),
                  GPU_POWER_LIMIT_MILLIWATTS,
                  700_000L)
              .engine(
                  "w",
                  STARTED,
                  Map.of(ENGINE_OUTPUT_TOKENS, tokens, ENGINE_RUNNING, (long) running),
                  0)
              .build());
      energyMj += 1000L * watts.applyAsInt(second);
      tokens += tokensPerS;
      second++;
    }
  }

  private boolean flagged(long window, Quality quality) {
    return (node.ledger.qualityAt(T0 + window * 10_000) & quality.bit()) != 0;
  }

  private long doubted() {
    return node.ledger.total(CellMeasure.GPU_MJ_DOUBTED);
  }

  @Test
  void aCounterThatSaysTenPercentMoreThanPowerIsDoubtedOverTheWholeComparison() {
    run(600, 440, 400, 1000, 8);
    for (int window = 1; window < 48; window++) {
      assertThat(flagged(window, Quality.COUNTER_VS_POWER_MISMATCH)).as("w " + window).isTrue();
    }
    // Two comparisons of 240 s; the rest is not judged yet.
    assertThat(doubted()).isBetween(440_000L * 475, 440_000L * 500);
    assertThat(
            node.ledger.gpus.values().stream()
                .filter(r -> (r.quality() & Quality.COUNTER_VS_POWER_MISMATCH.bit()) != 0)
                .mapToLong(r -> r.amounts()[GpuMeasure.ENERGY_MJ.ordinal()])
                .sum())
        .as("boards' rows say the same")
        .isEqualTo(doubted());
  }

  @Test
  void fourPercentIsWithinTheTolerance() {
    run(600, 416, 400, 1000, 8);
    assertThat(doubted()).isZero();
    assertThat(flagged(10, Quality.COUNTER_VS_POWER_MISMATCH)).isFalse();
  }

  @RepeatedTest(3)
  void loadThatComesAndGoesEachSecondIsNoContradiction() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int[] watts = random.ints(900, 80, 700).toArray();
    // The gauge is the mean of the second before, as NVML's.
    run(900, s -> watts[s], s -> s == 0 ? watts[0] : watts[s - 1], 1000, 8);
    assertThat(doubted()).as("seed %d", seed).isZero();
  }

  @Test
  void aBoardAboveItsLimitIsDoubtedInItsWindowsOnly() {
    run(20, 500, 500, 1000, 8);
    run(20, 900, 900, 1000, 8); // 1.29 x 700 W
    run(20, 500, 500, 1000, 8);
    assertThat(flagged(1, Quality.POWER_OVER_LIMIT)).isFalse();
    assertThat(flagged(2, Quality.POWER_OVER_LIMIT)).isTrue();
    assertThat(flagged(3, Quality.POWER_OVER_LIMIT)).isTrue();
    assertThat(flagged(4, Quality.POWER_OVER_LIMIT)).isFalse();
    assertThat(doubted()).isEqualTo(18_000_000);
    assertThat(node.ledger.total(CellMeasure.GPU_MJ)).as("all of it counts").isEqualTo(33_000_000);
  }

  @Test
  void aFifthAboveTheLimitIsBelieved() {
    run(40, 830, 830, 1000, 8);
    assertThat(doubted()).isZero();
  }

  @Test
  void halfTheJoulesForTheSameWorkIsAJumpAndStaysOne() {
    run(300, 600, 600, 1000, 8);
    run(400, 250, 250, 1000, 8);
    assertThat(flagged(20, Quality.EFFICIENCY_JUMP)).isFalse();
    for (int window = 31; window < 69; window++) {
      assertThat(flagged(window, Quality.EFFICIENCY_JUMP)).as("w " + window).isTrue();
    }
    assertThat(doubted()).as("marked, not doubted: it may be true").isZero();
  }

  @Test
  void moreLoadExplainsMoreTokensPerJoule() {
    run(300, 300, 300, 100, 1);
    run(300, 550, 550, 2000, 32);
    run(300, 300, 300, 100, 1);
    run(300, 310, 310, 900, 16); // a bigger batch at almost the same watts
    run(300, 550, 550, 4000, 16); // the same requests, longer batches, more watts
    for (int window = 0; window < 149; window++) {
      assertThat(flagged(window, Quality.EFFICIENCY_JUMP)).as("w " + window).isFalse();
    }
  }

  @Test
  void afterAnHourTheNewLevelIsTakenForTheTruth() {
    run(300, 600, 600, 1000, 8);
    run(3_900, 250, 250, 1000, 8);
    assertThat(flagged(31, Quality.EFFICIENCY_JUMP)).isTrue();
    assertThat(flagged(415, Quality.EFFICIENCY_JUMP)).isFalse();
  }
}
