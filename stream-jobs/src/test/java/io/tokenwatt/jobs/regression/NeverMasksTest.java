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

  /** At equal demand a slower engine runs more at once than was ever seen; that excuses nothing. */
  @ParameterizedTest
  @ValueSource(doubles = {1.4, 2.5})
  void whatPilesUpInASlowEngineDoesNotExplainIt(double factor) {
    Story story = new Story(41, 0.02, 0.4);
    story.series.swing = 1.2;
    story.windows(8 * Story.HOUR);
    assertThat(story.verdicts).isEmpty();
    story.slower(factor).windows(8);
    assertThat(story.said(Opened.class)).hasSize(1);
    story.windows(12 * Story.HOUR);
    assertThat(story.said(Closed.class)).as("it is still there").isEmpty();
    Updated last = story.said(Updated.class).get(story.said(Updated.class).size() - 1);
    assertThat(last.regression().extraGpuMsPerDay()).isPositive();
  }

  /** A young reference still learns, but not from windows under suspicion. */
  @Test
  void windowsUnderSuspicionAreNotLearned() {
    Story story = new Story(31, 0.02, 0.3).windows(300);
    Story twin = new Story(31, 0.02, 0.3).windows(300);
    SeriesWindow probe = twin.series.next();
    story.series.next();
    story.slower(1.1);
    while (story.said(Opened.class).isEmpty()) {
      story.windows(1);
      twin.windows(1);
    }
    double untouched = twin.expected(Measure.ITL_SECONDS, probe);
    double ratio = story.expected(Measure.ITL_SECONDS, probe) / untouched;
    System.out.printf("reference of the regressed series over its twin's: %.5f%n", ratio);
    assertThat(ratio).isCloseTo(1, within(0.001));
  }
}
