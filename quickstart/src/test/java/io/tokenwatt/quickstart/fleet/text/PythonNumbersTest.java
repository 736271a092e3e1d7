package io.tokenwatt.quickstart.fleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Expected texts: printed by CPython from the formula of prometheus_client/utils.py. */
class PythonNumbersTest {
  @Test
  void countsAreFloatsAndTakeGosExponentFromAMillionOn() {
    assertThat(count(0)).isEqualTo("0.0");
    assertThat(count(27_453)).isEqualTo("27453.0");
    assertThat(count(999_999)).isEqualTo("999999.0");
    assertThat(count(1_000_000)).isEqualTo("1e+06");
    assertThat(count(1_048_576)).isEqualTo("1.048576e+06");
    assertThat(count(1_234_567_890)).isEqualTo("1.23456789e+09");
    assertThat(count(29_874_913_280L)).isEqualTo("2.987491328e+010");
  }

  @Test
  void sumsOfMicrosecondsAreExactSeconds() {
    assertThat(micros(0)).isEqualTo("0.0");
    assertThat(micros(541_214_032)).isEqualTo("541.214032");
    assertThat(micros(2_000_000)).isEqualTo("2.0");
    assertThat(micros(100)).isEqualTo("0.0001");
    assertThat(micros(37)).isEqualTo("3.7e-05");
    assertThat(micros(1)).isEqualTo("1e-06");
    assertThat(micros(1_718_140_558_300_000L)).isEqualTo("1.7181405583e+09");
  }

  @Test
  void boundsReadAsPythonWritesThem() {
    assertThat(PythonNumbers.bound(0.001)).isEqualTo("0.001");
    assertThat(PythonNumbers.bound(1)).isEqualTo("1.0");
    assertThat(PythonNumbers.bound(7.5)).isEqualTo("7.5");
    assertThat(PythonNumbers.bound(2560)).isEqualTo("2560.0");
  }

  private static String count(long value) {
    return text(out -> PythonNumbers.putCount(out, value));
  }

  private static String micros(long value) {
    return text(out -> PythonNumbers.putScaled(out, value, 1_000_000));
  }

  private static String text(Consumer<TextOut> write) {
    TextOut out = new TextOut(8);
    write.accept(out);
    return new String(out.toBytes(), StandardCharsets.US_ASCII);
  }
}
