package io.tokenwatt.quickstart.fleet.physics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RooflineTest {
  private static final Roofline H100_8B =
      new Roofline(Hardware.H100, Slice.WHOLE, ServedModel.LLAMA_8B, 1);

  @Test
  void tokensPerSecondGrowWithTheBatchAndSaturate() {
    double last = 0;
    double lastGain = Double.MAX_VALUE;
    for (int batch = 1; batch <= 256; batch *= 2) {
      double rate = tokensPerSecond(H100_8B, batch, 700);
      double gain = rate / Math.max(1, last);
      assertThat(rate).as("batch " + batch).isGreaterThan(last);
      assertThat(gain).as("gain at batch " + batch).isLessThan(lastGain);
      last = rate;
      lastGain = gain;
    }
    assertThat(lastGain).isLessThan(1.5);
  }

  @Test
  void powerGrowsWithTheBatchAndStaysUnderTheLimit() {
    double small = watts(H100_8B.step(1, 1000, 700));
    double large = watts(H100_8B.step(256, 256_000, 700));
    double prompt = watts(H100_8B.step(8192, 100_000, 700));
    assertThat(small).isLessThan(large);
    assertThat(large).isLessThan(prompt);
    assertThat(prompt).isBetween(500.0, 700.0);
  }

  @Test
  void aCapLowersTheClockUntilThePowerFits() {
    Roofline.Step free = H100_8B.step(128, 128_000, 700);
    Roofline.Step capped = H100_8B.step(128, 128_000, 300);
    assertThat(free.activity().clock()).isEqualTo(1);
    assertThat(capped.activity().clock()).isBetween(0.35, 0.99);
    assertThat(watts(capped)).isLessThanOrEqualTo(300.0);
    assertThat(capped.durationUs()).isGreaterThan(free.durationUs());
  }

  @Test
  void weightsAndCacheShareTheMemory() {
    long tokens = H100_8B.kvTokens();
    double bytes = tokens * 131_072.0 + 16.06e9;
    assertThat(bytes).isBetween(0.89 * 81_559 * 1048576.0, 0.9 * 81_559 * 1048576.0);
    Roofline tooSmall = new Roofline(Hardware.L40S, Slice.WHOLE, ServedModel.LLAMA_70B, 1);
    assertThat(tooSmall.kvTokens()).isZero();
  }

  private static double tokensPerSecond(Roofline roofline, int batch, double limit) {
    return batch / (roofline.step(batch, batch * 1000L, limit).durationUs() / 1e6);
  }

  private static double watts(Roofline.Step step) {
    return Hardware.H100.loadedIdleWatts() + step.activity().dynamicWatts();
  }
}
