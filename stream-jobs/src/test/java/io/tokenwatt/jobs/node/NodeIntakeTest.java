package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.proto.NodeSample;
import org.junit.jupiter.api.Test;

/** Every record of a node is counted, by the window of its record time, whatever the watermark. */
class NodeIntakeTest {
  private static final long START = 1_800_000_000_000L;

  private final Ledger rows = new Ledger();
  private final NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, rows);

  private static NodeSample sample(long seq, long ms) {
    return SampleBuilder.at(seq, ms).build();
  }

  private void records(int from, int until) {
    for (int second = from; second < until; second++) {
      meter.accept(sample(second + 1, START + second * 1000L), START + second * 1000L);
    }
  }

  /** As after an outage of Kafka, when one partition is read before the others. */
  @Test
  void aWatermarkThatRunsAheadOfTheNodesPartitionLosesNoCount() {
    records(0, 6);
    meter.advance(START + 60_000);
    records(6, 10);
    meter.advance(START + 61_000);
    records(10, 13);
    meter.advance(START + 90_000);

    assertThat(rows.intake.values()).containsExactly(10L, 3L);
  }

  @Test
  void norDoesItOfANodeOfWhichNothingCounts() {
    meter.reject("?", START);
    meter.advance(START + 60_000);
    assertThat(meter.isForgotten(START + 60_000)).isFalse();
    meter.reject("?", START + 1);
    meter.advance(START + 120_000);

    assertThat(rows.intake.values()).containsExactly(2L);
    assertThat(meter.nextTimerMs()).isEqualTo(START + 1 + 900_000);
    assertThat(meter.isForgotten(meter.nextTimerMs())).isTrue();
  }
}
