package io.tokenwatt.jobs.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProrationTest {
  @Test
  void partsAddUpExactlyAndCumulativeValuesAreTheRoundedLine() {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      long delta = random.nextLong(1L << random.nextInt(1, 60));
      long from = 1_700_000_000_000L + random.nextInt(20_000);
      long to = from + 1 + random.nextInt(300_000);
      long[] sum = new long[1];
      long[] covered = new long[1];
      Proration.perWindow(
          delta,
          from,
          to,
          (window, a, b, amount) -> {
            sum[0] += amount;
            covered[0] += b - a;
            assertThat(a).isBetween(window, window + 9_999);
            long expected =
                BigDecimal.valueOf(delta)
                    .multiply(BigDecimal.valueOf(b - from))
                    .divide(BigDecimal.valueOf(to - from), 0, RoundingMode.HALF_UP)
                    .longValueExact();
            assertThat(sum[0]).as("seed %d", seed).isEqualTo(expected);
          });
      assertThat(sum[0]).as("seed %d", seed).isEqualTo(delta);
      assertThat(covered[0]).isEqualTo(to - from);
    }
  }

  @Test
  void slicesOfAnIntervalAddUpWhereverItIsCut() {
    long[] whole = new long[1];
    Proration.perWindow(1_000_003, 1_234, 48_765, (w, a, b, amount) -> whole[0] += amount);
    long[] cut = new long[1];
    for (long at = 1_234; at < 48_765; at += 4_321) {
      Proration.slice(
          1_000_003,
          1_234,
          48_765,
          at,
          Math.min(at + 4_321, 48_765),
          (w, a, b, amount) -> cut[0] += amount);
    }
    assertThat(cut[0]).isEqualTo(whole[0]).isEqualTo(1_000_003);
  }
}
