package io.tokenwatt.quickstart.fleet.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens to a machine has the consequences that it has in a real one. */
class InjectionTest {
  private static final long START = 1_795_000_003_217_000L;
  private static final long MINUTE = 60_000_000;

  /** Nobody waits for an answer: demand is the same whatever happens to the machine. */
  private static final Traffic TRAFFIC = new Traffic(2600, 0.70, 220, 0.60, 0.55, 28);

  private static final SplitLoad LOAD = new SplitLoad(TRAFFIC, ServedModel.QWEN_32B, 2);

  private record SplitLoad(Traffic traffic, ServedModel model, int tp) {}

  /** Means over some minutes. */
  private record Seen(
      double itlMs, double running, double waiting, double clock, double joulesPerToken) {}

  private final NodePhysics node = node();

  @Test
  void aLowerPowerLimitLowersClocksAndFillsTheBatchAtTheSameDemand() {
    Seen before = minutes(4);
    node.inject(new Injection.PowerCap(320));
    Seen after = minutes(4);
    assertThat(after.clock()).isLessThan(0.95 * before.clock());
    assertThat(after.itlMs()).isGreaterThan(1.05 * before.itlMs());
    assertThat(after.running()).isGreaterThan(1.02 * before.running());
    BoardReading board = node.collector().readings().get(0);
    assertThat(board.limitWatts()).isEqualTo(320);
    assertThat(board.watts()).isLessThanOrEqualTo(320.001);
    assertThat(board.powerViolationNs()).isPositive();
    assertThat(board.heatViolationNs()).isZero();
  }

  @Test
  void aLockedClockIsPinnedAndItsReasonIsToldWhereTheDriverTellsIt() {
    minutes(1);
    node.inject(new Injection.ClockLock(0.6, true));
    for (int i = 0; i < 30; i++) {
      node.advance(node.nowUs() + 1_500_000);
      BoardReading board = node.collector().readings().get(0);
      if (i > 2) {
        assertThat(board.smMhz()).isEqualTo(1185);
        assertThat(board.reasons() & Reason.CLOCKS_SETTING).isNotZero();
      }
    }
  }

  @Test
  void withoutCoolingTheBoardHeatsAndItsClockFallsUntilItDoesNot() {
    minutes(1);
    int cool = node.collector().readings().get(0).celsius();
    node.inject(new Injection.Heat(3.5));
    Seen after = minutes(4);
    BoardReading board = node.collector().readings().get(0);
    assertThat(cool).isLessThan(70);
    assertThat(board.celsius()).isBetween(82, 95);
    assertThat(after.clock()).isLessThan(0.97);
    assertThat(board.heatViolationNs()).isPositive();
  }

  @Test
  void aFullCachePreemptsAndNoTokenIsCountedTwice() {
    minutes(2);
    double used = node.engines().get(0).ranks().get(0).kvUsage();
    node.inject(new Injection.KvShrink(0.5 * used));
    minutes(5);
    EngineRank rank = node.engines().get(0).ranks().get(0);
    assertThat(rank.counters().preemptions()).isPositive();
    assertThat(rank.kvUsage()).isBetween(0.8, 1.0);
    long finishedOutput = rank.counters().generationTokens.sum();
    assertThat(finishedOutput + rank.unfinishedTokens()).isEqualTo(rank.counters().outputTokens());
    assertThat(rank.counters().interToken.total() + rank.counters().ttft.total())
        .isLessThanOrEqualTo(rank.counters().outputTokens());
  }

  @Test
  void aBatchLimitLetsRequestsWait() {
    Seen before = minutes(3);
    node.inject(new Injection.BatchLimit((int) (0.5 * before.running())));
    Seen after = minutes(3);
    assertThat(after.running()).isLessThan(0.8 * before.running());
    assertThat(after.waiting()).isGreaterThan(before.waiting() + 1);
    assertThat(after.joulesPerToken()).isGreaterThan(1.05 * before.joulesPerToken());
  }

