package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Laws 2, 3 and 4 over random topologies of several nodes. A failure names its seed; run it again
 * with JAVA_TOOL_OPTIONS=-Dtokenwatt.seed=N.
 */
class FleetPropertyTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final int ROUNDS = 6;

  private static long seed(RepetitionInfo info) {
    Long given = Long.getLong("tokenwatt.seed");
    long seed = given != null ? given : System.nanoTime() + info.getCurrentRepetition();
    System.out.println("seed " + seed);
    return seed;
  }

  /** Node after node, each record half a second after its sample. */
  private static Ledger inOrder(RandomFleet fleet) {
    return new Reading(fleet, null).toTheEnd();
  }

  /** A way of reading the nodes' logs. */
  private static final class Reading {
    private final Ledger ledger = new Ledger();
    private final Map<String, NodeMeter> meters = new TreeMap<>();
    private final Map<String, List<RandomNode.Logged>> logs = new TreeMap<>();
    private final Random random;

    Reading(RandomFleet fleet, Random random) {
      this.random = random;
      fleet.logs.forEach(
          (node, samples) -> {
            meters.put(node, new NodeMeter(new NodeState(), new PlainNaming(), 0, ledger));
            logs.put(node, delayed(samples));
          });
    }

    private List<RandomNode.Logged> delayed(List<NodeSample> samples) {
      List<RandomNode.Logged> log = new ArrayList<>();
      long last = 0;
      long before = 0;
      for (NodeSample sample : samples) {
        // Late after a gap: the meter has given the node up, and must give what it would have.
        int often = sample.getObservedAtMs() - before > 200_000 ? 2 : 20;
        before = sample.getObservedAtMs();
        long delay = random != null && random.nextInt(often) == 0 ? random.nextInt(850_000) : 500;
        last = Math.max(last + 1, sample.getObservedAtMs() + delay);
        log.add(new RandomNode.Logged(sample, last));
        if (random != null && random.nextInt(15) == 0) {
          log.add(log.get(random.nextInt(log.size()))); // again, or an older one
        }
      }
      return log;
    }

    Ledger toTheEnd() {
      Map<String, Integer> next = new HashMap<>();
      List<String> open = new ArrayList<>(logs.keySet());
      while (!open.isEmpty()) {
        String node = open.get(random == null ? 0 : random.nextInt(open.size()));
        int at = next.merge(node, 1, Integer::sum) - 1;
        RandomNode.Logged record = logs.get(node).get(at);
        watermark(meters.get(node), record.recordMs());
        meters.get(node).accept(record.sample(), record.recordMs());
        if (at + 1 == logs.get(node).size()) {
          open.remove(node);
        }
        if (random != null && random.nextInt(50) == 0) {
          ledger.settle(); // a decision before all is known, to be taken back
        }
      }
      meters.values().forEach(m -> advance(m, T0 + 40_000_000));
      return ledger;
    }

    private void watermark(NodeMeter meter, long recordMs) {
      if (random != null && random.nextInt(3) == 0) {
        advance(meter, recordMs - 1 - random.nextInt(200_000));
      }
    }

    private static void advance(NodeMeter meter, long ms) {
      while (meter.nextTimerMs() <= ms) {
        meter.advance(meter.nextTimerMs());
      }
      meter.advance(ms);
    }
  }

  @RepeatedTest(ROUNDS)
  void orderDuplicationDelayAndEarlyDecisionsChangeNoFinalRow(RepetitionInfo info) {
    long seed = seed(info);
    RandomFleet fleet = new RandomFleet(seed, 3, 300, T0);
    Map<String, String> expected = inOrder(fleet).finalRows();
    Map<String, String> actual = new Reading(fleet, new Random(seed + 1)).toTheEnd().finalRows();
    Set<String> different = new TreeSet<>(expected.keySet());
    different.addAll(actual.keySet());
    different.remove("intake");
    different.removeIf(row -> Objects.equals(expected.get(row), actual.get(row)));
    assertThat(
            different.stream()
                .limit(2)
                .map(r -> r + "\n  " + expected.get(r) + "\n  " + actual.get(r)))
        .as("rows that depend on timing, seed %d", seed)
        .isEmpty();
  }

  @RepeatedTest(ROUNDS)
  void everyMillijouleAndTokenOfEveryTopologyIsCountedOnce(RepetitionInfo info) {
    long seed = seed(info);
    RandomFleet fleet = new RandomFleet(seed, 3, 300, T0);
    Ledger ledger = new Reading(fleet, new Random(seed)).toTheEnd();
    assertThat(ledger.total(CellMeasure.GPU_MJ) + ledger.total(CellMeasure.GPU_MJ_BRIDGED))
        .as("energy, seed %d", seed)
        .isEqualTo(fleet.energyMj);
    assertThat(
            ledger.total(CellMeasure.OUTPUT_TOKENS)
                + ledger.total(CellMeasure.OUTPUT_TOKENS_BRIDGED)
                + ledger.total(CellMeasure.PREFILL_OUTPUT_TOKENS))
        .as("output tokens, seed %d", seed)
        .isEqualTo(fleet.outputTokens);
    assertThat(
            ledger.total(CellMeasure.PROMPT_TOKENS)
                + ledger.total(CellMeasure.PROMPT_TOKENS_BRIDGED)
                + ledger.total(CellMeasure.PROMPT_TOKENS_REPEATED))
        .as("prompt tokens, seed %d", seed)
        .isEqualTo(3 * fleet.outputTokens);
  }

  @RepeatedTest(ROUNDS)
  void inEveryWindowCellsAddUpToBoardsInMillijouleAndMilliseconds(RepetitionInfo info) {
    long seed = seed(info);
    Ledger ledger = inOrder(new RandomFleet(seed, 3, 250, T0)).settle();
    Map<Long, long[]> boards = new TreeMap<>();
    ledger.gpus.values().forEach(r -> add(boards, r.windowStartMs(), r.amounts()));
    Map<Long, long[]> cells = new TreeMap<>();
    ledger.cells.forEach((key, amounts) -> add(cells, key.window(), amounts));
    assertThat(boards).isNotEmpty();
    boards.forEach(
        (window, b) -> {
          long[] c = cells.get(window);
          assertThat(c[CellMeasure.GPU_MJ.ordinal()])
              .as("mJ of window %d, seed %d", window, seed)
              .isEqualTo(b[GpuMeasure.ENERGY_MJ.ordinal()]);
          assertThat(c[CellMeasure.OBSERVED_MS.ordinal()])
              .as("observed board-ms of window %d, seed %d", window, seed)
              .isEqualTo(b[GpuMeasure.OBSERVED_MS.ordinal()]);
          assertThat(c[CellMeasure.EXPECTED_MS.ordinal()])
              .as("expected board-ms of window %d, seed %d", window, seed)
              .isEqualTo(b[GpuMeasure.EXPECTED_MS.ordinal()]);
        });
  }

  @RepeatedTest(ROUNDS)
  void everyPartOfARowIsAtMostTheWhole(RepetitionInfo info) {
    long seed = seed(info);
    Ledger ledger = inOrder(new RandomFleet(seed, 3, 250, T0)).settle();
    ledger.cells.forEach(
        (key, a) -> {
          String row = key + ", seed " + seed;
          assertThat(
                  sum(
                      a,
                      CellMeasure.GPU_BUSY_MJ,
                      CellMeasure.GPU_LOADED_IDLE_MJ,
                      CellMeasure.GPU_UNALLOCATED_MJ,
                      CellMeasure.GPU_UNKNOWN_MJ))
              .as(row)
              .isEqualTo(sum(a, CellMeasure.GPU_MJ));
          assertThat(
                  sum(
                      a,
                      CellMeasure.GPU_BUSY_MS,
                      CellMeasure.GPU_LOADED_IDLE_MS,
                      CellMeasure.GPU_UNALLOCATED_MS,
                      CellMeasure.GPU_UNKNOWN_MS))
              .as(row)
              .isEqualTo(sum(a, CellMeasure.GPU_MS));
          assertThat(sum(a, CellMeasure.GPU_MJ_MEASURED))
              .as(row)
              .isBetween(0L, sum(a, CellMeasure.GPU_MJ));
          assertThat(sum(a, CellMeasure.OUTPUT_TOKENS_METERED))
              .as(row)
              .isBetween(0L, sum(a, CellMeasure.OUTPUT_TOKENS));
          assertThat(Arrays.stream(a).min().getAsLong()).as(row).isNotNegative();
        });
    assertThat(ledger.total(CellMeasure.GPU_MJ_METERED))
        .as("joules behind tokens, wherever they stand, seed %d", seed)
        .isBetween(0L, ledger.total(CellMeasure.GPU_MJ));
  }

  private static long sum(long[] amounts, CellMeasure... measures) {
    long sum = 0;
    for (CellMeasure measure : measures) {
      sum += amounts[measure.ordinal()];
    }
    return sum;
  }

  private static void add(Map<Long, long[]> sums, long window, long[] amounts) {
    long[] sum = sums.computeIfAbsent(window, w -> new long[amounts.length]);
    for (int i = 0; i < amounts.length; i++) {
      sum[i] += amounts[i];
    }
  }
}
