package io.tokenwatt.jobs.regression;

import io.tokenwatt.model.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges the windows of series, each once and in order. The same windows in the same order give the
 * same verdicts, also if the state was stored and restored in between. Immutable; the state is the
 * caller's, one per series, and not thread-safe.
 *
 * <p>A series has one reference per {@link Measure}, whatever its deployments: a new one is
 * compared with what was before it. The reference is learned with delay, never from windows that
 * are suspicious or belong to an open regression, and stands still once it is known. It is moved by
 * {@link #accept} and by one rule: where a measure was better than it for {@link Tuning#improved},
 * without a regression of the series, the better level becomes the reference.
 */
public final class Detector {
  private static final double COOLDOWN_FACTOR = 3;

  private final Tuning tuning;

  public Detector(Tuning tuning) {
    this.tuning = tuning;
  }

  /**
   * Takes a window whose later corrections will not be judged. A window at or before the newest one
   * taken is counted and otherwise ignored.
   */
  public List<Verdict> judge(SeriesState state, SeriesWindow window) {
    if (window.windowStartMs() <= state.takenMs) {
      state.count(Outcome.OUT_OF_ORDER, 1);
      return List.of();
    }
    List<Verdict> verdicts = new ArrayList<>(quiet(state, window.windowStartMs()));
    state.takenMs = window.windowStartMs();
    Deployments.see(state.deployments, window.deployments());
    Watches watches = new Watches(state, tuning);
    List<Watch.Reading> judged = watches.take(window);
    long atMs = window.windowStartMs() + Window.SIZE_MS;
    OpenCase open = watches.openCase();
    if (state.isOpen()) {
      open.add(judged, watches.outside(), window.quality());
      watches.remember(judged);
      verdicts.addAll(open.tell(atMs));
      return verdicts;
    }
    Suspicion suspicion = watches.judge(judged, cooldownFactor(state, atMs));
    if (suspicion.proven().isEmpty()) {
      watches.learn(judged, suspicion.sinceMs());
      verdicts.addAll(watches.improvements(atMs));
    } else {
      verdicts.add(open.open(suspicion.sinceMs(), atMs, suspicion.proven(), judged, window));
    }
    watches.remember(judged);
    return verdicts;
  }

  private double cooldownFactor(SeriesState state, long atMs) {
    return state.closedMs != 0 && atMs - state.closedMs < tuning.cooldown().toMillis()
        ? COOLDOWN_FACTOR
        : 1;
  }

  /**
   * A person takes the level of an open regression as the new reference.
   *
   * @return empty if no regression of this id is open
   */
  public List<Verdict> accept(SeriesState state, String regressionId, long atMs) {
    if (!state.isOpen() || !state.openId.equals(regressionId)) {
      return List.of();
    }
    Watches watches = new Watches(state, tuning);
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(watches.openCase().close(atMs, CloseReason.ACCEPTED));
    verdicts.addAll(watches.accept(atMs));
    return verdicts;
  }

  /**
   * Time went on to {@code nowMs} (record time) without a window: closes what is gone. May be
   * called at any time, or never: a later window says the same.
   */
  public List<Verdict> quiet(SeriesState state, long nowMs) {
    return state.isOpen()
        ? new Watches(state, tuning).openCase().gone(state.takenMs + Window.SIZE_MS, nowMs)
        : List.of();
  }

  /** Of a window: what proves a regression, if anything, and since when something is suspicious. */
  record Suspicion(List<Measure> proven, long sinceMs) {}
}
