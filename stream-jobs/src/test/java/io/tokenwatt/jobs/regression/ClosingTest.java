package io.tokenwatt.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.jobs.regression.Verdict.Closed;
import io.tokenwatt.jobs.regression.Verdict.Opened;
import io.tokenwatt.jobs.regression.Verdict.Rebaselined;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a regression ends, and how a reference is moved. */
class ClosingTest {
  private static final Tuning EARLY =
      new Tuning(
          180,
          2.6e9,
          0.025,
          Duration.ofHours(1),
          Duration.ofMinutes(30),
          Duration.ofHours(24),
          Duration.ofMinutes(10),
          0.9,
          0.8,
          200);

  @ParameterizedTest
  @CsvSource({"41, 1.06", "42, 1.10", "43, 1.20", "44, 1.50"})
  void recoveredSeriesClosesOnceAndStaysClosed(long seed, double factor) {
    Story story = new Story(seed, 0.02, 0.3).windows(Story.DAY * 3 / 2);
    story.slower(factor).windows(2 * Story.HOUR);
    assertThat(story.said(Opened.class)).hasSize(1);
    assertThat(story.said(Closed.class)).isEmpty();
    long backMs = story.series.nextMs();
    story.slower(1).windows(Story.DAY);

    assertThat(story.said(Closed.class)).hasSize(1);
    assertThat(story.said(Opened.class)).hasSize(1);
    Closed closed = story.said(Closed.class).get(0);
    assertThat(closed.reason()).isEqualTo(CloseReason.RECOVERED);
    assertThat(closed.regression().id())
        .isEqualTo(story.said(Opened.class).get(0).regression().id());
    System.out.printf(
        "x%.2f closed %d s after it was over%n", factor, (closed.atMs() - backMs) / 1000);
    // Not before a minute of it, and within ten.
    assertThat(closed.atMs() - backMs).isBetween(60_000L, 600_000L);
  }

  /** Half gone is not gone: without hysteresis it would open and close by turns. */
  @Test
  void changingSizesAreOneRegression() {
    Story story = new Story(45, 0.02, 0.3).windows(Story.DAY * 3 / 2);
    for (int i = 0; i < 40; i++) {
      story.slower(i % 2 == 0 ? 1.12 : 1.05).windows(90);
    }
    assertThat(story.said(Opened.class)).hasSize(1);
    assertThat(story.said(Closed.class)).isEmpty();
  }

  @Test
  void seriesThatIsGoneClosesAtItsTimeWhoeverAsks() {
    Story asked = new Story(46, 0.02, 0.3).windows(Story.DAY).slower(1.3).windows(60);
    Story waited = new Story(46, 0.02, 0.3).windows(Story.DAY).slower(1.3).windows(60);
    long lastMs = asked.series.nextMs();
    for (long minute = 1; minute <= 40; minute++) {
      asked.verdicts.addAll(asked.detector.quiet(asked.state, lastMs + minute * 60_000));
    }
    asked.series.skip(240);
    waited.series.skip(240);
    asked.windows(1);
    waited.windows(1);

    assertThat(asked.said(Closed.class)).isEqualTo(waited.said(Closed.class)).hasSize(1);
    Closed closed = asked.said(Closed.class).get(0);
    assertThat(closed.reason()).isEqualTo(CloseReason.GONE);
    assertThat(closed.atMs()).isEqualTo(lastMs + 30 * 60_000);
  }

  @Test
  void acceptedLevelIsTheReferenceFromThenOn() {
    Story story = new Story(47, 0.02, 0.3).windows(Story.DAY * 3 / 2).slower(1.2);
    story.windows(Story.HOUR);
    String id = story.said(Opened.class).get(0).regression().id();
    assertThat(story.detector.accept(story.state, "another", story.series.nextMs())).isEmpty();
    story.verdicts.addAll(story.detector.accept(story.state, id, story.series.nextMs()));

    assertThat(story.said(Closed.class))
        .extracting(Closed::reason)
        .containsExactly(CloseReason.ACCEPTED);
    assertThat(story.said(Rebaselined.class)).isNotEmpty();
    assertThat(story.said(Rebaselined.class))
        .allSatisfy(r -> assertThat(r.factor()).isCloseTo(1.2, within(0.03)));
    story.windows(Story.DAY);
    assertThat(story.said(Opened.class)).hasSize(1);
    story.slower(1.2 * 1.2).windows(30);
    assertThat(story.said(Opened.class)).hasSize(2);
  }

  @Test
  void betterLevelBecomesTheReferenceByTheWrittenRuleOnly() {
    Story story = new Story(48, 0.02, 0.3, EARLY).windows(Story.DAY * 3 / 2);
    story.slower(0.85).windows(Story.HOUR - 20);
    assertThat(story.said(Rebaselined.class)).isEmpty();
    story.windows(60);
    assertThat(story.said(Rebaselined.class))
        .isNotEmpty()
        .allSatisfy(r -> assertThat(r.why()).isEqualTo(Verdict.Why.IMPROVED))
        .allSatisfy(r -> assertThat(r.factor()).isCloseTo(0.85, within(0.02)));
    story.windows(Story.HOUR).slower(1);
    story.windows(20);
    assertThat(story.said(Opened.class)).hasSize(1);
  }
}
