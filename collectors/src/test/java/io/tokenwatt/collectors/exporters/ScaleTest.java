package io.tokenwatt.collectors.exporters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {

  @ParameterizedTest
  @CsvSource({
    "112.252, 1000, 112252",
    "0.0005, 1000, 0",
    "0.0015, 1000, 2",
    "0.0025, 1000, 2",
    "1.0005, 1000, 1000",
    "4879631.328000044, 1000, 4879631328",
    "0.690789, 1000000, 690789",
    "2500, 0.001, 2",
    "3500, 0.001, 4",
    "9007199254740991, 1, 9007199254740991",
    "-0.5, 1000, -500",
  })
  void theDecimalPrintedIsScaledExactlyAndTiesGoToEven(double value, String factor, long expected) {
    assertThat(Scale.of(factor).apply(value)).isEqualTo(expected);
  }

  @Test
  void theQuickWayAgreesWithExactArithmetic() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (String factor : List.of("1", "1000", "0.001", "1000000", "0.0009765625", "976.5625")) {
      Scale scale = Scale.of(factor);
      for (int i = 0; i < 20_000; i++) {
        BigDecimal printed = BigDecimal.valueOf(random.nextInt(2_000_000_000), random.nextInt(7));
        long exact =
            printed
                .multiply(new BigDecimal(factor))
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValue();
        assertThat(scale.apply(printed.doubleValue()))
            .as("%s × %s, seed %d", printed, factor, seed)
            .isEqualTo(exact);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "abc", "", "1e999", "1/1024"})
  void aFactorThatIsNoPositiveDecimalIsRefused(String text) {
    assertThatThrownBy(() -> Scale.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
