package io.tokenwatt.alerts.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Laws of an alert's life, over random readings, patience and times between evaluations. */
class AlertStatePropertyTest {
  private static final int LIVES = 20_000;
  private static final Duration TEN_S = Duration.ofSeconds(10);

  private record Step(Instant at, Reading reading, AlertState before, AlertState after) {}

  @Test
  void everyLifeObeysItsLaws() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("AlertStatePropertyTest seed " + seed);
    Random random = new Random(seed);
    for (int life = 0; life < LIVES; life++) {
      Timing timing =
          new Timing(
              TEN_S,
              TEN_S,
              Duration.ofSeconds(random.nextInt(4) * 10L),
              Duration.ofSeconds(random.nextInt(4) * 10L),
              TEN_S);
      List<Step> steps = live(random, timing);
      for (int i = 0; i < steps.size(); i++) {
        check(timing, steps, i);
      }
    }
  }

  private static void check(Timing timing, List<Step> steps, int i) {
    Step step = steps.get(i);
    AlertState before = step.before;
    AlertState after = step.after;
    String told = timing + " at step " + i + " of " + steps;
    if (step.reading == Reading.UNKNOWN) {
      assertThat(after).as("nothing follows from nothing: %s", told).isEqualTo(before);
    }
    if (!before.fired() && after.fired()) {
      assertThat(step.reading).as(told).isEqualTo(Reading.BAD);
      assertThat(Duration.between(after.since(), step.at)).as(told).isEqualTo(waited(after));
      assertThat(waited(after)).as(told).isGreaterThanOrEqualTo(timing.pending());
      assertThat(readingsSince(steps, i, after.since()))
          .as("bad all the time: %s", told)
          .doesNotContain(Reading.GOOD, Reading.MISSING);
    }
    if (after.phase() == Phase.RESOLVED && before.phase() != Phase.RESOLVED) {
      assertThat(before.fired()).as(told).isTrue();
      assertThat(step.reading).as(told).isIn(Reading.GOOD, Reading.MISSING);
      assertThat(readingsSince(steps, i, after.lastBad().plusNanos(1)))
          .as("not bad since: %s", told)
          .doesNotContain(Reading.BAD);
      assertThat(Duration.between(after.lastBad(), step.at))
          .as(told)
          .isGreaterThanOrEqualTo(timing.keepFiring());
    }
    if (before.fired()) {
      assertThat(after.since())
          .as("one incident, one identity: %s", told)
          .isEqualTo(before.since());
      assertThat(after.firedAt()).as(told).isEqualTo(before.firedAt());
    }
    if (!before.phase().open()) {
      assertThat(after).as("what is over stays over: %s", told).isEqualTo(before);
    }
  }

  private static Duration waited(AlertState state) {
    return Duration.between(state.since(), state.firedAt());
  }

  private static List<Reading> readingsSince(List<Step> steps, int last, Instant from) {
    return steps.subList(0, last + 1).stream()
        .filter(step -> !step.at.isBefore(from))
        .map(Step::reading)
        .toList();
  }

  private static List<Step> live(Random random, Timing timing) {
    Instant at = Instant.parse("2026-01-01T12:00:00Z");
    AlertState state = AlertState.first(timing, at);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      at = at.plusSeconds(random.nextInt(40) == 0 ? 4000 : 1 + random.nextInt(15));
      Reading reading = Reading.values()[random.nextInt(Reading.values().length)];
      AlertState next = state.next(timing, reading, at);
      steps.add(new Step(at, reading, state, next));
      state = next;
    }
    return steps;
  }
}
