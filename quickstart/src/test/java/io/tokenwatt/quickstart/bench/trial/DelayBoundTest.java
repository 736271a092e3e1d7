package io.tokenwatt.quickstart.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.quickstart.bench.workload.NoisePlan;
import org.junit.jupiter.api.Test;

/** Numbers by hand: 4 % of 2 % noise are two standard deviations, 2 nats in a window. */
class DelayBoundTest {
  private static final double FOUR_PERCENT = Math.expm1(0.04);
  private static final double TEN_NATS = Math.exp(10);

  @Test
  void eachWindowOfWhiteNoiseTellsHalfTheSquareOfItsShift() {
    assertThat(DelayBound.windows(new NoisePlan(0.02, 0, false), FOUR_PERCENT, TEN_NATS))
        .isCloseTo(5, within(1e-9));
  }

  /** The first 2 / 0.75 nats, each later one 2 x 0.5 / 1.5. */
  @Test
  void laterWindowsOfCorrelatedNoiseTellLess() {
    assertThat(DelayBound.windows(new NoisePlan(0.02, 0.5, false), FOUR_PERCENT, TEN_NATS))
        .isCloseTo(1 + (10 - 2 / 0.75) / (2.0 / 3), within(1e-9));
  }

  @Test
  void nothingIsFoundBeforeItsFirstWindowEnds() {
    assertThat(DelayBound.windows(new NoisePlan(0.005, 0.5, false), 0.2, TEN_NATS)).isEqualTo(1);
  }
}
