package io.tokenwatt.jobs.regression;

import java.util.ArrayList;
import java.util.List;

/** The measures of a series together: what one of them proves or suspects holds for all. */
final class Watches {
  /** Standard deviations that one window proves by itself, if a second measure has enough. */
  private static final double SINGLE = 7.5;

  private static final double SECOND = 3.3;

  /** And without a second one. */
  private static final double SINGLE_ALONE = 9;

  /** Single windows prove nothing where others without a regression lay nearly as far out. */
  private static final double ABOVE_PEAK = 1.5;

  /** Where blips were seen, two measures must lie as far beyond all of them. */
  private static final double FAR_ABOVE_PEAK = 2;

  /** Nor before so many windows have told how far out they lie. */
  private static final long LEAST_LEARNED = 2_880;

  /** Larger steps of one window are blips as likely as not: the next one tells. */
  private static final double MOST_SINGLE = Math.log(1.6);

  private final SeriesState state;
  private final Tuning tuning;
  private final List<Watch> all = new ArrayList<>();
  private final List<Watch.Reading> outside = new ArrayList<>();

  Watches(SeriesState state, Tuning tuning) {
    this.state = state;
    this.tuning = tuning;
    for (Measure measure : Measure.values()) {
      if (state.measures.size() <= measure.ordinal()) {
        state.measures.add(new MeasureState());
      }
      all.add(new Watch(measure, state.measures.get(measure.ordinal()), tuning));
    }
  }

  OpenCase openCase() {
    return new OpenCase(
        state, all.stream().map(watch -> new OpenMeasure(watch, tuning)).toList(), tuning);
  }

  /** What is judged of a window: by measure, null where it is not. Counts all outcomes. */
  List<Watch.Reading> take(SeriesWindow window) {
    List<Watch.Reading> judged = new ArrayList<>();
    outside.clear();
    for (Watch watch : all) {
      Watch.Taken taken = watch.take(window, state.isOpen());
      if (watch.measure.told()) {
        state.count(taken.outcome(), 1);
      }
      if (taken.outcome() == Outcome.OUTSIDE_EXPERIENCE && !state.isOpen()) {
        taken.reading().ifPresent(r -> watch.hold(r.observation(), suspectSinceMs()));
      }
      boolean guessed = taken.outcome() == Outcome.OUTSIDE_EXPERIENCE;
      outside.add(guessed ? taken.reading().orElse(null) : null);
      judged.add(taken.outcome() == Outcome.JUDGED ? taken.reading().orElseThrow() : null);
    }
    return judged;
  }

  /** What was guessed of the window taken last: by measure, null where it was not. */
  List<Watch.Reading> outside() {
    return outside;
  }

  /** Adds what is judged to the evidence. */
  Detector.Suspicion judge(List<Watch.Reading> judged, double factor) {
    List<Measure> proven = new ArrayList<>();
    double[] v = new double[all.size()];
    for (Watch watch : all) {
      Watch.Reading reading = judged.get(watch.measure.ordinal());
      if (reading != null && watch.measure.told()) {
        v[watch.measure.ordinal()] = watch.judge(reading);
      }
      if (watch.measure == Measure.ITL_SECONDS) {
        Watch.Reading rate = judged.get(Measure.ITL_AT_RATE_SECONDS.ordinal());
        new PileUp(watch).add(outside.get(watch.measure.ordinal()), rate);
      }
      if (watch.evidence.proves(factor)) {
        proven.add(watch.measure);
      }
    }
    if (proven.isEmpty() && factor == 1) {
      proven.addAll(single(judged, v));
    }
    if (!proven.isEmpty()) {
      return new Detector.Suspicion(proven, sinceMs(proven));
    }
    return drift(judged);
  }

  private long sinceMs(List<Measure> proven) {
    return proven.stream().mapToLong(m -> all.get(m.ordinal()).evidence.sinceMs()).min().orElse(0);
  }

