package io.tokenwatt.quickstart.bench.quiet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoissonBoundTest {
  /** Expected: half the 95 % quantile of chi-square with 2 (count + 1) degrees of freedom. */
  @ParameterizedTest
  @CsvSource({"0, 2.9957", "1, 4.7439", "2, 6.2958", "10, 16.9622"})
  void upperBoundIsTheTextbooks(long count, double bound) {
    assertThat(PoissonBound.upper(count, 0.95)).isCloseTo(bound, within(1e-4));
  }
}
