package io.tokenwatt.jobs.regression;

/**
 * All that is remembered of one series. Public fields: a Flink POJO, which may gain fields over
 * releases.
 */
public final class SeriesState {
  public Series series;

  /** Start of the newest window judged; windows at or before it are not judged again. */
  public long judgedMs = Long.MIN_VALUE;

  /** By {@link Outcome#ordinal()}: measures of windows, since the state exists. */
  public long[] outcomes = new long[Outcome.values().length];

  /** The state of a series that was never seen. */
  public static SeriesState of(Series series) {
    SeriesState state = new SeriesState();
    state.series = series;
    return state;
  }

  public long count(Outcome outcome) {
    return outcome.ordinal() < outcomes.length ? outcomes[outcome.ordinal()] : 0;
  }
}
