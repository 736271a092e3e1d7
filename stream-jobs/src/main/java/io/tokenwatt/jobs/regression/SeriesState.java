package io.tokenwatt.jobs.regression;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is remembered of one series. Public fields: a Flink POJO, which may gain fields over
 * releases. Its size is bounded: about 4 KB for each measure that is read, whatever the age.
 */
public final class SeriesState {
  public Series series;

  /** Start of the newest window taken; windows at or before it are not judged again. */
  public long takenMs = Long.MIN_VALUE;

  /** By {@link Outcome#ordinal()}: measures of windows, since the state exists. */
  public long[] outcomes = new long[Outcome.values().length];

  /** By {@link Measure#ordinal()}. */
  public List<MeasureState> measures = new ArrayList<>();

  /** Deployments, the newest last; at most {@link Deployments#MOST}. */
  public List<String> deployments = new ArrayList<>();

  /** Id of the open regression; "" = none. */
  public String openId = "";

  public long startedMs;
  public long detectedMs;
  public int headline;
  public String deployment = "";
  public int quality;
  public long toldMs;
  public double toldSize;
  public int toldDetails;

  /** End of the last window that was judged while it was open. */
  public long openJudgedMs;

  /** End of the last regression; 0 = none. */
  public long closedMs;

  /** The state of a series that was never seen. */
  public static SeriesState of(Series series) {
    SeriesState state = new SeriesState();
    state.series = series;
    for (int i = 0; i < Measure.values().length; i++) {
      state.measures.add(new MeasureState());
    }
    return state;
  }

  /** Id of the open regression; "" = none. */
  public String openId() {
    return openId;
  }

  public boolean isOpen() {
    return !openId.isEmpty();
  }

  public long count(Outcome outcome) {
    return outcome.ordinal() < outcomes.length ? outcomes[outcome.ordinal()] : 0;
  }

  void count(Outcome outcome, long windows) {
    if (outcomes.length < Outcome.values().length) {
      outcomes = java.util.Arrays.copyOf(outcomes, Outcome.values().length);
    }
    outcomes[outcome.ordinal()] += windows;
  }
}
