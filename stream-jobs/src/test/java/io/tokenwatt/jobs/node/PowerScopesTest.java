package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.STARTED;
import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.NodeMetric.NODE_POWER_MILLIWATTS;
import static io.tokenwatt.model.proto.NodeMetric.NODE_PUE_MILLIONTHS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.jobs.power.PueEntry;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.catalogue.NodeClass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Board, machine and facility energy; measured and modelled apart, and nothing lost between. */
class PowerScopesTest {
  /** 1,000 W and 1.25 W for each watt of the boards. */
  private static final NodeClass HGX = new NodeClass("hgx", 1_000_000, 1_250_000);

  private static final PowerBook POWER =
      new PowerBook(
          List.of(HGX),
          List.of(
              new PueEntry("fra-3", T0 - 1, 1_200_000),
              new PueEntry("fra-3", T0 + 20_000, 1_500_000)));

  private MeteredNode node = new MeteredNode(POWER);

  /** Two boards at 400 W, one of them nobody's. */
  private SampleBuilder sample(int second) {
    return SampleBuilder.at(second + 1, T0 + 1000L * second)
        .nodeClass("hgx")
        .site("fra-3")
        .board("a", GPU_ENERGY_MILLIJOULES, 5_000_000L + 400_000L * second)
        .board("b", GPU_ENERGY_MILLIJOULES, 9_000_000L + 400_000L * second)
        .engine("w", STARTED, Map.of(ENGINE_OUTPUT_TOKENS, 1000L * second), 0);
  }

  private long total(CellMeasure measure) {
    return node.ledger.total(measure);
  }

  @Test
  void aMachineWithoutAMeterIsItsClassAndItsBoards() {
    for (int s = 0; s <= 20; s++) {
      node.accept(sample(s).build());
    }
    // By hand: (1,000 W + 1.25 x 800 W) x 20 s = 40 kJ, half of it the owner's.
    assertThat(total(CellMeasure.NODE_MJ_MODELLED)).isEqualTo(40_000_000);
    assertThat(node.ledger.total(CellMeasure.NODE_MJ_MODELLED, "w")).isEqualTo(20_000_000);
    assertThat(node.ledger.total(CellMeasure.NODE_MJ_MODELLED, Cell.UNALLOCATED))
        .isEqualTo(20_000_000);
    assertThat(total(CellMeasure.NODE_MODELLED_MS)).isEqualTo(40_000);
    assertThat(total(CellMeasure.NODE_MJ_MODELLED_METERED)).isEqualTo(20_000_000);
    assertThat(total(CellMeasure.OUTPUT_TOKENS_NODE_MODELLED_METERED)).isEqualTo(20_000);
    assertThat(total(CellMeasure.NODE_MJ)).as("nothing is measured").isZero();
    assertThat(total(CellMeasure.FACILITY_MJ)).isZero();
    assertThat(node.ledger.qualityAt(T0) & Quality.MODELLED_NODE.bit()).isNotZero();
    assertThat(node.ledger.nodeTotal(NodeMeasure.MACHINE_MJ_MODELLED)).isEqualTo(40_000_000);
    assertThat(node.ledger.nodeTotal(NodeMeasure.MACHINE_MODELLED_MS)).isEqualTo(20_000);
  }

  @Test
  void theFacilityTakesThePueInForceWhenItsWindowBegan() {
    for (int s = 0; s <= 40; s++) {
      node.accept(sample(s).build());
    }
    // By hand: 40 kJ at 1.2, then 40 kJ at 1.5.
    assertThat(total(CellMeasure.FACILITY_MJ_MODELLED)).isEqualTo(48_000_000 + 60_000_000);
    assertThat(node.ledger.at(T0 + 10_000, CellMeasure.FACILITY_MJ_MODELLED)).isEqualTo(24_000_000);
    assertThat(node.ledger.at(T0 + 20_000, CellMeasure.FACILITY_MJ_MODELLED)).isEqualTo(30_000_000);
    assertThat(total(CellMeasure.FACILITY_MJ_MODELLED_METERED)).isEqualTo(54_000_000);
  }

