package io.tokenwatt.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.regression.Verdict.Opened;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.Window;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no regression, or cannot be told, is silent and counted. */
class SilenceTest {
  enum Unfit {
    COVERAGE(Outcome.LOW_COVERAGE, a -> scale(a, CellMeasure.TOKENS_OBSERVED_MS, 0.8)),
    BOARDS(Outcome.LOW_COVERAGE, a -> scale(a, CellMeasure.OBSERVED_MS, 0.8)),
    SHARE(Outcome.LOW_MEASURED_SHARE, a -> scale(a, CellMeasure.GPU_MJ_MEASURED, 0.5)),
    DOUBT(
        Outcome.DOUBTED_ENERGY,
        a -> a[CellMeasure.GPU_MJ_DOUBTED.ordinal()] = a[CellMeasure.GPU_MJ.ordinal()] / 2),
    UNPAIRED(Outcome.UNPAIRED, a -> scale(a, CellMeasure.OUTPUT_TOKENS_METERED, 0.5)),
    LOAD(Outcome.NO_LOAD_READING, a -> scale(a, CellMeasure.LOAD_OBSERVED_MS, 0)),
    TRAFFIC(Outcome.LOW_TRAFFIC, a -> scale(a, CellMeasure.RUNNING_MS, 0.001)),
    MEMBERS(Outcome.BAD_QUALITY, a -> a[CellMeasure.MEMBERS_MISSING_MS.ordinal()] = 20_000);

    final Outcome outcome;
    final Consumer<long[]> change;

    Unfit(Outcome outcome, Consumer<long[]> change) {
      this.outcome = outcome;
      this.change = change;
    }

    private static void scale(long[] a, CellMeasure measure, double factor) {
      a[measure.ordinal()] = Math.round(a[measure.ordinal()] * factor);
    }
  }

  /** A tripled need in windows that are not fit says nothing. */
  @ParameterizedTest
  @EnumSource
  void unfitWindowIsCountedAndNotJudged(Unfit unfit) {
    Story story = new Story(71, 0.02, 0.3).windows(Story.DAY);
    long before = story.state.count(unfit.outcome);
    story.way =
        window -> {
          long[] amounts = window.amounts().clone();
          amounts[CellMeasure.GPU_MJ_METERED.ordinal()] *= 3;
          unfit.change.accept(amounts);
          return with(window, amounts, 0, 0);
        };
    story.windows(60);
    assertThat(story.state.count(unfit.outcome)).isGreaterThanOrEqualTo(before + 60);
    assertThat(
            story.said(Opened.class).stream()
                .filter(o -> o.regression().measure() == Measure.JOULES_PER_OUTPUT_TOKEN))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Quality.class,
      names = {"GAP", "RESET", "CLOCK_SKEW", "MISSING_MEMBERS"})
  void disturbedWindowsAreNotJudged(Quality flag) {
    Story story = new Story(72, 0.02, 0.3).windows(Story.DAY);
    story.way = window -> with(window, window.amounts(), flag.bit(), 0);
    story.slower(2).windows(60);
    assertThat(story.verdicts).isEmpty();
    assertThat(story.state.count(Outcome.BAD_QUALITY)).isEqualTo(3 * 60);
  }

  /** Loads, mixes and node counts that were never seen: the expectation is wide there. */
  @ParameterizedTest
  @ValueSource(longs = {81, 82, 83, 84, 85, 86})
  void whatWasNeverSeenIsLearnedNotReported(long seed) {
    Story story = new Story(seed, 0.02, 0.4);
    story.series.swing = 1.5;
    story.windows(Story.DAY / 2);
    story.series.loadFactor = 0.12;
    story.windows(2 * Story.HOUR);
    story.series.loadFactor = 4;
    story.series.nodes = 9;
    story.windows(2 * Story.HOUR);
    story.series.promptShare = 12;
    story.series.context = 5_000;
    story.windows(2 * Story.HOUR);
    story.series.promptShare = 0.3;
    story.series.nodes = 1;
    story.windows(2 * Story.HOUR);
    assertThat(story.said(Opened.class)).isEmpty();
    assertThat(story.state.count(Outcome.OUTSIDE_EXPERIENCE)).isPositive();
  }

  @Test
  void newSeriesLearnsFirst() {
    Story story = new Story(73, 0.02, 0.3).windows(100).slower(1.3).windows(70);
    assertThat(story.verdicts).isEmpty();
    assertThat(story.state.count(Outcome.JUDGED)).isZero();
    assertThat(story.state.count(Outcome.WARM_UP)).isEqualTo(3 * 170);
  }

  /** dcgm-exporter's default: joules hold over a minute, and such nodes are watched as well. */
  @Test
  void slowEnergySourceIsJudgedByTheMinute() {
    Story story = new Story(74, 0.02, 0.3);
    story.way = window -> with(window, window.amounts(), 0, 30_000);
    story.windows(2 * Story.DAY);
    long judged = story.state.count(Outcome.JUDGED);
    assertThat(story.verdicts).isEmpty();
    assertThat(judged).isLessThan(2 * 2 * Story.DAY + 2 * Story.DAY / 6);
    story.series.factorJoules = 1.2;
    story.windows(24);
    assertThat(story.said(Opened.class))
        .extracting(o -> o.regression().measure())
        .containsExactly(Measure.JOULES_PER_OUTPUT_TOKEN);
  }

  private static SeriesWindow with(
      SeriesWindow window, long[] amounts, int quality, long sourcePeriodMs) {
    assertThat(window.windowStartMs() % Window.SIZE_MS).isZero();
    return new SeriesWindow(
        window.windowStartMs(),
        window.deployments(),
        Arrays.copyOf(amounts, amounts.length),
        window.latencies(),
        quality,
        sourcePeriodMs,
        window.nodes());
  }
}
