package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Laws 2, 3 and 4 over random lives of a node. A failure names its seed; run it again with
 * JAVA_TOOL_OPTIONS=-Dtokenwatt.seed=N.
 */
class NodeMeterPropertyTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final int ROUNDS = 12;

  private static long seed(RepetitionInfo info) {
    Long given = Long.getLong("tokenwatt.seed");
    long seed = given != null ? given : System.nanoTime() + info.getCurrentRepetition();
    System.out.println("seed " + seed);
    return seed;
  }

  private static Ledger run(RandomNode node, Random interleaving) {
    Ledger ledger = new Ledger();
    NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, ledger);
    long watermark = Long.MIN_VALUE;
    for (RandomNode.Logged record : node.log) {
      if (interleaving != null && interleaving.nextInt(3) == 0) {
        // Any watermark is allowed that does not pass a record still to come.
        long ahead = interleaving.nextInt(4) == 0 ? 0 : interleaving.nextInt(200_000);
        watermark = Math.max(watermark, record.recordMs() - 1 - ahead);
        while (meter.nextTimerMs() <= watermark) {
          meter.advance(meter.nextTimerMs());
        }
      }
      meter.accept(record.sample(), record.recordMs());
    }
    long end = node.log.get(node.log.size() - 1).recordMs() + 7_200_000;
    while (meter.nextTimerMs() <= end) {
      meter.advance(meter.nextTimerMs());
    }
    meter.advance(end);
    return ledger;
  }

  @RepeatedTest(ROUNDS)
  void finalRowsDoNotDependOnWhenTheWatermarkCame(RepetitionInfo info) {
    long seed = seed(info);
    RandomNode node = new RandomNode(seed, 900, T0);
    Ledger once = run(node, null);
    Ledger again = run(node, new Random(seed + 1));
    Map<String, String> expected = once.finalRows();
    Map<String, String> actual = again.finalRows();
    Set<String> different = new TreeSet<>(expected.keySet());
    different.addAll(actual.keySet());
    different.removeIf(row -> Objects.equals(expected.get(row), actual.get(row)));
    assertThat(different.stream().map(r -> r + "\n  " + expected.get(r) + "\n  " + actual.get(r)))
        .as("rows that depend on the watermark, seed %d", seed)
        .isEmpty();
  }

  @RepeatedTest(ROUNDS)
  void everyMillijouleAndTokenThatTheCountersShowIsCountedOnce(RepetitionInfo info) {
    long seed = seed(info);
    RandomNode node = new RandomNode(seed, 900, T0);
    Ledger ledger = run(node, new Random(seed));
    assertThat(ledger.total(CellMeasure.GPU_MJ) + ledger.total(CellMeasure.GPU_MJ_BRIDGED))
        .as("energy, seed %d", seed)
        .isEqualTo(node.energyMj);
    assertThat(
            ledger.total(CellMeasure.OUTPUT_TOKENS)
                + ledger.total(CellMeasure.OUTPUT_TOKENS_BRIDGED))
        .as("tokens, seed %d", seed)
        .isEqualTo(node.outputTokens);
  }

  @RepeatedTest(ROUNDS)
  void energyOfCellsEqualsEnergyOfBoardsAndEachJouleHasAnOwnerState(RepetitionInfo info) {
    long seed = seed(info);
    Ledger ledger = run(new RandomNode(seed, 600, T0), null);
    long boards =
        ledger.gpus.values().stream()
            .mapToLong(r -> r.amounts()[GpuMeasure.ENERGY_MJ.ordinal()])
            .sum();
    assertThat(ledger.total(CellMeasure.GPU_MJ)).as("seed %d", seed).isEqualTo(boards);
    assertThat(
            ledger.total(CellMeasure.GPU_BUSY_MJ)
                + ledger.total(CellMeasure.GPU_LOADED_IDLE_MJ)
                + ledger.total(CellMeasure.GPU_UNALLOCATED_MJ)
                + ledger.total(CellMeasure.GPU_UNKNOWN_MJ))
        .as("seed %d", seed)
        .isEqualTo(boards);
    assertThat(ledger.total(CellMeasure.OBSERVED_MS))
        .as("coverage never over 1, seed %d", seed)
        .isLessThanOrEqualTo(ledger.total(CellMeasure.EXPECTED_MS));
    assertThat(
            ledger.total(CellMeasure.GPU_BUSY_MS)
                + ledger.total(CellMeasure.GPU_LOADED_IDLE_MS)
                + ledger.total(CellMeasure.GPU_UNALLOCATED_MS)
                + ledger.total(CellMeasure.GPU_UNKNOWN_MS))
        .isEqualTo(ledger.total(CellMeasure.GPU_MS));
  }
}
