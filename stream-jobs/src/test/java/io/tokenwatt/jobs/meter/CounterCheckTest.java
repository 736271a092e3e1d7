package io.tokenwatt.jobs.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class CounterCheckTest {
  private static final long T0 = 1_700_000_000_000L;

  private final CounterCheck check = new CounterCheck(new CounterCheckState());

  private List<CounterCheck.Verdict> run(
      int seconds, int every, LongUnaryOperator counter, LongUnaryOperator power) {
    List<CounterCheck.Verdict> verdicts = new ArrayList<>();
    for (int s = 0; s <= seconds; s += every) {
      check
          .read(
              OptionalLong.of(counter.applyAsLong(s)),
              OptionalLong.of(power.applyAsLong(s)),
              T0 + 1000L * s)
          .ifPresent(verdicts::add);
    }
    return verdicts;
  }

  @Test
  void bothSidesCoverTheSameTime() {
    List<CounterCheck.Verdict> verdicts = run(500, 1, s -> 400_000 * s, s -> 400_000);
    assertThat(verdicts).hasSize(2);
    for (CounterCheck.Verdict v : verdicts) {
      assertThat(v.toMs() - v.fromMs()).isEqualTo(240_000);
      assertThat(v.counterMj()).isEqualTo(96_000_000);
      assertThat(v.powerMj()).isEqualTo(96_000_000);
      assertThat(v.contradicts()).isFalse();
    }
  }

  @Test
  void aSourceThatRefreshesEachThirtySecondsIsComparedOverWholePeriods() {
    List<CounterCheck.Verdict> verdicts =
        run(900, 1, s -> 400_000 * (s / 30 * 30), s -> s / 30 % 2 == 0 ? 399_000 : 401_000);
    assertThat(verdicts).hasSizeGreaterThan(2);
    verdicts.forEach(v -> assertThat(v.contradicts()).as(v.toString()).isFalse());
  }

  @Test
  void readingsTooFarApartAreNotCompared() {
    assertThat(run(3_000, 15, s -> 900_000 * s, s -> 400_000)).isEmpty();
  }

  @Test
  void aResetBeginsAnewAndAStuckCounterIsToldOnce() {
    assertThat(run(500, 1, s -> 400_000 * (s % 200), s -> 400_000))
        .noneMatch(CounterCheck.Verdict::contradicts);
    List<CounterCheck.Verdict> stuck =
        run(1_500, 1, s -> 9_000_000_000L + 400_000 * Math.min(s, 100), s -> 400_000);
    assertThat(stuck).hasSize(1);
    assertThat(stuck.get(0).contradicts()).isTrue();
  }

  @Test
  void wattsRoundedToWholeOnesOfAnIdleBoardAreNoContradiction() {
    run(500, 1, s -> 12_900 * s, s -> 12_000).forEach(v -> assertThat(v.contradicts()).isFalse());
  }

  @Test
  void aMissingReadingBreaksTheComparison() {
    for (int s = 0; s <= 1_000; s++) {
      OptionalLong power = s % 100 == 50 ? OptionalLong.empty() : OptionalLong.of(400_000);
      assertThat(check.read(OptionalLong.of(900_000L * s), power, T0 + 1000L * s)).isEmpty();
    }
  }
}
