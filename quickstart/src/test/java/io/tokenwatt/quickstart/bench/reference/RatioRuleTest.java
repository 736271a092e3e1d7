package io.tokenwatt.quickstart.bench.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioRuleTest {
  private static final int HOUR = 360;

  /**
   * For a step of factor f the trailing-hour rule's condition holds 60 (f / 1.2 - 1) / (f - 1)
   * minutes: x1.3 16.7, x1.5 30, x2 40; at x1.2 never. It must hold ten to fire.
   */
  @ParameterizedTest
  @CsvSource({"1.2, 0", "1.24, 0", "1.3, 1", "1.5, 1", "2, 1"})
  void trailingHourRuleFiresOnlyForLargeSteps(double step, int times) {
    assertThat(firings(RuleVariant.TRAILING_HOUR, step)).isEqualTo(times);
  }

  @Test
  void conditionOfTheTrailingHourHoldsAsLongAsTheFormulaSays() {
    RatioSeries ratio = new RatioSeries(RuleVariant.TRAILING_HOUR);
    int above = 0;
    for (int i = 0; i < 4 * HOUR; i++) {
      double now = ratio.next(i < 2 * HOUR ? 100 : 130, 100);
      above += now > 1.2 ? 1 : 0;
    }
    // 16.7 minutes, less the two windows that the 30 s means take to rise and one of rounding
    assertThat(above).isBetween(100 - 4, 100);
  }

  @Test
  void usualRuleFiresAMinuteAfterItsRateIsAboveAndNotTwice() {
    assertThat(firings(RuleVariant.USUAL, 1.2)).isEqualTo(1);
    RatioRule rule = new RatioRule(RuleVariant.USUAL);
    int fired = -1;
    for (int i = 0; i < 3 * HOUR; i++) {
      if (rule.next(i < 2 * HOUR ? 100 : 120, 100)) {
        fired = i - 2 * HOUR;
      }
    }
    // the minute's rate is above 1.1 with the fourth window of six; then six more
    assertThat(fired).isEqualTo(3 + 6);
  }

  @Test
  void baselineThatIsSetBackKnowsNothingOfTheStepForFiveMinutes() {
    RatioSeries ratio = new RatioSeries(RuleVariant.USUAL);
    double now = 0;
    for (int i = 0; i < 2 * HOUR + 29; i++) {
      now = ratio.next(i < 2 * HOUR ? 100 : 120, 100);
    }
    assertThat(now).isCloseTo(1.2, within(1e-12));
    assertThat(ratio.next(120, 100)).isCloseTo(1.2, within(1e-12));
    assertThat(ratio.next(120, 100)).isLessThan(1.2 - 1e-6);
  }

  @Test
  void sweepForgetsWhatIsPendingAsSoonAsItIsBelow() {
    FactorSweep sweep = new FactorSweep(RuleVariant.USUAL);
    sweep.begin();
    for (int i = 0; i < 3 * HOUR; i++) {
      sweep.next(i > HOUR && i % 60 < 6 ? 130 : 100, 100);
    }
    assertThat(sweep.alarmsAt(1.15)).isZero();
  }

  @Test
  void sweepCountsWhatRulesWouldCount() {
    FactorSweep sweep = new FactorSweep(RuleVariant.USUAL);
    sweep.begin();
    for (int i = 0; i < 3 * HOUR; i++) {
      sweep.next(i < 2 * HOUR ? 100 : 120, 100);
    }
    assertThat(sweep.alarmsAt(1.1)).isEqualTo(1);
    assertThat(sweep.alarmsAt(1.25)).isZero();
    assertThat(sweep.factorFor(0).getAsDouble()).isBetween(1.19, 1.22);
  }

  @Test
  void missingWindowEndsWhatIsPending() {
    RatioRule rule = new RatioRule(RuleVariant.USUAL);
    for (int i = 0; i < 2 * HOUR; i++) {
      rule.next(100, 100);
    }
    int fired = 0;
    for (int i = 0; i < 12; i++) {
      fired += (i == 8 ? rule.next(0, 0) : rule.next(120, 100)) ? 1 : 0;
    }
    assertThat(fired).isZero();
  }

  private static int firings(RuleVariant variant, double step) {
    RatioRule rule = new RatioRule(variant);
    int fired = 0;
    for (int i = 0; i < 6 * HOUR; i++) {
      fired += rule.next(i < 3 * HOUR ? 100 : 100 * step, 100) ? 1 : 0;
    }
    return fired;
  }
}
