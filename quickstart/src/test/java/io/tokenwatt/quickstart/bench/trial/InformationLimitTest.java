package io.tokenwatt.quickstart.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.quickstart.bench.workload.NoisePlan;
import org.junit.jupiter.api.Test;

/** Numbers by hand: a shift of two standard deviations is 2 nats of white noise. */
class InformationLimitTest {
  private static final double SHIFT = 0.04;
  private static final NoisePlan WHITE = new NoisePlan(0.02, 0, false);
  private static final double SEVEN_NATS = Math.exp(7);

  @Test
  void wholeWindowsAddUp() {
    InformationLimit limit = new InformationLimit(WHITE, SEVEN_NATS);
    windows(limit, SHIFT, SHIFT, SHIFT);
    assertThat(limit.reachedMs()).isEqualTo(Long.MAX_VALUE);
    limit.window(40, SHIFT, true);
    assertThat(limit.reachedMs()).isEqualTo(40);
  }

  /** Half a window tells 0.5 nats: 0.5 + 3 x 2 are too few, with a fourth they are enough. */
  @Test
  void brokenWindowTellsOfItsPartSquared() {
    InformationLimit limit = new InformationLimit(WHITE, SEVEN_NATS);
    windows(limit, SHIFT / 2, SHIFT, SHIFT, SHIFT);
    assertThat(limit.reachedMs()).isEqualTo(Long.MAX_VALUE);
    limit.window(50, SHIFT, true);
    assertThat(limit.reachedMs()).isEqualTo(50);
  }

  @Test
  void windowsWithoutTokensTellNothing() {
    InformationLimit limit = new InformationLimit(WHITE, Math.exp(2));
    limit.window(10, SHIFT, false);
    limit.window(20, SHIFT, true);
    assertThat(limit.reachedMs()).isEqualTo(20);
  }

  /** Of correlated noise the first tells 2, a later one 2 x 0.5 / 1.5; after a hole 2 again. */
  @Test
  void afterAHoleWindowsTellAsTheFirst() {
    NoisePlan noise = new NoisePlan(0.02, 0.5, false);
    InformationLimit limit = new InformationLimit(noise, Math.exp(2 + 2 / 3.0 + 1.9));
    limit.window(10, SHIFT, true);
    limit.window(20, SHIFT, true);
    limit.window(30, SHIFT, false);
    limit.window(40, SHIFT, true);
    assertThat(limit.reachedMs()).isEqualTo(40);
  }

  private static void windows(InformationLimit limit, double... shifts) {
    for (int i = 0; i < shifts.length; i++) {
      limit.window(10L * (i + 1), shifts[i], true);
    }
  }
}
