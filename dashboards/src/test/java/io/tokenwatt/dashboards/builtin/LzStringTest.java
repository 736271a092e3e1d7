package io.tokenwatt.dashboards.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LzStringTest {
  /** Expected: what the lz-string.js that ClickHouse 26.7 serves gave under node. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, Q",
        "a, IZA",
        "aaaaaaaaaaaa, IY1lA",
        "hello hello hello, BYUwNmD2AEoTcpA",
        "`{\"host\":\"http://127.0.0.1:8123\"}`, N4IgFg9gzgLiBc4YwA7wPToIwCYDsAdAAzEFbwAcuAzCAL5A",
        "–·€ 日本, sgEHbDUEAEinpoNOZA",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ, IIIQwgIgogYg4gCQJICkDSAZAsgOQPIAKAigEoDKAKgKoBqA6gBoCaAWgIYBGAxgCYCmAMwDmACwCWAKwDWAGwC2AOwD2ABwCOAJwDOAFwCuANwDuADwCeALwAMARgBMAZgAsAVgBsAdgAcATlCRYRFRMXEJSSlpGViA"
      })
  void writesWhatThePageReads(String text, String compressed) {
    assertThat(LzString.compress(text)).isEqualTo(compressed);
  }
}
