package io.tokenwatt.jobs.regression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A detector, a simulated series and what was said of it so far. */
final class Story {
  static final long HOUR = 360;
  static final long DAY = SimulatedSeries.DAY;

  final SimulatedSeries series;
  final List<Verdict> verdicts = new ArrayList<>();
  final Detector detector;
  SeriesState state = SeriesState.of(SimulatedSeries.SERIES);

  /** What becomes of each window on its way to the detector. */
  UnaryOperator<SeriesWindow> way = UnaryOperator.identity();

  Story(long seed, double sigma, double phi) {
    this(seed, sigma, phi, Tuning.DEFAULT);
  }

  Story(long seed, double sigma, double phi, Tuning tuning) {
    System.out.printf("seed %d, scatter %.3f, correlation %.1f%n", seed, sigma, phi);
    this.series = new SimulatedSeries(seed, sigma, phi);
    this.detector = new Detector(tuning);
  }

  Story windows(long windows) {
    for (long i = 0; i < windows; i++) {
      verdicts.addAll(detector.judge(state, way.apply(series.next())));
    }
    return this;
  }

  /** Everything takes longer and more energy. */
  Story slower(double factor) {
    series.factorTime = factor;
    series.factorJoules = factor;
    return this;
  }

  <T extends Verdict> List<T> said(Class<T> kind) {
    return verdicts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The reference of a measure: what it expects at the load of the next window. */
  double expected(Measure measure, SeriesWindow window) {
    MeasureState m = state.measures.get(measure.ordinal());
    MeasureState alone = new MeasureState();
    alone.lengthMs = 10_000;
    Observation o = new Collection(measure, alone).add(window).orElseThrow();
    return Math.exp(new Reference(measure, m).expected(o));
  }
}
