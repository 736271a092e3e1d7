package io.tokenwatt.quickstart.bench.quiet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TailFitTest {
  /** Rate 1/10 at height 0, a tenth of it with each ln 10. */
  private static final List<TailFit.Point> DECADES =
      List.of(
          new TailFit.Point(0, 100_000, 10_000),
          new TailFit.Point(Math.log(10), 100_000, 1_000),
          new TailFit.Point(Math.log(100), 100_000, 100),
          new TailFit.Point(Math.log(1000), 100_000, 10));

  @Test
  void exactDecadesAreCarriedOn() {
    TailFit fit = TailFit.of(DECADES);
    assertThat(fit.b()).isCloseTo(1, within(1e-6));
    assertThat(fit.rate(Math.log(1e9))).isCloseTo(1e-10, within(1e-14));
    assertThat(fit.rateAtMost(Math.log(1e9))).isBetween(1e-10, 2e-10);
  }

  @Test
  void thresholdsWithoutAlarmsPullTheFitDown() {
    double counted = TailFit.of(DECADES).rate(10);
    TailFit with =
        TailFit.of(List.of(DECADES.get(0), DECADES.get(1), new TailFit.Point(5, 1_000_000, 0)));
    assertThat(with.rate(10)).isLessThan(counted);
  }

  @Test
  void oneThresholdSaysNothingOfADecay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TailFit.of(List.of(DECADES.get(0), new TailFit.Point(5, 10, 0))))
        .withMessageContaining("two thresholds");
  }
}
