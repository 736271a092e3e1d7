package io.tokenwatt.alerts.ruletest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTextTest {
  @ParameterizedTest
  @CsvSource({
    "1 2 _ 3, '[1, 2, null, 3]'",
    "5x3, '[5, 5, 5, 5]'",
    "1+2x3, '[1, 3, 5, 7]'",
    "9-1x2, '[9, 8, 7]'",
    "-1.5+0.5x2 _x3 4, '[-1.5, -1.0, -0.5, null, null, null, 4]'"
  })
  void readsPromtoolsNotation(String text, String values) {
    assertThat(SeriesText.parse(text)).hasToString(values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x3", "1x", "1+x3", "_+1x3", "1,2", "1e5"})
  void saysWhatItExpected(String text) {
    assertThatThrownBy(() -> SeriesText.parse(text))
        .hasMessageContaining("expected values such as");
  }
}