  @Test
  void lostLinksMoveTheirTrafficToPcie() {
    minutes(1);
    BoardReading.SliceReading before = node.collector().readings().get(0).slices().get(0);
    node.inject(new Injection.LinkLoss(0.8));
    minutes(1);
    BoardReading.SliceReading after = node.collector().readings().get(0).slices().get(0);
    assertThat(before.nvlink()).isPositive();
    assertThat(before.pcie()).isZero();
    assertThat(after.pcie()).isGreaterThan(2 * after.nvlink());
  }

  @Test
  void aRolloutRestartsTheProcessWithOtherSoftware() {
    Seen before = minutes(3);
    node.inject(new Injection.Rollout(1.3, 128, 20));
    node.advance(node.nowUs() + 10_000_000);
    EngineProcess engine = node.engines().get(0);
    assertThat(engine.up()).isFalse();
    node.advance(node.nowUs() + 15_000_000);
    assertThat(engine.up()).isTrue();
    assertThat(engine.blockSize()).isEqualTo(128);
    minutes(1);
    assertThat(minutes(4).itlMs()).isGreaterThan(1.15 * before.itlMs());
  }

  @Test
  void aNeighbourTakesTimeAndWatts() {
    Seen before = minutes(3);
    node.inject(new Injection.Neighbour(0.3));
    Seen after = minutes(3);
    assertThat(after.itlMs()).isGreaterThan(1.2 * before.itlMs());
    assertThat(after.joulesPerToken()).isGreaterThan(1.04 * before.joulesPerToken());
    node.inject(new Injection.Neighbour(0));
    minutes(1);
    assertThat(minutes(3).itlMs()).isLessThan(after.itlMs());
  }

  @Test
  void oneSlowBoardHoldsUpThoseInStepWithItOnly() {
    minutes(1);
    node.inject(new Injection.ClockLock(0.5, false), 0);
    minutes(1);
    List<BoardReading> boards = node.collector().readings();
    assertThat(boards.get(0).smMhz()).isEqualTo(990);
    assertThat(boards.get(1).smMhz()).isEqualTo(1980);
    assertThat(boards.get(2).smMhz()).isEqualTo(1980);
  }

  @Test
  void sizesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> node.inject(new Injection.PowerCap(60)))
        .hasMessageContaining("power cap of 60.0 W");
    assertThatThrownBy(() -> node.inject(new Injection.ClockLock(1.5, true)))
        .hasMessageContaining("(0, 1]");
  }

  private Seen minutes(int minutes) {
    long mj = joules();
    EngineCounters counters = counters();
    long tokens = counters.interToken.total();
    long us = counters.interToken.sum();
    long output = counters.outputTokens();
    double running = 0;
    double waiting = 0;
    double clock = 0;
    int looks = minutes * 60;
    for (int i = 0; i < looks; i++) {
      node.advance(node.nowUs() + 1_000_000);
      running += node.engines().get(0).ranks().get(0).running();
      waiting += node.engines().get(0).ranks().get(0).waiting();
      clock += node.collector().readings().get(0).smMhz() / 1980.0;
    }
    EngineCounters now = counters();
    return new Seen(
        (now.interToken.sum() - us) / 1e3 / (now.interToken.total() - tokens),
        running / looks,
        waiting / looks,
        clock / looks,
        (joules() - mj) / 1e3 / (now.outputTokens() - output));
  }

  private long joules() {
    return node.collector().readings().stream().mapToLong(BoardReading::energyMj).sum();
  }

  private EngineCounters counters() {
    return node.engines().get(0).ranks().get(0).counters();
  }

  private static NodePhysics node() {
    List<EnginePlan.Place> places =
        IntStream.range(0, 4).mapToObj(i -> new EnginePlan.Place(i, 0)).toList();
    EnginePlan engine =
        EnginePlan.vllm("vllm", LOAD.model(), LOAD.tp(), places, LOAD.traffic(), Restart.NEVER);
    NodePlan plan =
        new NodePlan(
            "n1",
            Hardware.H100,
            Collections.nCopies(4, List.of(Slice.WHOLE)),
            1_000_000,
            new Daylight(24 * 60 * MINUTE, 0),
            List.of(engine),
            List.of());
    NodePhysics node = NodeAssembly.build(plan, 7, START, 0);
    node.advance(START + MINUTE);
    return node;
  }
}
