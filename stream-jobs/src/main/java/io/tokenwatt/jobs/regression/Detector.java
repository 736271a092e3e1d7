package io.tokenwatt.jobs.regression;

import java.util.List;

/**
 * Judges the windows of series, each once and in order. The same windows in the same order give the
 * same verdicts, also if the state was stored and restored in between. Immutable; the state is the
 * caller's, one per series, and not thread-safe.
 */
public final class Detector {
  private final Tuning tuning;

  public Detector(Tuning tuning) {
    this.tuning = tuning;
  }

  /** A window of the series that will not change any more, or whose changes are not judged. */
  public List<Verdict> judge(SeriesState state, SeriesWindow window) {
    throw new UnsupportedOperationException("lands within the hour; " + tuning);
  }

  /**
   * A person takes the level of an open regression as the new reference.
   *
   * @return empty if no regression of this id is open
   */
  public List<Verdict> accept(SeriesState state, String regressionId, long atMs) {
    throw new UnsupportedOperationException("lands within the hour");
  }

  /**
   * Time went on to {@code nowMs} (record time) without a window: closes what is gone. To be called
   * in the order of time, between windows.
   */
  public List<Verdict> quiet(SeriesState state, long nowMs) {
    throw new UnsupportedOperationException("lands within the hour");
  }
}
