package io.tokenwatt.quickstart.fleet.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final long START_NJ = 5_000_000_000_000L;

  @Test
  void energyIsTheExactIntegralOfPower() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    Board board = new Board(0, "GPU-1", Hardware.H100, List.of(Slice.WHOLE), 1.013, 0, START_NJ);
    BigInteger nanojoules = BigInteger.valueOf(START_NJ);
    long atUs = 0;
    for (int i = 0; i < 10_000; i++) {
      long us = random.nextLong(0, 60_000);
      long mw = board.powerMw();
      nanojoules = nanojoules.add(BigInteger.valueOf(mw).multiply(BigInteger.valueOf(us)));
      atUs += us;
      double watts = 500 * random.nextDouble();
      board.change(0, atUs, new Activity(true, 1, 1, 0.5, 0.5, watts, 1, 1000));
    }
    assertThat(BigInteger.valueOf(board.energyNj())).as("seed " + seed).isEqualTo(nanojoules);
  }

  @Test
  void powerStaysWithinTheLimit() {
    Board board = new Board(0, "GPU-1", Hardware.L40S, List.of(Slice.WHOLE), 1.03, 0, 0);
    board.change(0, 1, new Activity(true, 1, 1, 1, 1, 10_000, 1, 1000));
    assertThat(board.powerMw()).isEqualTo(350_000);
  }

  @Test
  void instancesOfABoardAddUpToItsPower() {
    Slice half = new Slice("3g.20gb", 1, 3 / 7.0, 0.5);
    Slice other = new Slice("3g.20gb", 2, 3 / 7.0, 0.5);
    Board board = new Board(0, "GPU-1", Hardware.A100, List.of(half, other), 1, 0, 0);
    board.change(0, 0, new Activity(true, 1, 1, 0.5, 0.5, 40, 1, 1000));
    board.change(1, 0, new Activity(true, 1, 1, 0.5, 0.5, 25, 1, 1000));
    assertThat(board.powerMw()).isEqualTo(64_000 + 40_000 + 25_000);
  }

  @Test
  void aRestartShorterThanTheProcessNeedsIsRefused() {
    assertThatThrownBy(() -> new Restart(10, 11)).hasMessageContaining("at least 1 s");
  }
}
