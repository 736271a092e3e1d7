package io.tokenwatt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "500ms,PT0.5S",
    "1s,PT1S",
    "1.5s,PT1.5S",
    "5m,PT5M",
    "2h,PT2H",
    "7d,PT168H",
    "10 us,PT0.00001S"
  })
  void durationsCarryTheirUnit(String text, Duration expected) {
    assertThat(DurationText.parse(text)).isEqualTo(expected);
    assertThat(DurationText.parse(DurationText.of(expected))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1 hour", "0.1ns", "999999999999d", "1M"})
  void otherDurationsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "512B,512",
    "64KiB,65536",
    "16MiB,16777216",
    "1.5KiB,1536",
    "10MB,10000000",
    "1TiB,1099511627776"
  })
  void sizesCarryTheirUnit(String text, long expected) {
    assertThat(SizeText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "1mb", "-1B", "0.5B", "99999999999TiB"})
  void otherSizesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SizeText.parse(text));
  }

  @Test
  void aDurationIsWrittenInItsLargestWholeUnit() {
    assertThat(DurationText.of(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(DurationText.of(Duration.ofMinutes(2))).isEqualTo("2m");
    assertThat(DurationText.of(Duration.ZERO)).isEqualTo("0s");
  }
}
