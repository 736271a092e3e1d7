package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.STARTED;
import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.node.LabelLimits.Label;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.ValueLimit;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A label that never repeats costs names, not joules and not tokens. */
class LabelGuardTest {
  private static final int SECONDS = 300;

  private final long seed = Long.getLong("tokenwatt.seed", System.nanoTime());

  private static NodeMeter meter(LabelLimits limits, Ledger ledger) {
    return new NodeMeter(new NodeState(), new PlainNaming(), PowerBook.EMPTY, limits, 0, ledger);
  }

  /** Board a: a new workload every 3 s. Board b: one engine whose model names never repeat. */
  private static List<NodeSample> runaway(Random dice) {
    List<NodeSample> log = new ArrayList<>();
    long energy = 1_000_000;
    List<Long> tokens = new ArrayList<>();
    for (int s = 0; s <= SECONDS; s++) {
      energy += 1000L * (100 + dice.nextInt(300));
      if (s % 5 == 0) {
        tokens.add(0L);
      }
      EngineSeries.Builder[] series = new EngineSeries.Builder[tokens.size()];
      for (int i = 0; i < series.length; i++) {
        tokens.set(i, tokens.get(i) + dice.nextInt(500));
        series[i] =
            EngineSeries.newBuilder()
                .setModelName("model-" + i)
                .addMetrics(ENGINE_OUTPUT_TOKENS)
                .addValues(tokens.get(i))
                .addMetrics(ENGINE_RUNNING)
                .addValues(1);
      }
      log.add(
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, energy, GPU_POWER_MILLIWATTS, 200_000)
              .board("b", GPU_ENERGY_MILLIJOULES, 2 * energy, GPU_POWER_MILLIWATTS, 400_000)
              .bind("job-" + s / 3, new int[0], 0)
              .engine("w", STARTED, Map.of(), 1)
              .last(
                  engine -> {
                    Engine.Builder many = engine.clearSeries();
                    for (EngineSeries.Builder one : series) {
                      many.addSeries(one);
                    }
                    return many;
                  },
                  binding -> binding)
              .build());
    }
    return log;
  }

  private Ledger metered(List<NodeSample> log, LabelLimits limits, Random watermarks) {
    Ledger ledger = new Ledger();
    NodeMeter meter = meter(limits, ledger);
    for (NodeSample sample : log) {
      if (watermarks.nextInt(4) == 0) {
        meter.advance(sample.getObservedAtMs() - watermarks.nextInt(5_000));
      }
      meter.accept(sample, sample.getObservedAtMs() + 50);
    }
    while (meter.nextTimerMs() <= T0 + 7_200_000) {
      meter.advance(meter.nextTimerMs());
    }
    return ledger.settle();
  }

  @Test
  void joulesTimeAndTokensAddUpToWhatTheyAreWithoutALimit() {
    System.out.println("seed " + seed);
    List<NodeSample> log = runaway(new Random(seed));
    Ledger free = metered(log, LabelLimits.of(1_000_000, Map.of()), new Random(seed));
    Ledger limited = metered(log, LabelLimits.of(5, Map.of()), new Random(seed + 1));

    for (CellMeasure measure :
        List.of(
            CellMeasure.GPU_MJ,
            CellMeasure.GPU_MJ_BRIDGED,
            CellMeasure.GPU_MS,
            CellMeasure.GPU_BUSY_MS,
            CellMeasure.EXPECTED_MS,
            CellMeasure.OUTPUT_TOKENS,
            CellMeasure.OUTPUT_TOKENS_BRIDGED)) {
      assertThat(limited.total(measure))
          .as("%s, seed %d", measure, seed)
          .isEqualTo(free.total(measure));
    }
    assertThat(free.total(CellMeasure.OUTPUT_TOKENS)).isPositive();
    assertThat(values(free, Label.WORKLOAD)).hasSizeGreaterThan(90);
    assertThat(values(limited, Label.WORKLOAD)).hasSize(5 + 1).contains(ValueLimit.OTHER);
    assertThat(values(limited, Label.MODEL)).hasSizeLessThanOrEqualTo(5 + 2);
    assertThat(limited.total(CellMeasure.GPU_MJ, ValueLimit.OTHER)).isPositive();
  }

  @Test
  void theSameLogIsDealtTheSameWayWheneverTheWatermarksCome() {
    System.out.println("seed " + seed);
    List<NodeSample> log = runaway(new Random(seed));
    LabelLimits limits = LabelLimits.of(7, Map.of());
    Ledger one = metered(log, limits, new Random(seed + 1));
    Ledger two = metered(log, limits, new Random(seed + 2));
    assertThat(two.finalRows()).as("seed %d", seed).isEqualTo(one.finalRows());
  }

  @Test
  void aListForTheFleetFoldsWhatIsNotOnIt() {
    List<NodeSample> log = runaway(new Random(seed));
    LabelLimits limits = LabelLimits.of(256, Map.of(Label.WORKLOAD, Set.of("w", "job-1")));
    Ledger listed = metered(log, limits, new Random(seed));
    assertThat(values(listed, Label.WORKLOAD)).containsExactlyInAnyOrder("w", "job-1", "(other)");
  }

  @Test
  void itIsCountedEachTimeAndToldOnceAnHour() {
    NodeMeter meter = meter(LabelLimits.of(1, Map.of()), new Ledger());
    int counted = 0;
    List<String> news = new ArrayList<>();
    for (int s = 0; s < 10; s++) {
      NodeSample sample =
          SampleBuilder.at(s + 1, T0 + 1000L * s)
              .board("a", GPU_ENERGY_MILLIJOULES, 1000L * s)
              .bind("job-" + s, new int[0], 0)
              .build();
      NodeMeter.Verdict verdict = meter.accept(sample, sample.getObservedAtMs());
      counted += verdict.beyondLimits().getOrDefault(Label.WORKLOAD, 0);
      if (!verdict.news().isEmpty()) {
        news.add(verdict.news());
      }
    }
    assertThat(counted).isEqualTo(9);
    assertThat(news)
        .containsExactly(
            "workload \"job-1\" is beyond 1 values of this node within 60 min and counted under (other)");
  }

  private static Set<String> values(Ledger ledger, Label label) {
    return ledger.cells.keySet().stream()
        .map(key -> label == Label.WORKLOAD ? key.cell().workload() : key.cell().model())
        .collect(Collectors.toSet());
  }
}
