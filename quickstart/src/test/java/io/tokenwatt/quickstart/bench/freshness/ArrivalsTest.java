package io.tokenwatt.quickstart.bench.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final long WINDOW = 1_700_000_000_000L;

  private final Arrivals arrivals = new Arrivals();

  @Test
  void theFirstSampleOfAWindowWaitsLongest() {
    see(WINDOW, "a", 12_500);
    see(WINDOW + 10_000, "a", 13_500);
    assertThat(arrivals.afterWindow(WINDOW, WINDOW + 20_000).at(1)).isEqualTo(3.5);
    assertThat(arrivals.afterSample(WINDOW, WINDOW + 20_000).at(1)).isEqualTo(13.5);
    assertThat(arrivals.afterSample(WINDOW, WINDOW + 20_000).count()).isEqualTo(20);
  }

  @Test
  void theFirstSightCounts() {
    see(WINDOW, "a", 12_500);
    see(WINDOW, "a", 14_000);
    assertThat(arrivals.afterWindow(WINDOW, WINDOW + 10_000).at(1)).isEqualTo(2.5);
  }

  @Test
  void aRowThatNeverWasWholeIsEndlessNotLeftOut() {
    see(WINDOW, "a", 12_500);
    arrivals.known("b");
    assertThat(arrivals.afterWindow(WINDOW, WINDOW + 10_000).count()).isEqualTo(2);
    assertThat(arrivals.afterWindow(WINDOW, WINDOW + 10_000).at(1)).isInfinite();
  }

  private void see(long windowMs, String row, long afterMs) {
    arrivals.known(row);
    arrivals.whole(new Arrivals.Key(windowMs, row), windowMs + afterMs);
  }
}
