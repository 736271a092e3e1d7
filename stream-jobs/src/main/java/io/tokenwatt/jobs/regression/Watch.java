package io.tokenwatt.jobs.regression;

import java.util.Optional;

/**
 * One measure of a series: takes windows in, learns from those that are beyond suspicion, compares
 * the others. Nothing is learned while a regression of the series is open.
 */
final class Watch {
  /** Windows from which the first reference begins. */
  static final int FIRST_WINDOWS = 8;

  /** Judged windows that pass until one is learned, less in a young series. */
  static final int DELAY_WINDOWS = 30;

  /** A young series waits for this part of what it learned. */
  private static final int DELAY_PART = 4;

  /** Windows that a series learns quickly, however few of them were its warm-up. */
  private static final int YOUNG_WINDOWS = 180;

  /** Standard error above which a load counts as never seen. */
  private static final double OUTSIDE = 0.05;

  /** By how much boards of one kind differ from node to node, log scale. */
  private static final double NODE_SD = 0.02;

  /**
   * A window is off by as much because no engine is quite like the curves; never less is learned.
   */
  private static final double MODEL_SD = 0.05;

  private static final double FIRST_MODEL_SD = 0.03;

  private static final double NODE_MEMORY = 8_640;
  private static final int SHRINK_AFTER = 360;

  /**
   * A window against what its load let expect, log scale.
   *
   * @param error standard error of the expectation
   * @param v innovation in standard deviations, nothing taken off
   */
  record Reading(
      Observation observation,
      double expected,
      double residual,
      double error,
      double v,
      boolean follows) {}

  final Measure measure;
  final MeasureState state;
  final Reference reference;
  final Noise noise;
  final Evidence evidence;
  final Held held;
  private final Admission admission;
  private final Collection collection;
  private final int warmUp;

  Watch(Measure measure, MeasureState state, Tuning tuning) {
    this.measure = measure;
    this.state = state;
    this.reference = new Reference(measure, state);
    this.noise = new Noise(state);
    this.evidence = new Evidence(state, tuning);
    this.held = new Held(state);
    this.admission = new Admission(tuning);
    this.collection = new Collection(measure, state);
    this.warmUp = tuning.warmUpWindows();
  }

  /** What a window came to, and the reading if it can be compared. */
  record Taken(Outcome outcome, Optional<Reading> reading) {
    static Taken not(Outcome outcome) {
      return new Taken(outcome, Optional.empty());
    }
  }

  /**
   * @param open a regression of the series is open
   */
  Taken take(SeriesWindow window, boolean open) {
    Optional<Outcome> refused = admission.refusal(measure, window);
    if (refused.isPresent()) {
      return Taken.not(refused.get());
    }
    long length = collection.length(window);
    if (length == 0) {
      return Taken.not(Outcome.WINDOW_TOO_SHORT);
    }
    fit(length, window.windowStartMs());
    return collection
        .add(window)
        .map(whole -> compare(whole, open))
        .orElse(Taken.not(Outcome.COLLECTED));
  }

  /** Longer at once, shorter only after an hour: windows of several lengths do not compare. */
  private void fit(long length, long atMs) {
    state.shorter = length < state.lengthMs ? state.shorter + 1 : 0;
    if (length > state.lengthMs || state.shorter > SHRINK_AFTER) {
      if (state.lengthMs != 0) {
        noise.begin();
        held.clear();
        evidence.clear(atMs);
        evidence.clearDrift(atMs);
      }
      state.lengthMs = length;
      state.shorter = 0;
      state.collected = null;
    }
  }

  private Taken compare(Observation o, boolean open) {
    if (state.learned < warmUp) {
      if (!open) {
        warmUp(o);
      }
      return Taken.not(Outcome.WARM_UP);
    }
    double known = reference.standardError(o);
    Reading reading = reading(o, Math.sqrt(known * known + nodeVariance(o)));
    if (!(known <= OUTSIDE) || Double.isNaN(reading.expected())) {
      return new Taken(Outcome.OUTSIDE_EXPERIENCE, Optional.of(reading));
    }
    return new Taken(Outcome.JUDGED, Optional.of(reading));
  }

