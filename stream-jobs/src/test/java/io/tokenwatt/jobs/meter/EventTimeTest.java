package io.tokenwatt.jobs.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventTimeTest {
  private static final long T = 1_700_000_000_000L;

  @Test
  void ownTimeIsBelievedAfterThePreviousSampleUpToTwoSecondsAhead() {
    assertThat(EventTime.of(T + 2_000, T, T - 1_000)).isEqualTo(new EventTime(T + 2_000, false));
    assertThat(EventTime.of(T + 2_001, T, T - 1_000)).isEqualTo(new EventTime(T, true));
    assertThat(EventTime.of(T - 1_000, T, T - 1_000)).isEqualTo(new EventTime(T, true));
    assertThat(EventTime.of(T - 999, T, T - 1_000)).isEqualTo(new EventTime(T - 999, false));
  }

  @Test
  void timeNeverStandsStillEvenWhenThePreviousSampleWasAhead() {
    assertThat(EventTime.of(T - 3_600_000, T, T + 1_500)).isEqualTo(new EventTime(T + 1_501, true));
  }

  @Test
  void fifteenMinutesAreInTimeAndOneMillisecondMoreIsLate() {
    assertThat(EventTime.of(T - 900_000, T, T - 1_000_000).lateAt(T)).isFalse();
    assertThat(EventTime.of(T - 900_001, T, T - 1_000_000).lateAt(T)).isTrue();
  }
}
