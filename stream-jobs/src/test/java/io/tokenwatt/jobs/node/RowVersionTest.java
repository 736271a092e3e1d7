package io.tokenwatt.jobs.node;

import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The store keeps, of two rows with one key, the one with the higher version: a row that knows more
 * of its window must have one, whichever of the two is inserted last.
 */
class RowVersionTest {
  private static final long T0 = 1_700_000_000_000L; // a window's start

  private final List<GpuRow> boards = new ArrayList<>();
  private final List<EngineRow> engines = new ArrayList<>();
  private final List<NodeRow> nodes = new ArrayList<>();

  @Test
  void aRowThatKnowsMoreOfItsWindowHasAHigherVersion() {
    meter(0);

    assertThat(boards)
        .extracting(r -> r.amounts()[GpuMeasure.OBSERVED_MS.ordinal()])
        .as("energy that came late completes the window")
        .startsWith(8_000L)
        .endsWith(10_000L);
    assertThat(boards.get(boards.size() - 1).version()).isGreaterThan(boards.get(0).version());
    assertThat(engines)
        .extracting(r -> r.amounts()[EngineMeasure.OBSERVED_MS.ordinal()])
        .as("tokens that came late complete the window")
        .startsWith(8_000L)
        .endsWith(10_000L);
    assertThat(engines.get(engines.size() - 1).version()).isGreaterThan(engines.get(0).version());
    assertThat(nodes)
        .extracting(r -> r.amounts()[NodeMeasure.BOARD_OBSERVED_MS.ordinal()])
        .startsWith(8_000L)
        .endsWith(10_000L);
    assertThat(nodes.get(nodes.size() - 1).version()).isGreaterThan(nodes.get(0).version());
  }

  @Test
  void aRecomputationWinsOverEveryRowBefore() {
    meter(0);
    long most = boards.stream().mapToLong(GpuRow::version).max().orElseThrow();
    boards.clear();

    meter(1);

    assertThat(boards).allMatch(row -> row.version() > most);
  }

  /** Seconds 0 to 8, then nothing new until second 25. */
  private void meter(int epoch) {
    NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), epoch, new FirstWindow());
    for (int second : new int[] {0, 1, 2, 8}) {
      meter.accept(sample(second).build(), T0 + 1000L * second);
    }
    NodeSample stale =
        sample(8).build().toBuilder()
            .setSeq(13)
            .setObservedAtMs(T0 + 12_000)
            .clearEngines()
            .build();
    NodeSample.Builder noEngine = stale.toBuilder();
    noEngine.getBindingsBuilder(0).clearEngines();
    meter.accept(noEngine.build(), T0 + 12_000);
    meter.accept(sample(25).build(), T0 + 25_000);
  }

  private static SampleBuilder sample(int second) {
    return SampleBuilder.at(second + 1, T0 + 1000L * second)
        .board("a", GPU_ENERGY_MILLIJOULES, 400_000L * (second + 1), GPU_POWER_MILLIWATTS, 400_000)
        .engine("w", T0 - 60_000, Map.of(ENGINE_OUTPUT_TOKENS, 100L * (second + 1)), 0);
  }

  private final class FirstWindow implements FactOutput {
    @Override
    public void cell(CellPart part) {}

    @Override
    public void gpu(GpuRow row) {
      if (row.windowStartMs() == T0) {
        boards.add(row);
      }
    }

    @Override
    public void engine(EngineRow row) {
      if (row.windowStartMs() == T0) {
        engines.add(row);
      }
    }

    @Override
    public void node(NodeRow row) {
      if (row.windowStartMs() == T0) {
        nodes.add(row);
      }
    }

    @Override
    public void intake(IntakeRow row) {}
  }
}
