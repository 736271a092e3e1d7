package io.tokenwatt.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApportionmentTest {
  @Test
  void partsAddUpAndAreWithinOneOfTheirFairShare() {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      long amount = random.nextLong(1L << random.nextInt(1, 50));
      long[] weights = random.longs(random.nextInt(1, 9), 0, 1L << random.nextInt(1, 40)).toArray();
      long[] parts = Apportionment.split(amount, weights);
      assertThat(Arrays.stream(parts).sum()).as("seed %d", seed).isEqualTo(amount);
      double total = Arrays.stream(weights).asDoubleStream().sum();
      for (int i = 0; i < parts.length && total > 0; i++) {
        double fair = amount * (weights[i] / total);
        assertThat(Math.abs(parts[i] - fair)).as("seed %d", seed).isLessThan(1 + fair * 1e-9);
      }
    }
  }

  @Test
  void weightsOfZeroCountAsEqual() {
    assertThat(Apportionment.split(7, new long[] {0, 0, 0})).containsExactly(3, 2, 2);
  }
}
