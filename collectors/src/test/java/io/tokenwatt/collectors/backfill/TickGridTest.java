package io.tokenwatt.collectors.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TickGridTest {
  private static final long T0 = 1_700_000_000_000L;

  private static long[] every(long period, long phase, int n) {
    return LongStream.range(0, n).map(i -> T0 + phase + i * period).toArray();
  }

  @Test
  void aTickIsAsLongAsTheSlowestTargetsInterval() {
    assertThat(TickGrid.of(List.of(every(15_000, 0, 9), every(60_000, 0, 9))).periodMs())
        .isEqualTo(60_000);
    assertThat(TickGrid.of(List.of(every(15_020, 0, 9))).periodMs()).isEqualTo(15_000);
    assertThat(TickGrid.of(List.of(every(7_500, 0, 9))).periodMs()).isEqualTo(8_000);
    assertThat(TickGrid.of(List.of(every(900_000, 0, 9))).periodMs())
        .as("longer intervals are bridged anyhow")
        .isEqualTo(300_000);
  }

  @Test
  void cutsLieWhereNobodyIsScrapedSoThatATickHoldsAPageOfEveryTarget() {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random dice = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<long[]> targets =
          LongStream.range(0, 1 + dice.nextInt(5))
              .mapToObj(i -> every(15_000, dice.nextInt(15_000), 240))
              .toList();
      TickGrid grid = TickGrid.of(targets);
      long cut = grid.cutFrom(T0 + 15_000);
      for (int tick = 0; tick < 230; tick++) {
        long from = cut + tick * grid.periodMs();
        for (long[] times : targets) {
          long pages =
              LongStream.of(times).filter(t -> t > from && t <= from + grid.periodMs()).count();
          assertThat(pages).as("seed %d, round %d", seed, round).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void withoutPagesThereIsAGridAllTheSame() {
    TickGrid grid = TickGrid.of(List.of());
    assertThat(grid.cutFrom(T0 + 1)).isBetween(T0 + 1, T0 + 1 + grid.periodMs());
  }
}
