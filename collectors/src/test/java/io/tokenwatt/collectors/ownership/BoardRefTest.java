package io.tokenwatt.collectors.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenwatt.collectors.exporters.GpuId;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoardRefTest {
  private static final String ID = "5fd4f087-86f3-7a43-b711-4771313afc50";

  private static GpuRowReading row(int instance) {
    return new GpuRowReading(GpuId.of("GPU-" + ID), instance, "", "", 3, Map.of(), Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "GPU-" + ID + ", 0, true",
    ID + ", 8, true",
    "GPU-" + ID + "/7, 8, true",
    "GPU-" + ID + "/7, 0, false",
    "3, 0, true",
    "3/7, 8, true",
    "3/7, 9, false",
    "4, 0, false",
    "all, 5, true",
    "GPU-00000000-0000-0000-0000-000000000000, 0, false"
  })
  void aReferenceNamesItsRows(String written, int instance, boolean named) {
    assertThat(BoardRef.parse(written).names(row(instance))).isEqualTo(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/3", "3/", "3/x", " "})
  void whatNamesNoBoardIsRefused(String written) {
    assertThatIllegalArgumentException().isThrownBy(() -> BoardRef.parse(written));
  }

  @Test
  void aReferenceIsShownAsWritten() {
    assertThat(BoardRef.parse("3/7")).hasToString("3/7");
  }
}
