package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long MS = 1_000_000;

  @Test
  void ticksLieAtTheSamePhaseOfTheWallClockAfterEveryStart() {
    for (long wall : new long[] {0, 123 * MS, 999 * MS, 1_764_000_000_250L * MS}) {
      Schedule schedule = Schedule.start(77, wall, 250 * MS, 1000 * MS);

      long firstOnTheWall = wall + schedule.due(0) - 77;
      assertThat(Math.floorMod(firstOnTheWall, 1000 * MS)).isEqualTo(250 * MS);
      assertThat(schedule.due(0) - 77).isBetween(0L, 1000 * MS - 1);
    }
  }

  @Test
  void aThousandTicksDoNotDrift() {
    Schedule schedule = new Schedule(5, 1000 * MS);
    long tick = 0;
    long now = 5;
    for (int i = 0; i < 1000; i++) {
      now = schedule.due(tick) + 3 * MS;
      tick = schedule.next(tick, now);
    }
    assertThat(schedule.due(tick)).isEqualTo(5 + 1000 * 1000 * MS);
  }

  @Test
  void aLateTickStillRunsAndWhatItOverranIsLeftOut() {
    Schedule schedule = new Schedule(0, 1000 * MS);

    assertThat(schedule.next(0, 400 * MS)).isEqualTo(1);
    assertThat(schedule.next(0, 1200 * MS)).isEqualTo(1);
    assertThat(schedule.next(0, 3600 * MS)).isEqualTo(3);
  }

  @Test
  void aTaskThatTakesThreePeriodsIsSkippedNotDoubled() throws InterruptedException {
    List<Long> begun = new CopyOnWriteArrayList<>();
    AtomicLong skipped = new AtomicLong();
    CountDownLatch five = new CountDownLatch(5);
    long period = 50 * MS;
    Schedule schedule = new Schedule(System.nanoTime(), period);
    try (TickLoop loop =
        new TickLoop(
            schedule,
            late -> {
              begun.add((System.nanoTime() - schedule.firstNanos()) / period);
              five.countDown();
              long until = System.nanoTime() + 3 * period;
              while (System.nanoTime() < until) {
                LockSupport.parkNanos(until - System.nanoTime());
              }
            },
            skipped::addAndGet)) {
      loop.start();
      assertThat(five.await(120, TimeUnit.SECONDS)).isTrue();
    }
    List<Long> ticks = new ArrayList<>(begun);
    assertThat(ticks).doesNotHaveDuplicates().isSorted();
    assertThat(skipped.get()).isGreaterThanOrEqualTo(2L * (ticks.size() - 1) - 1);
  }
}
