package io.tokenwatt.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.regression.Verdict.Opened;
import io.tokenwatt.model.Window;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What causes look like: nothing explains itself away, and each opens one regression. */
class CauseTest {
  /** Watts fall, so a token may need fewer joules; but time per token at the same batch rises. */
  @Test
  void powerCapIsOneRegressionOfTimeAlthoughJoulesImprove() {
    Story story = new Story(61, 0.015, 0.3).windows(Story.DAY * 3 / 2);
    story.series.factorTime = 1.25;
    story.series.factorJoules = 0.93;
    story.windows(Story.HOUR);
    assertThat(story.said(Opened.class)).hasSize(1);
    Regression found = story.said(Opened.class).get(0).regression();
    assertThat(found.measure()).isIn(Measure.ITL_SECONDS, Measure.GPU_SECONDS_PER_OUTPUT_TOKEN);
    assertThat(found.extraGpuMsPerDay()).isPositive();
    assertThat(found.extraMjPerDay()).isNegative();
    Regression last = last(story);
    assertThat(last.details()).extracting(Regression.Detail::measure).hasSize(1);
  }

  /** A smaller batch is what the load would explain, were it not for the requests that wait. */
  @Test
  void batchLimitIsFoundByWhatWaits() {
    Story story = new Story(62, 0.02, 0.3).windows(Story.DAY * 3 / 2);
    story.series.batchLimit = 12;
    story.windows(60);
    assertThat(story.said(Opened.class)).hasSize(1);
    assertThat(story.said(Opened.class).get(0).regression().measure())
        .isIn(Measure.JOULES_PER_OUTPUT_TOKEN, Measure.GPU_SECONDS_PER_OUTPUT_TOKEN);
  }

  @Test
  void newDeploymentIsComparedWithItsPredecessor() {
    Story story = new Story(63, 0.02, 0.3).windows(Story.DAY * 3 / 2);
    story.series.deployment = "v2";
    story.slower(1.1).windows(30);
    assertThat(story.said(Opened.class)).hasSize(1);
    assertThat(story.said(Opened.class).get(0).regression().deployment()).isEqualTo("v2");
    assertThat(story.state.count(Outcome.WARM_UP))
        .isLessThanOrEqualTo(3L * Tuning.DEFAULT.warmUpWindows());
  }

  /** Node by node the new deployment takes over; both run at once for ten minutes. */
  @Test
  void rollingUpdateIsOneRegressionThatGrows() {
    Story story = new Story(64, 0.015, 0.3).windows(Story.DAY * 3 / 2);
    story.way =
        window -> {
          TreeSet<String> both = new TreeSet<>(window.deployments());
          both.add("v2");
          return new SeriesWindow(
              window.windowStartMs(),
              both,
              window.amounts(),
              window.latencies(),
              window.quality(),
              window.sourcePeriodMs(),
              window.nodes());
        };
    for (int node = 1; node <= 4; node++) {
      story.slower(1 + 0.2 * node / 4).windows(15);
    }
    story.windows(90);
    assertThat(story.said(Opened.class)).hasSize(1);
    assertThat(story.said(Opened.class).get(0).regression().deployment()).isEqualTo("v2");
    assertThat(last(story).size()).isBetween(0.15, 0.25);
  }

  @Test
  void startIsFoundAndIdIsAFunctionOfSeriesAndStart() {
    Story story = new Story(65, 0.01, 0.3).windows(Story.DAY * 3 / 2);
    long sinceMs = story.series.nextMs();
    story.slower(1.2).windows(10);
    Regression found = story.said(Opened.class).get(0).regression();
    assertThat(found.startedMs()).isEqualTo(sinceMs);
    assertThat(found.detectedMs()).isEqualTo(sinceMs + Window.SIZE_MS);
    assertThat(found.id())
        .hasSize(16)
        .isEqualTo(SimulatedSeries.SERIES.regressionId(found.startedMs()));
  }

  /** Small, proven after minutes: the interval holds the truth in most of the cases. */
  @Test
  void intervalHoldsTheTruth() {
    int held = 0;
    for (int seed = 600; seed < 620; seed++) {
      Story story = new Story(seed, 0.02, 0.3).windows(11_000);
      story.slower(1.1).windows(60);
      Regression found = last(story);
      held += found.sizeLow() <= 0.1 && 0.1 <= found.sizeHigh() ? 1 : 0;
    }
    System.out.println("95 % interval held the truth in " + held + " of 20");
    assertThat(held).isGreaterThanOrEqualTo(17);
  }

  private static Regression last(Story story) {
    Regression last = null;
    for (Verdict verdict : story.verdicts) {
      if (verdict instanceof Opened opened) {
        last = opened.regression();
      } else if (verdict instanceof Verdict.Updated updated) {
        last = updated.regression();
      }
    }
    return last;
  }
}
