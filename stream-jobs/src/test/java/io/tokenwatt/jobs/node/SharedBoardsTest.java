package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.STARTED;
import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One board, several who use it: time slices, partitions, models, ranks. 400 W for 10 s. */
class SharedBoardsTest {
  private final MeteredNode node = new MeteredNode();

  private static SampleBuilder board(int second) {
    return SampleBuilder.at(second + 1, T0 + 1000L * second)
        .board("a", GPU_ENERGY_MILLIJOULES, 9_000_000L + 400_000L * second);
  }

  @Test
  void timeSlicesShareJoulesByTheirProcessesUse() {
    for (int s = 0; s <= 12; s++) {
      node.accept(
          board(s)
              .engine("busy", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 100L * s), 0)
              .binding(b -> b.addProcessUtilPpm(750_000))
              .engine("calm", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 10L * s), 0)
              .binding(b -> b.addProcessUtilPpm(250_000))
              .build());
    }
    assertThat(node.ledger.total(CellMeasure.GPU_MJ, "busy"))
        .isEqualTo(3 * node.ledger.total(CellMeasure.GPU_MJ, "calm"));
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ_MEASURED)).isEqualTo(4_000_000);
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MS)).isEqualTo(10_000);
    assertThat(node.ledger.qualityAt(T0)).isZero();
  }

  @Test
  void timeSlicesWithoutReadingsShareEquallyAndAreNotMeasured() {
    for (int s = 0; s <= 12; s++) {
      node.accept(
          board(s)
              .engine("busy", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 100L * s), 0)
              .engine("calm", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 10L * s), 0)
              .build());
    }
    assertThat(node.ledger.total(CellMeasure.GPU_MJ, "busy"))
        .isEqualTo(node.ledger.total(CellMeasure.GPU_MJ, "calm"));
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ_MEASURED)).isZero();
    assertThat(node.ledger.qualityAt(T0)).isEqualTo(Quality.SHARED_EQUALLY.bit());
  }

  /** The mirror image of MIG: only partition 0 tells of the board, the others say 0. */
  @Test
  void anAmdBoardsPartitionsHoldEqualPartsOfTheOneEnergyThatPartitionZeroShows() {
    for (int s = 0; s <= 12; s++) {
      SampleBuilder b = SampleBuilder.at(s + 1, T0 + 1000L * s);
      for (int partition = 0; partition < 4; partition++) {
        b.instance(
            "a",
            partition,
            "",
            GPU_ENERGY_MILLIJOULES,
            partition == 0 ? 9_000_000L + 400_000L * s : 0,
            GPU_POWER_MILLIWATTS,
            partition == 0 ? 400_000 : 0);
      }
      b.bind("one", new int[0], 0).bind("three", new int[0], 1, 2, 3);
      node.accept(b.build());
    }
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
    assertThat(3 * node.ledger.total(CellMeasure.GPU_MJ, "one"))
        .isEqualTo(node.ledger.total(CellMeasure.GPU_MJ, "three"));
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MS)).isEqualTo(10_000);
  }

  @Test
  void dataParallelRanksAddUpAndModelsShareTheBoardByTheirTokens() {
    for (int s = 0; s <= 12; s++) {
      node.accept(
          board(s)
              .engine(
                  Engine.newBuilder()
                      .setInstance("e")
                      .setKind("vllm")
                      .setStartedAtMs(STARTED)
                      .addAllSeries(
                          List.of(
                              series("big", "0", 300L * s),
                              series("big", "1", 300L * s),
                              series("small", "0", 200L * s)))
                      .build())
              .bind("w", new int[] {0}, 0)
              .build());
    }
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(8_000);
    assertThat(joules("big")).isEqualTo(3 * joules("small"));
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(8_000);
    assertThat(node.ledger.qualityAt(T0)).isEqualTo(Quality.SHARED_BY_TOKENS.bit());
  }

  @Test
  void anAssumedOwnersJoulesAreNotMeasured() {
    for (int s = 0; s <= 12; s++) {
      node.accept(
          board(s)
              .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 100L * s), 0)
              .binding(b -> b.setMethod(OwnershipMethod.OWNERSHIP_ASSUMED))
              .build());
    }
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ_MEASURED)).isZero();
    assertThat(node.ledger.qualityAt(T0)).isEqualTo(Quality.ASSUMED_OWNER.bit());
  }

  private long joules(String model) {
    return node.ledger.settle().cells.entrySet().stream()
        .filter(e -> e.getKey().window() == T0 && isOf(e.getKey().cell(), model))
        .mapToLong(e -> e.getValue()[CellMeasure.GPU_MJ.ordinal()])
        .sum();
  }

  private static boolean isOf(Cell cell, String model) {
    return cell.model().equals(model);
  }

  private static EngineSeries series(String model, String rank, long tokens) {
    return EngineSeries.newBuilder()
        .setModelName(model)
        .setRank(rank)
        .addMetrics(ENGINE_OUTPUT_TOKENS)
        .addValues(tokens)
        .addMetrics(ENGINE_RUNNING)
        .addValues(1)
        .build();
  }
}
