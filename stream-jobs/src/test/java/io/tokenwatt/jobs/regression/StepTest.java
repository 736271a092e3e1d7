package io.tokenwatt.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long it takes to find a step, after a day and more of a ten-fold swing of the load. */
class StepTest {
  private static final int SERIES = 12;
  private static final long SEED = 20_261_121;

  private final Detector detector = new Detector(Tuning.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    // scatter, correlation, step, windows: median and worst of twelve
    "0.01, 0.3, 1.20, 1, 1",
    "0.02, 0.0, 1.20, 1, 1",
    "0.02, 0.6, 1.20, 1, 1",
    "0.03, 0.3, 1.20, 3, 4",
    "0.04, 0.0, 1.20, 3, 5",
    "0.01, 0.3, 1.05, 6, 10",
    "0.02, 0.0, 1.05, 12, 20",
    "0.02, 0.3, 1.05, 20, 30",
    "0.02, 0.6, 1.05, 60, 90",
  })
  void stepIsFound(double sigma, double phi, double step, int median, int worst) {
    List<Integer> delays = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      delays.add(delay(new SimulatedSeries(SEED + i, sigma, phi), step, 11_000 + 400 * i));
    }
    Collections.sort(delays);
    System.out.printf(
        "seed %d: scatter %.2f, correlation %.1f, step x%.2f found after windows %s%n",
        SEED, sigma, phi, step, delays);
    assertThat(delays.get(SERIES / 2)).isLessThanOrEqualTo(median);
    assertThat(delays.get(SERIES - 1)).isLessThanOrEqualTo(worst);
  }

  private int delay(SimulatedSeries simulated, double step, int quiet) {
    SeriesState state = SeriesState.of(SimulatedSeries.SERIES);
    for (int i = 0; i < quiet; i++) {
      assertThat(detector.judge(state, simulated.next())).as("window %d", i).isEmpty();
    }
    simulated.factorTime = step;
    simulated.factorJoules = step;
    long since = simulated.nextMs();
    for (int i = 1; i <= 1_000; i++) {
      List<Verdict> verdicts = detector.judge(state, simulated.next());
      if (!verdicts.isEmpty()) {
        Regression found = ((Verdict.Opened) verdicts.get(0)).regression();
        // A small step in correlated noise begins where it is first seen.
        long tolerance = step > 1.1 ? 60_000 : 300_000;
        assertThat(found.startedMs()).isBetween(since - tolerance, since + tolerance);
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }
}
