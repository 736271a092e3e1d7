package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.jobs.node.RandomNode.Logged;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/**
 * An agent whose Kafka was away sends what it has spooled, in order and by its pace, and some of it
 * again where it was killed meanwhile: the final rows are those of an undisturbed run.
 */
class SpooledRecordsTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final int TICKS = 300;

  /** A life whose clock can be believed, each record in Kafka at once. */
  private static List<Logged> undisturbed(Random seeds) {
    while (true) {
      List<Logged> log = new ArrayList<>();
      boolean believed = true;
      for (Logged record : new RandomNode(seeds.nextLong(), TICKS, T0).log) {
        NodeSample sample = record.sample();
        NodeSample last = log.isEmpty() ? null : log.get(log.size() - 1).sample();
        if (last == null || isAfter(sample, last)) {
          long at = sample.getObservedAtMs();
          believed &= last == null || at > last.getObservedAtMs();
          believed &= Math.abs(at - record.recordMs()) < TimeModel.LATENESS_MS;
          log.add(new Logged(sample, at + 50));
        }
      }
      if (believed) {
        return log;
      }
    }
  }

  private static boolean isAfter(NodeSample a, NodeSample b) {
    return a.getAgentRun() > b.getAgentRun()
        || a.getAgentRun() == b.getAgentRun() && a.getSeq() > b.getSeq();
  }

  /** The same records where nothing reached Kafka for up to 14 minutes from a random one on. */
  private static List<Logged> spooled(List<Logged> log, Random random) {
    int first = random.nextInt(log.size() - 1);
    long back = log.get(first).recordMs() + random.nextInt(14 * 60_000);
    long gapMs = 1 + random.nextInt(200);
    List<Logged> spooled = new ArrayList<>(log.subList(0, first));
    long next = back;
    for (int i = first; i < log.size(); i++) {
      next = Math.max(next + gapMs, log.get(i).recordMs());
      spooled.add(new Logged(log.get(i).sample(), next));
      if (random.nextInt(40) == 0) {
        // Killed: what was under way is sent once more.
        for (int again = Math.max(first, i - random.nextInt(30)); again <= i; again++) {
          spooled.add(new Logged(log.get(again).sample(), ++next));
        }
      }
    }
    return spooled;
  }

  private static Ledger run(List<Logged> log, Random interleaving) {
    Ledger ledger = new Ledger();
    NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, ledger);
    for (Logged record : log) {
      long watermark = record.recordMs() - 1 - interleaving.nextInt(20_000);
      while (meter.nextTimerMs() <= watermark) {
        meter.advance(meter.nextTimerMs());
      }
      meter.accept(record.sample(), record.recordMs());
    }
    long end = log.get(log.size() - 1).recordMs() + 7_200_000;
    while (meter.nextTimerMs() <= end) {
      meter.advance(meter.nextTimerMs());
    }
    return ledger;
  }

  @RepeatedTest(6)
  void theFinalRowsAreThoseOfAnUndisturbedRunAndRepeatsAreCountedAsSuch() {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
    Random random = new Random(seed);
    List<Logged> log = undisturbed(random);
    List<Logged> replayed = spooled(log, random);
    Ledger expected = run(log, random);
    Ledger actual = run(replayed, random);

    Map<String, String> expectedRows = expected.finalRows();
    Map<String, String> actualRows = actual.finalRows();
    expectedRows.remove("intake");
    actualRows.remove("intake");
    assertThat(actualRows).as("seed %d", seed).isEqualTo(expectedRows);
    assertThat(actual.records("counted")).as("seed %d", seed).isEqualTo(log.size());
    long repeated = actual.records("duplicate") + actual.records("out_of_order");
    assertThat(repeated).as("seed %d", seed).isEqualTo(replayed.size() - log.size());
  }
}
