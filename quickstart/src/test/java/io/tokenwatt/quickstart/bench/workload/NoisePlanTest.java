package io.tokenwatt.quickstart.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a window tells of a step, against the integral over both densities. */
class NoisePlanTest {
  private static final double SIGMA = 0.02;
  private static final NoisePlan HEAVY = new NoisePlan(SIGMA, 0, true);

  @Test
  void normalNoiseTellsHalfTheSquareOfTheShift() {
    assertThat(new NoisePlan(SIGMA, 0, false).information(3 * SIGMA, SIGMA))
        .isCloseTo(4.5, within(1e-12));
  }

  /** Steps in units of sigma: below the strays, of their size, beyond them. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void straysMakeAStepOfTheirSizeTellLess(double shift) {
    double exact = 0;
    double step = 0.002;
    for (double x = -12; x < 24; x += step) {
      double with = density(x - shift);
      exact += with * Math.log(with / density(x)) * step;
    }
    double bound = HEAVY.information(shift * SIGMA, SIGMA);
    System.out.printf("shift %.0f sigma: %.2f nats, at most %.2f%n", shift, exact, bound);
    assertThat(bound).isBetween(0.98 * exact, 1.5 * exact + 2);
  }

  /** Of noise of deviation 1 of which one window in 600 strays by 3 to 8 either way. */
  private static double density(double x) {
    double strays = 0;
    int slices = 200;
    for (int i = 0; i < slices; i++) {
      double by = 3 + 5 * (i + 0.5) / slices;
      strays += (normal(x - by) + normal(x + by)) / 2 / slices;
    }
    return (1 - 1 / 600.0) * normal(x) + strays / 600;
  }

  private static double normal(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }
}
