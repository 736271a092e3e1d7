package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.T0;
import static io.tokenwatt.jobs.node.MeteredNode.steady;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.proto.NodeSample;
import org.junit.jupiter.api.Test;

/** Order and time of records: edges, duplicates, gaps, silence, clocks, lateness. */
class NodeMeterTimeTest {
  private final MeteredNode node = new MeteredNode();

  @Test
  void samplesBetweenWindowEdgesAreSplitAtTheEdge() {
    node.accept(steady(0, 400, 1000));
    node.accept(steady(1, 400, 1000));
    node.accept(steady(8, 400, 1000));
    node.accept(steady(12, 400, 1000));
    node.accept(steady(22, 400, 1000));
    assertThat(node.ledger.at(T0, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
    assertThat(node.ledger.at(T0 + 10_000, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
  }

  @Test
  void duplicatesAndOlderSamplesAddNothing() {
    node.accept(steady(0, 400, 1000));
    node.accept(steady(5, 400, 1000));
    assertThat(node.accept(steady(5, 400, 1000))).isEqualTo(IntakeOutcome.DUPLICATE);
    assertThat(node.accept(steady(3, 400, 1000))).isEqualTo(IntakeOutcome.OUT_OF_ORDER);
    node.accept(steady(12, 400, 1000));
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
  }

  @Test
  void aSecondAgentOfTheSameNodeIsNamed() {
    node.accept(steady(0, 400, 1000));
    NodeSample other = steady(20, 400, 1000).toBuilder().setAgentRun(SampleBuilder.RUN - 5).build();
    assertThat(node.accept(other)).isEqualTo(IntakeOutcome.TWO_AGENTS);
  }

  @Test
  void aGapOfMoreThanFiveMinutesIsBridgedNotSpread() {
    node.accept(steady(0, 400, 1000));
    node.accept(steady(1, 400, 1000));
    node.accept(steady(2, 400, 1000));
    node.accept(steady(402, 400, 1000));
    node.accept(steady(413, 400, 1000));
    assertThat(node.ledger.total(CellMeasure.OUTPUT_TOKENS_BRIDGED)).isEqualTo(400_000);
    assertThat(node.ledger.total(CellMeasure.GPU_MJ_BRIDGED)).isEqualTo(160_000_000);
    assertThat(node.ledger.at(T0 + 100_000, CellMeasure.OUTPUT_TOKENS)).isZero();
    assertThat(node.ledger.at(T0 + 400_000, CellMeasure.OUTPUT_TOKENS)).isEqualTo(8_000);
    assertThat(node.ledger.qualityAt(T0 + 400_000) & Quality.GAP.bit()).isNotZero();
  }

  @Test
  void aDeadNodeLowersCoverageForFifteenMinutes() {
    for (int s = 0; s <= 30; s++) {
      node.accept(steady(s, 400, 1000));
    }
    for (long ms = T0 + 31_000; ms <= T0 + 2_400_000; ms += 1000) {
      node.meter.advance(ms);
    }
    assertThat(node.ledger.at(T0 + 60_000, CellMeasure.EXPECTED_MS)).isEqualTo(10_000);
    assertThat(node.ledger.at(T0 + 60_000, CellMeasure.OBSERVED_MS)).isZero();
    assertThat(node.ledger.total(CellMeasure.EXPECTED_MS)).isEqualTo(30_000 + 900_000);
    assertThat(node.ledger.total(CellMeasure.TOKENS_EXPECTED_MS)).isEqualTo(30_000 + 900_000);
  }

  @Test
  void aSilentNodeIsExpectedForFifteenMinutesAndNoLonger() {
    node.accept(steady(0, 400, 1000));
    node.accept(steady(1, 400, 1000));
    node.meter.advance(T0 + 60_000);
    node.meter.advance(T0 + 3_600_000);
    node.accept(steady(4000, 400, 1000));
    long expected =
        node.ledger.machines.values().stream()
            .mapToLong(row -> row.amounts()[NodeMeasure.EXPECTED_MS.ordinal()])
            .sum();
    assertThat(expected).isEqualTo(1_000 + 900_000);
  }

  @Test
  void aClockThatJumpsAnHourIsNotBelieved() {
    for (int s = 0; s <= 22; s++) {
      long jump = s >= 5 ? 3_600_000 : 0;
      NodeSample sample = steady(s, 400, 1000);
      node.meter.accept(
          sample.toBuilder().setObservedAtMs(sample.getObservedAtMs() + jump).build(),
          sample.getObservedAtMs());
    }
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
    assertThat(node.ledger.qualityAt(T0 + 10_000) & Quality.CLOCK_SKEW.bit()).isNotZero();
    assertThat(node.ledger.cells.keySet()).allMatch(k -> k.window() < T0 + 60_000);
  }

  @Test
  void aClockThatTheAgentDoubtsIsShownThoughItsTimesAreBelieved() {
    for (int s = 0; s <= 42; s++) {
      NodeSample.Builder sample = steady(s, 400, 1000).toBuilder();
      sample.setClockSkewMs(s >= 12 && s < 15 ? -4000 : 0).setClockJumpMs(s == 33 ? 1500 : 0);
      node.accept(sample.build());
    }
    assertThat(node.ledger.qualityAt(T0) & Quality.CLOCK_SKEW.bit()).isZero();
    assertThat(node.ledger.qualityAt(T0 + 10_000) & Quality.CLOCK_SKEW.bit()).isNotZero();
    assertThat(node.ledger.qualityAt(T0 + 20_000) & Quality.CLOCK_SKEW.bit()).isZero();
    assertThat(node.ledger.qualityAt(T0 + 30_000) & Quality.CLOCK_SKEW.bit()).isNotZero();
    assertThat(node.ledger.at(T0 + 30_000, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
  }

  @Test
  void aSampleMoreThanFifteenMinutesOldIsLateAndItsAmountsComeWithTheNext() {
    node.accept(steady(0, 400, 1000));
    assertThat(node.meter.accept(steady(5, 400, 1000), T0 + 5000 + 900_001).outcome())
        .isEqualTo(IntakeOutcome.LATE);
    node.meter.accept(steady(10, 400, 1000), T0 + 10_000 + 900_000);
    node.meter.accept(steady(21, 400, 1000), T0 + 21_000 + 900_000);
    assertThat(node.ledger.at(T0, CellMeasure.OUTPUT_TOKENS)).isEqualTo(10_000);
  }
}
