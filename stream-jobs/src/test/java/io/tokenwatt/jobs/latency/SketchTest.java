package io.tokenwatt.jobs.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SketchTest {
  private static final double HOUR_US = 3.6e9;
  private static final double MS_US = 1e3;
  private static final double[] QUANTILES = {1e-9, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1};

  private final long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
  private final Random random = new Random(seed);

  SketchTest() {
    System.out.println("SketchTest seed " + seed);
  }

  /** Evenly over the decades between 1 ms and 1 h, the ends included now and then. */
  private double latency() {
    return switch (random.nextInt(200)) {
      case 0 -> MS_US;
      case 1 -> HOUR_US;
      default -> MS_US * Math.pow(HOUR_US / MS_US, random.nextDouble());
    };
  }

  private static Sketch of(List<Double> values) {
    Sketch sketch = new Sketch();
    values.forEach(v -> sketch.add(LogBuckets.index(v)));
    return sketch;
  }

  /** The smallest value that at least q of all do not exceed: sorted, counted. */
  private static double exact(List<Double> values, double q) {
    List<Double> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(q * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1);
  }

  @Test
  void everyQuantileIsWithinOnePercentOfTheExactOne() {
    for (int run = 0; run < 200; run++) {
      List<Double> values = new ArrayList<>();
      int n = 1 + random.nextInt(run % 2 == 0 ? 10 : 2_000);
      for (int i = 0; i < n; i++) {
        values.add(Math.floor(latency())); // as events carry them: whole microseconds
      }
      Sketch sketch = of(values);
      assertThat(sketch.observations()).isEqualTo(n);
      for (double q : QUANTILES) {
        double exact = exact(values, q);
        assertThat(sketch.quantileMicros(q))
            .as("q %s of %d values, seed %d", q, n, seed)
            .isCloseTo(exact, within(exact * 0.01 * (1 + 1e-9)));
      }
    }
  }

  @Test
  void sumsDoNotDependOnHowValuesWereSplitOrInWhichOrderPartsCame() {
    for (int run = 0; run < 100; run++) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        values.add(latency());
      }
      List<Sketch> parts = new ArrayList<>();
      for (int from = 0; from < values.size(); ) {
        int to = Math.min(values.size(), from + 1 + random.nextInt(100));
        parts.add(of(values.subList(from, to)));
        from = to;
      }
      Collections.shuffle(parts, random);
      Sketch sum = new Sketch();
      parts.forEach(sum::add);
      Sketch whole = of(values);
      assertThat(sum.columns().index()).as("seed %d", seed).isEqualTo(whole.columns().index());
      assertThat(sum.columns().count()).as("seed %d", seed).isEqualTo(whole.columns().count());
      int[] sorted = sum.columns().index().clone();
      Arrays.sort(sorted);
      assertThat(sum.columns().index()).isEqualTo(sorted).doesNotHaveDuplicates();
    }
  }

  /**
   * By the formula of V7__requests.sql with 40 decimal digits elsewhere: 345.376, 690.753,
   * 1100.173.
   */
  @Test
  void indexesAreThoseOfTheFormulaInAnyLanguage() {
    assertThat(LogBuckets.index(0)).isZero();
    assertThat(LogBuckets.index(1)).isZero();
    assertThat(LogBuckets.index(1_000)).isEqualTo(346);
    assertThat(LogBuckets.index(1_000_000)).isEqualTo(691);
    assertThat(LogBuckets.index(HOUR_US)).isEqualTo(1101);
    assertThat(LogBuckets.value(691)).isCloseTo(994_912.784_425, within(1e-3));
  }
}
