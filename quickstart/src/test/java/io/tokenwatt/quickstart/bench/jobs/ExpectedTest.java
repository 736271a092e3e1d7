package io.tokenwatt.quickstart.bench.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectedTest {
  private static final long FIRST = 1_700_000_000;
  private static final long LAST = FIRST + 35;

  @Test
  void whatLiesInWindowsIsAllThatTheCountersMoved() {
    Growth growth = new Growth();
    growth.grown(FIRST, 12);
    growth.grown(FIRST + 7, 25);
    long tokens = 0;
    for (int node = 0; node < 25; node++) {
      for (long tick = (node < 12 ? FIRST : FIRST + 7) + 1; tick <= LAST; tick++) {
        tokens += LoadPlan.outputTokens(node, tick);
      }
    }
    assertThat(sum(Expected.cells(growth, LAST, Long.MAX_VALUE), 2)).isEqualTo(tokens);
    assertThat(growth.records(LAST)).isEqualTo(12 * 7 + 25 * 29L);
  }

  /** So a window's part of a tick is a whole number, wherever its edge cuts the tick. */
  @Test
  void everyAmountIsAMultipleOfTheNumberOfPhases() {
    for (long tick = FIRST; tick < LAST; tick++) {
      assertThat(LoadPlan.outputTokens(5, tick) % LoadPlan.PHASES).isZero();
      assertThat(LoadPlan.requests(5, tick) % LoadPlan.PHASES).isZero();
      assertThat(LoadPlan.phaseMs(5) % (LoadPlan.TICK_MS / LoadPlan.PHASES)).isZero();
    }
  }

  @Test
  void windowsThatAreNotOverAreLeftOut() {
    Growth growth = new Growth();
    growth.grown(FIRST, 1);
    assertThat(Expected.cells(growth, LAST, FIRST * 1_000 + 20_000).keySet())
        .containsExactly(FIRST * 1_000, FIRST * 1_000 + 10_000);
  }

  private static long sum(Map<Long, long[][]> windows, int column) {
    long sum = 0;
    for (long[][] cells : windows.values()) {
      for (long[] cell : cells) {
        sum += cell[column];
      }
    }
    return sum;
  }
}
