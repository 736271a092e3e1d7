package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicksTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void shortPeriodsAreMultiplesSinceTheEpoch() {
    Ticks ticks = new Ticks("any", Duration.ofSeconds(2));
    assertThat(ticks.after(NOON)).isEqualTo(NOON.plusSeconds(2));
    assertThat(ticks.after(NOON.plusMillis(1))).isEqualTo(NOON.plusSeconds(2));
    assertThat(ticks.after(NOON.minusMillis(1))).isEqualTo(NOON);
  }

  @Test
  void theNextTickIsAfterTheLastByAPeriodFromWhereverOneAsks() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      Duration period = Duration.ofSeconds(1 + random.nextInt(300));
      Ticks ticks = new Ticks("rule-" + i, period);
      Instant tick = ticks.after(NOON.plusMillis(random.nextInt(1_000_000)));
      Instant between = tick.plusMillis(random.nextInt((int) period.toMillis()));
      assertThat(ticks.after(between)).isEqualTo(tick.plus(period));
    }
  }

  @Test
  void rulesOfOnePeriodDoNotAskAllAtOnce() {
    Set<Instant> ticks = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ticks.add(new Ticks("rule-" + i, Duration.ofMinutes(1)).after(NOON));
    }
    assertThat(ticks).hasSizeGreaterThan(15);
  }

  @Test
  void pausesDoubleUpToAMinuteAndRespectTheReceiversWish() {
    Random random = new Random(1);
    for (int attempt = 1; attempt < 40; attempt++) {
      double expected = Math.min(60, Math.pow(2, attempt - 1));
      Duration pause = Backoff.after(attempt, Duration.ZERO, random);
      assertThat(pause.toMillis() / 1e3).isBetween(expected * 0.8 - 0.01, expected * 1.2 + 0.01);
      assertThat(Backoff.after(attempt, Duration.ofSeconds(90), random))
          .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91));
    }
  }
}
