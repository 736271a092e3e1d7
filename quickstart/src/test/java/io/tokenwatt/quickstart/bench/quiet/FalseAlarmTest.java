package io.tokenwatt.quickstart.bench.quiet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.jobs.regression.Measure;
import io.tokenwatt.jobs.regression.Regression;
import io.tokenwatt.jobs.regression.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dollars as rule efficiency-regression-page counts them: 48 board-hours a day are 120 $. */
class FalseAlarmTest {
  private static final double TWO_BOARDS = 48 * 3.6e6;

  @Test
  void countsTheLowerEndOfItsDollarsOnceItsSizeIsCertain() {
    assertThat(FalseAlarm.leastUsdPerDay(regression(0.01, TWO_BOARDS)))
        .isCloseTo(120, within(1e-9));
    assertThat(FalseAlarm.leastUsdPerDay(regression(-0.01, TWO_BOARDS))).isZero();
    assertThat(FalseAlarm.leastUsdPerDay(regression(0.01, -TWO_BOARDS))).isZero();
    assertThat(FalseAlarm.leastUsdPerDay(regression(0.01, Double.NaN))).isZero();
  }

  /** A page is sent whenever it costs enough, not only as it is opened. */
  @Test
  void remembersTheMostItWasEverToldToCostAtTheLeast() {
    FalseAlarm opened = new FalseAlarm(null, regression(-0.1, TWO_BOARDS), 0, 1, 1);
    FalseAlarm later = opened.told(regression(0.1, TWO_BOARDS)).told(regression(0.1, 1));
    assertThat(later.leastUsdPerDay()).isCloseTo(120, within(1e-9));
  }

  private static Regression regression(double sizeLow, double gpuMsPerDayLow) {
    Series series = new Series("eu-west", "h100", "m", "bf16", "both", "w");
    return new Regression(
        "0",
        series,
        0,
        0,
        Measure.ITL_SECONDS,
        1,
        1.2,
        0.2,
        sizeLow,
        0.3,
        5,
        0,
        2 * gpuMsPerDayLow,
        gpuMsPerDayLow,
        "",
        0,
        List.of());
  }
}
