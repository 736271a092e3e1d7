package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.proto.NodeSample;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Law 4 for changes: the same log gives the same events whenever the watermark comes. */
class ChangeTimingTest {
  @RepeatedTest(10)
  void eventsDependOnNothingButTheLog(RepetitionInfo info) {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime() + info.getCurrentRepetition());
    System.out.println("seed " + seed);
    List<NodeSample> log = ChangingNode.life(seed, 150);
    List<ChangeEvent> expected = replay(log, null);
    assertThat(expected).as("seed %d", seed).hasSizeGreaterThan(20);
    for (int i = 0; i < 3; i++) {
      assertThat(replay(log, new Random(seed + i))).as("seed %d", seed).isEqualTo(expected);
    }
  }

  /**
   * As the operator does it: timers, and a state that is dropped when it is forgotten.
   *
   * @param random when the watermark comes; null = never
   */
  private static List<ChangeEvent> replay(List<NodeSample> log, Random random) {
    Ledger ledger = new Ledger();
    NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, ledger);
    for (NodeSample sample : log) {
      long recordMs = sample.getObservedAtMs() + 50;
      long behind =
          random == null ? Long.MAX_VALUE : random.nextInt(3) == 0 ? 1 : random.nextInt(200_000);
      while (random != null && meter.nextTimerMs() <= recordMs - behind) {
        long timer = meter.nextTimerMs();
        meter.advance(timer);
        if (meter.isForgotten(timer)) {
          meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, ledger);
        }
      }
      if (meter.isOutlivedBy(recordMs)) {
        meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, ledger);
      }
      meter.accept(sample, recordMs);
    }
    return ledger.changes;
  }
}