  private List<Measure> single(List<Watch.Reading> judged, double[] v) {
    List<Measure> proven = new ArrayList<>();
    for (Watch watch : all) {
      int i = watch.measure.ordinal();
      if (judged.get(i) != null
          && watch.measure.told()
          && watch.state.learned >= LEAST_LEARNED
          && judged.get(i).residual() < MOST_SINGLE
          && farOut(watch, v)) {
        proven.add(watch.measure);
      }
    }
    return proven;
  }

  /** Further out than noise goes: by itself or with a second measure. */
  private boolean farOut(Watch watch, double[] v) {
    int i = watch.measure.ordinal();
    double peak = watch.noise.peak();
    boolean normal = peak <= Noise.NORMAL_PEAK;
    boolean seconded = false;
    for (Watch other : all) {
      int j = other.measure.ordinal();
      double least = normal ? SECOND : Math.max(SINGLE, FAR_ABOVE_PEAK * other.noise.peak());
      seconded |= j != i && v[j] > least;
    }
    return normal
        ? v[i] > Math.max(seconded ? SINGLE : SINGLE_ALONE, ABOVE_PEAK * peak)
        : seconded && v[i] > FAR_ABOVE_PEAK * peak;
  }

  private Detector.Suspicion drift(List<Watch.Reading> judged) {
    List<Measure> drifting = new ArrayList<>();
    long since = Long.MAX_VALUE;
    for (Watch watch : all) {
      Watch.Reading reading = judged.get(watch.measure.ordinal());
      if (reading != null
          && watch.measure.told()
          && watch.evidence.drifts(watch.noise, reading.observation().load())) {
        drifting.add(watch.measure);
        since = Math.min(since, watch.state.driftSinceMs);
      }
    }
    return drifting.isEmpty()
        ? new Detector.Suspicion(List.of(), suspectSinceMs())
        : new Detector.Suspicion(drifting, since);
  }

  /** Start of the oldest window under suspicion; Long.MAX_VALUE = nothing is suspicious. */
  private long suspectSinceMs() {
    long since = Long.MAX_VALUE;
    for (Watch watch : all) {
      if (watch.evidence.suspicious()) {
        since = Math.min(since, watch.evidence.suspectSinceMs());
      }
    }
    return since;
  }

  void learn(List<Watch.Reading> judged, long suspectSinceMs) {
    for (Watch watch : all) {
      Watch.Reading reading = judged.get(watch.measure.ordinal());
      if (reading != null) {
        if (suspectSinceMs == Long.MAX_VALUE) {
          watch.scatter(reading);
        } else {
          watch.noise.suspect(reading.v());
        }
        watch.hold(reading.observation(), suspectSinceMs);
      }
    }
  }

  void remember(List<Watch.Reading> judged) {
    for (Watch watch : all) {
      Watch.Reading reading = judged.get(watch.measure.ordinal());
      if (reading != null) {
        watch.evidence.remember(reading.observation(), reading.residual());
      }
    }
  }

  /** The written rule: what was better for long enough is the reference from now on. */
  List<Verdict> improvements(long atMs) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Watch watch : all) {
      if (watch.measure.told() && watch.evidence.improved()) {
        double shift = watch.state.betterSum / watch.state.betterWindows;
        watch.rebase(shift, watch.meanError(watch.state.betterWindows), atMs);
        verdicts.add(rebaselined(watch, atMs, shift, Verdict.Why.IMPROVED));
      }
    }
    return verdicts;
  }

  /** Moves the reference of each measure that is worse to where it is. */
  List<Verdict> accept(long atMs) {
    List<Verdict> verdicts = new ArrayList<>();
    for (Watch watch : all) {
      OpenMeasure measure = new OpenMeasure(watch, tuning);
      if (watch.state.worse && measure.known()) {
        watch.rebase(measure.mean(), watch.meanError(measure.windows()), atMs);
        if (watch.measure.told()) {
          verdicts.add(rebaselined(watch, atMs, measure.mean(), Verdict.Why.ACCEPTED));
        }
      }
    }
    return verdicts;
  }

  private Verdict rebaselined(Watch watch, long atMs, double shift, Verdict.Why why) {
    return new Verdict.Rebaselined(atMs, state.series, watch.measure, Math.exp(shift), why);
  }
}