  private Reading reading(Observation o, double error) {
    double expected = reference.expected(o);
    double residual = o.y() - expected;
    double v = evidence.innovation(o, residual, noise);
    return new Reading(o, expected, residual, error, v, evidence.follows(o));
  }

  /** A sum over other nodes than those learned may lie elsewhere: boards are not equal. */
  private double nodeVariance(Observation o) {
    return NODE_SD
        * NODE_SD
        * Math.abs(1 / Math.max(1, o.nodes()) - 1 / Math.max(1, state.learnedNodes));
  }

  private void warmUp(Observation o) {
    if (reference.exists()) {
      Reading reading = reading(o, reference.standardError(o));
      scatter(reading);
      evidence.remember(o, reading.residual());
      learn(o);
      return;
    }
    held.add(o);
    if (held.size() < FIRST_WINDOWS) {
      return;
    }
    begin();
    while (held.size() > 0) {
      warmUp(held.removeOldest());
    }
    evidence.clear(o.endMs());
    evidence.clearDrift(o.endMs());
  }

  private void begin() {
    double y = 0;
    double load = 0;
    double prompt = 0;
    double context = 0;
    for (int i = 0; i < held.size(); i++) {
      Observation o = held.get(i);
      y += o.y() / held.size();
      load += o.load() / held.size();
      prompt += o.prompt() / held.size();
      context += o.context() / held.size();
    }
    reference.begin(y, load, prompt, context);
    noise.begin();
    state.learnedRunning = Spline.LOW;
  }

  /** Adds a judged window to the evidence; its innovation beyond the slack. */
  double judge(Reading reading) {
    return evidence.add(reading.observation(), reading.residual(), reading.error(), noise);
  }

  /** A window that is not suspicious tells how windows scatter. */
  void scatter(Reading r) {
    double previous = r.follows() ? state.previousResidual : Double.NaN;
    noise.add(r.observation().load(), r.v(), r.residual(), previous, r.error());
  }

  /**
   * Keeps a window for learning, and learns what has waited long enough.
   *
   * @param suspectSinceMs windows from here on are not learned; Long.MAX_VALUE = none is suspicious
   */
  void hold(Observation o, long suspectSinceMs) {
    boolean suspicious = suspectSinceMs != Long.MAX_VALUE;
    if (held.size() == Held.CAPACITY) {
      Observation oldest = held.removeOldest();
      if (oldest.startMs() < suspectSinceMs) {
        learn(oldest);
      }
    }
    held.add(o);
    while (!suspicious && held.size() > delay()) {
      learn(held.removeOldest());
    }
  }

  private long delay() {
    return Math.min(DELAY_WINDOWS, state.learned / DELAY_PART);
  }

  private void learn(Observation o) {
    boolean slow = state.learned >= YOUNG_WINDOWS;
    double model = slow ? MODEL_SD : FIRST_MODEL_SD;
    double sd = Math.max(model, noise.sd(o.load())) * noise.longRun(o.load());
    reference.learn(o, sd * sd, slow);
    state.learned++;
    state.learnedRunning = Math.max(state.learnedRunning, o.running());
    double n = Math.min(state.learned, NODE_MEMORY);
    state.learnedNodes += (o.nodes() - state.learnedNodes) / n;
  }

  /** Standard error of a mean of so many windows about the reference. */
  double meanError(double windows) {
    return noise.sd(state.centreLoad) * noise.longRun(state.centreLoad) / Math.sqrt(windows);
  }

  /** Takes another level for the truth; what was seen before is no evidence against it. */
  void rebase(double shift, double error, long atMs) {
    reference.shift(shift, error);
    held.clear();
    evidence.clear(atMs);
    evidence.clearDrift(atMs);
  }
}
