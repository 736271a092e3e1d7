package io.tokenwatt.dashboards.expand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are those of the plugin's own tests and of its documentation. */
class MacrosTest {
  private final Macros macros =
      new Macros(
          Instant.parse("1995-11-12T11:00:00.500Z"), Instant.parse("1996-11-12T11:00:00Z"), 20_700);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$__fromTime | toDateTime(816174000)",
        "$__toTime | toDateTime(847796400)",
        "$__fromTime_ms | fromUnixTimestamp64Milli(816174000500)",
        "$__toTime_ms | fromUnixTimestamp64Milli(847796400000)",
        "$__timeFilter(col) | col >= toDateTime(816174000) AND col <= toDateTime(847796400)",
        "$__timeFilter_ms(col) | col >= fromUnixTimestamp64Milli(816174000500) AND col <= fromUnixTimestamp64Milli(847796400000)",
        "$__dateFilter(col) | col >= toDate('1995-11-12') AND col <= toDate('1996-11-12')",
        "$__dateTimeFilter(d, t) | (d >= toDate('1995-11-12') AND d <= toDate('1996-11-12')) AND (t >= toDateTime(816174000) AND t <= toDateTime(847796400))",
        "$__dt(d, t) | (d >= toDate('1995-11-12') AND d <= toDate('1996-11-12')) AND (t >= toDateTime(816174000) AND t <= toDateTime(847796400))",
        "$__timeInterval(col) | toStartOfInterval(toDateTime(col), INTERVAL 20 second)",
        "$__timeInterval_ms(col) | toStartOfInterval(toDateTime64(col, 3), INTERVAL 20700 millisecond)",
        "$__interval_s | 20",
        "a = $__interval_s, b = $__timeFilter(f(x, y)) | a = 20, b = f(x, y) >= toDateTime(816174000) AND f(x, y) <= toDateTime(847796400)"
      })
  void aMacroBecomesWhatThePluginMakesOfIt(String sql, String expanded) {
    assertThat(macros.expand(sql)).isEqualTo(expanded);
  }

  @Test
  void anIntervalIsOneSecondAtLeast() {
    assertThat(new Macros(Instant.EPOCH, Instant.EPOCH, 10).expand("$__interval_s")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "$__columns(time),macro $__columns is not one of data source 4.20.0",
    "$__timeFilter(),expected 1 arguments",
    "$__timeInterval(a;b,a macro's bracket is not closed"
  })
  void whatThePinnedPluginDoesNotKnowIsRefused(String sql, String why) {
    assertThatThrownBy(() -> macros.expand(sql)).hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource({
    "3600000, 200, 10000, 20000", // 18 s
    "21600000, 200, 10000, 120000", // 108 s
    "86400000, 200, 10000, 300000", // 432 s
    "604800000, 200, 10000, 3600000", // 3,024 s
    "300000, 200, 10000, 10000" // 1.5 s, the panel allows no less than 10
  })
  void aStepIsWhatGrafanaRoundsItTo(long rangeMs, int points, long shortest, long step) {
    assertThat(Interval.of(rangeMs, points, shortest)).isEqualTo(step);
  }
}