  @Test
  void whatTheRecordsTellOfThePueGoesBeforeTheBook() {
    for (int s = 0; s <= 20; s++) {
      node.accept(sample(s).machine(NODE_PUE_MILLIONTHS, s < 10 ? 1_100_000 : 2_000_000).build());
    }
    assertThat(node.ledger.at(T0, CellMeasure.FACILITY_MJ_MODELLED)).isEqualTo(22_000_000);
    assertThat(node.ledger.at(T0 + 10_000, CellMeasure.FACILITY_MJ_MODELLED)).isEqualTo(40_000_000);
  }

  @Test
  void anUnbelievablePueIsNone() {
    node = new MeteredNode(new PowerBook(List.of(HGX), List.of(new PueEntry("fra-3", 0, 12_000))));
    for (int s = 0; s <= 20; s++) {
      node.accept(sample(s).machine(NODE_PUE_MILLIONTHS, 900_000).build());
    }
    assertThat(total(CellMeasure.NODE_MJ_MODELLED)).isEqualTo(40_000_000);
    assertThat(total(CellMeasure.FACILITY_MJ_MODELLED)).isZero();
    assertThat(total(CellMeasure.OUTPUT_TOKENS_FACILITY_MODELLED_METERED)).isZero();
  }

  @Test
  void whereAMeterTellsNothingIsModelled() {
    for (int s = 0; s <= 20; s++) {
      node.accept(sample(s).machine(NODE_POWER_MILLIWATTS, 3_000_000).build());
    }
    assertThat(total(CellMeasure.NODE_MJ)).isEqualTo(60_000_000);
    assertThat(total(CellMeasure.FACILITY_MJ)).isEqualTo(72_000_000);
    assertThat(total(CellMeasure.FACILITY_MJ_METERED)).isEqualTo(36_000_000);
    assertThat(total(CellMeasure.OUTPUT_TOKENS_FACILITY_METERED)).isEqualTo(20_000);
    assertThat(total(CellMeasure.NODE_MJ_MODELLED)).isZero();
    assertThat(node.ledger.qualityAt(T0) & Quality.MODELLED_NODE.bit()).isZero();
  }

  @Test
  void anUnknownClassOrBoardsThatAreNotReadGiveNoMachine() {
    for (int s = 0; s <= 20; s++) {
      node.accept(sample(s).nodeClass("nobody-measured-it").build());
    }
    assertThat(total(CellMeasure.NODE_MJ_MODELLED)).isZero();
    assertThat(total(CellMeasure.FACILITY_MJ_MODELLED)).isZero();
  }

  @RepeatedTest(4)
  void theModelledMachineIsItsClassTimesItsBoardsToTheMillijouleWhateverHappensToTheNode() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    NodeClass odd = new NodeClass("odd", 1_234_567, 1_234_567);
    node = new MeteredNode(new PowerBook(List.of(odd), List.of(new PueEntry("", 0, 1_234_567))));
    for (RandomNode.Logged logged : new RandomNode(seed, 500, T0).log) {
      node.meter.accept(
          logged.sample().toBuilder()
              .setNode(logged.sample().getNode().toBuilder().setNodeClass("odd"))
              .build(),
          logged.recordMs());
    }
    double expected = 0;
    for (var row : node.ledger.gpus.values()) {
      expected +=
          1.234567 * row.amounts()[GpuMeasure.ENERGY_MJ.ordinal()]
              + 1234.567 * row.amounts()[GpuMeasure.OBSERVED_MS.ordinal()] / 3;
    }
    assertThat(expected).isGreaterThan(1e8);
    // Less than a millijoule per board is on its way; boards of the random node are three.
    assertThat((double) total(CellMeasure.NODE_MJ_MODELLED)).isCloseTo(expected, within(4.0));
    assertThat((double) total(CellMeasure.FACILITY_MJ_MODELLED))
        .isCloseTo(1.234567 * total(CellMeasure.NODE_MJ_MODELLED), within(4.0));
    assertThat(node.ledger.nodeTotal(NodeMeasure.MACHINE_MJ_MODELLED))
        .isEqualTo(total(CellMeasure.NODE_MJ_MODELLED));
  }
}
