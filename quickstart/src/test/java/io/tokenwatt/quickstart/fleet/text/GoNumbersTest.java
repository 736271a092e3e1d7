package io.tokenwatt.quickstart.fleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts are what Go's strconv.FormatFloat(v, 'g', -1, 64) gives. */
class GoNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "41, 41",
    "68702, 68702",
    "999999, 999999",
    "1000000, 1e+06",
    "1234567, 1.234567e+06",
    "15123456789012, 1.5123456789012e+13",
    "0.25, 0.25",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1234.5, 1234.5"
  })
  void likeGo(double value, String text) {
    TextOut out = new TextOut(16);
    GoNumbers.putDouble(out, value);
    assertThat(new String(out.toBytes(), StandardCharsets.US_ASCII)).isEqualTo(text);
  }
}
