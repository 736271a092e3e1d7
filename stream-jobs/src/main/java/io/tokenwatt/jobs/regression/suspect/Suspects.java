package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.jobs.regression.Series;

/** Ranks what may be behind a regression by the evidence around its start. */
public final class Suspects {
  private Suspects() {}

  /**
   * @param startedMs start of the first bad window
   * @param nowMs only windows that end at or before it are looked at
   */
  public static Explanation rank(EvidenceState state, Series series, long startedMs, long nowMs) {
    return new Ranking(Scene.of(state, series, startedMs, nowMs)).explanation();
  }
}
