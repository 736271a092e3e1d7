package io.tokenwatt.jobs.regression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The one regression that a series may have open: opens, tells of it, closes. */
final class OpenCase {
  private static final long TELL_MS = 60_000;
  private static final long TELL_AGAIN_MS = 3_600_000;
  private static final double TELL_SIZE = 0.005;
  private static final double TELL_SHARE = 0.05;

  /** In which each window is told: it narrows the interval that a page waits for. */
  private static final long YOUNG_MS = 60_000;

  private final SeriesState state;
  private final List<OpenMeasure> measures;
  private final Tuning tuning;

  OpenCase(SeriesState state, List<OpenMeasure> measures, Tuning tuning) {
    this.state = state;
    this.measures = measures;
    this.tuning = tuning;
  }

  /**
   * Opens a regression.
   *
   * @param proven measures that prove it
   * @param readings of this window
   */
  Verdict open(
      long startedMs,
      long atMs,
      List<Measure> proven,
      List<Watch.Reading> readings,
      SeriesWindow window) {
    measures.forEach(measure -> measure.begin(startedMs));
    add(readings, List.of(), window.quality());
    proven.forEach(measure -> measures.get(measure.ordinal()).watch.state.worse = true);
    Measure headline =
        proven.stream()
            .max(Comparator.comparingDouble(m -> measures.get(m.ordinal()).sigma()))
            .orElseThrow();
    state.openId = state.series.regressionId(startedMs);
    state.startedMs = startedMs;
    state.detectedMs = atMs;
    state.headline = headline.ordinal();
    state.deployment = Deployments.newest(state.deployments, window.deployments());
    state.quality = window.quality();
    state.openJudgedMs = atMs;
    for (OpenMeasure measure : measures) {
      measure.watch.held.clear();
      measure.watch.noise.proven();
      measure.watch.evidence.clear(atMs);
    }
    return new Verdict.Opened(atMs, told(atMs));
  }

  /**
   * Adds readings of one window; in the order of measures, null where there is none.
   *
   * @param outside of loads never seen: they tell how large it is, not whether it is over
   */
  void add(List<Watch.Reading> readings, List<Watch.Reading> outside, int quality) {
    for (OpenMeasure measure : measures) {
      int i = measure.watch.measure.ordinal();
      if (readings.get(i) != null) {
        measure.add(readings.get(i));
        state.openJudgedMs = Math.max(state.openJudgedMs, readings.get(i).observation().endMs());
      } else if (i < outside.size() && outside.get(i) != null) {
        measure.guess(outside.get(i));
      }
    }
    state.quality |= quality;
  }

  /** What there is to say at a window's end. */
  List<Verdict> tell(long atMs) {
    if (recovered()) {
      return List.of(close(atMs, CloseReason.RECOVERED));
    }
    if (atMs - state.detectedMs <= YOUNG_MS) {
      return List.of(new Verdict.Updated(atMs, told(atMs)));
    }
    if (atMs - state.toldMs < TELL_MS) {
      return List.of();
    }
    Regression now = regression();
    double change = Math.abs(now.size() - state.toldSize);
    boolean news =
        change > Math.max(TELL_SIZE, TELL_SHARE * Math.abs(state.toldSize))
            || now.details().size() != state.toldDetails
            || atMs - state.toldMs >= TELL_AGAIN_MS;
    return news ? List.of(new Verdict.Updated(atMs, told(atMs))) : List.of();
  }

  /** Closes it if nothing of the series was seen, or could be judged, for too long. */
  List<Verdict> gone(long seenMs, long nowMs) {
    long absent = seenMs + tuning.gone().toMillis();
    long unjudged = state.openJudgedMs + tuning.unjudged().toMillis();
    long due = Math.min(absent, unjudged);
    return state.isOpen() && nowMs >= due ? List.of(close(due, CloseReason.GONE)) : List.of();
  }

  Verdict close(long atMs, CloseReason reason) {
    Verdict closed = new Verdict.Closed(atMs, regression(), reason);
    state.openId = "";
    state.closedMs = atMs;
    for (OpenMeasure measure : measures) {
      measure.watch.evidence.clear(atMs);
      measure.watch.evidence.clearDrift(atMs);
    }
    return closed;
  }

  private boolean recovered() {
    return measures.stream()
        .filter(m -> m.watch.state.worse && m.watch.measure.told())
        .allMatch(OpenMeasure::recovered);
  }

  private Regression told(long atMs) {
    Regression regression = regression();
    state.toldMs = atMs;
    state.toldSize = regression.size();
    state.toldDetails = regression.details().size();
    return regression;
  }

  private Regression regression() {
    OpenMeasure headline = measures.get(state.headline);
    OpenMeasure time =
        known(Measure.GPU_SECONDS_PER_OUTPUT_TOKEN, Measure.GPU_SECONDS_PER_PROMPT_TOKEN);
    OpenMeasure joules = known(Measure.JOULES_PER_OUTPUT_TOKEN, Measure.JOULES_PER_PROMPT_TOKEN);
    return new Regression(
        state.openId,
        state.series,
        state.startedMs,
        state.detectedMs,
        headline.watch.measure,
        headline.expected(),
        headline.observed(),
        headline.size(),
        headline.sizeLow(),
        headline.sizeHigh(),
        headline.sigma(),
        joules.known() ? 1e3 * joules.extraPerDay() : Double.NaN,
        time.known() ? 1e3 * time.extraPerDay() : Double.NaN,
        time.known() ? 1e3 * time.extraPerDayLow() : Double.NaN,
        state.deployment,
        state.quality,
        details());
  }

  /** Whichever is known; the other where neither is. */
  private OpenMeasure known(Measure one, Measure other) {
    OpenMeasure first = measures.get(one.ordinal());
    return first.known() ? first : measures.get(other.ordinal());
  }

  private List<Regression.Detail> details() {
    List<OpenMeasure> further = new ArrayList<>();
    for (OpenMeasure measure : measures) {
      if (measure.watch.measure.ordinal() != state.headline
          && measure.watch.state.worse
          && measure.watch.measure.told()
          && measure.known()) {
        further.add(measure);
      }
    }
    further.sort(Comparator.comparingDouble(OpenMeasure::sigma).reversed());
    return further.stream()
        .map(
            m ->
                new Regression.Detail(
                    m.watch.measure, m.expected(), m.observed(), m.size(), m.sigma()))
        .toList();
  }
}
