package io.tokenwatt.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change comes within a window, never between two: that window tells of a part of it. */
class BrokenWindowTest {
  private static final int LEARNED = 4_000;
  private static final int MINUTE = 6;
  private static final double STEP = 0.2;

  /**
   * Whether it was found with the broken window or with the next: a minute later it is as large as
   * the whole ones say. With the broken one among seven, half a step would be told a tenth smaller.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.05, 0.5, 0.9})
  void isForgottenOnceThereIsAWholeOne(double share) {
    long seed = 20_261_124;
    System.out.println("seed " + seed + ", share after the change " + share);
    SimulatedSeries series = new SimulatedSeries(seed, 0.004, 0.3);
    SeriesState state = SeriesState.of(SimulatedSeries.SERIES);
    Detector detector = new Detector(Tuning.DEFAULT);
    for (int i = 0; i < LEARNED; i++) {
      assertThat(detector.judge(state, series.next())).isEmpty();
    }
    step(series, share * STEP);
    detector.judge(state, series.next());
    step(series, STEP);
    Regression told = null;
    for (int i = 0; i < MINUTE; i++) {
      List<Verdict> verdicts = detector.judge(state, series.next());
      for (Verdict verdict : verdicts) {
        told = verdict instanceof Verdict.Updated updated ? updated.regression() : told;
      }
    }
    assertThat(told).isNotNull();
    assertThat(told.size()).isCloseTo(STEP, within(0.008));
  }

  private static void step(SimulatedSeries series, double size) {
    series.factorTime = 1 + size;
    series.factorJoules = 1 + size;
  }
}
