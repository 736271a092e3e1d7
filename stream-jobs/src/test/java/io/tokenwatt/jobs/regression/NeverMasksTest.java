package io.tokenwatt.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.jobs.regression.Verdict.Closed;
import io.tokenwatt.jobs.regression.Verdict.Opened;
import io.tokenwatt.jobs.regression.Verdict.Updated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The peers' rule forgets a regression within the hour; this one does not forget. */
class NeverMasksTest {
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void stepStaysOpenForDaysAndTheReferenceStandsStill(long seed) {
    Story story = new Story(seed, 0.015, 0.3).windows(Story.DAY * 3 / 2);
    SeriesWindow probe = new SimulatedSeries(seed, 0.015, 0.3).next();
    double before = story.expected(Measure.ITL_SECONDS, probe);

    story.slower(1.08).windows(3 * Story.DAY);

    assertThat(story.said(Opened.class)).hasSize(1);
    assertThat(story.said(Closed.class)).isEmpty();
    assertThat(story.expected(Measure.ITL_SECONDS, probe)).isCloseTo(before, within(1e-9 * before));
    Updated last = story.said(Updated.class).get(story.said(Updated.class).size() - 1);
    assertThat(last.regression().size()).isBetween(0.05, 0.11);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void driftOfOnePercentADayIsFoundWithinSevenDays(long seed) {
    Story story = new Story(seed, 0.02, 0.4);
    story.windows(Story.DAY * 3 / 2);
    assertThat(story.verdicts).isEmpty();
    long window = 0;
    while (story.said(Opened.class).isEmpty() && window < 7 * Story.DAY) {
      double factor = 1 + 0.01 * window / Story.DAY;
      story.series.promptShare = 3 * (1 + 0.5 * Math.sin(window / 3000.0));
      story.slower(factor).windows(60);
      window += 60;
    }
    System.out.printf("drift found after %.2f days%n", window / (double) Story.DAY);
    assertThat(story.said(Opened.class)).hasSize(1);
    assertThat(story.said(Opened.class).get(0).regression().size()).isBetween(0.01, 0.08);
    assertThat(window).isLessThan(6 * Story.DAY);
  }

  /** What is too small or too young to be proven waits and is not learned either. */
  @Test
  void windowsUnderSuspicionAreNotLearned() {
    Story story = new Story(31, 0.04, 0.6).windows(2 * Story.DAY);
    SeriesWindow probe = new SimulatedSeries(31, 0.04, 0.6).next();
    double before = story.expected(Measure.ITL_SECONDS, probe);
    story.slower(1.06);
    while (story.said(Opened.class).isEmpty()) {
      story.windows(1);
    }
    assertThat(story.expected(Measure.ITL_SECONDS, probe))
        .isCloseTo(before, within(0.002 * before));
  }
}
