package io.tokenwatt.jobs.regression;

/**
 * Work that piles up in an engine beyond all that was seen, at tokens per second that were seen.
 * The measures themselves cannot be judged there: what is expected of so many requests at once is a
 * guess. But at equal demand only a slower engine runs more at once; so it is a regression when
 * tokens take longer than at this rate before, and longer than even so many requests explain, for a
 * minute.
 */
final class PileUp {
  private static final int PROVEN_WINDOWS = 6;

  /** Smaller ones show in the measures themselves before requests pile up. */
  private static final double LEAST = Math.log(1.15);

  private static final double SIGMAS = 4;
  private static final double ERRORS = 2;

  private final SeriesState state;
  private final Watch atRate;

  PileUp(SeriesState state, Watch atRate) {
    this.state = state;
    this.atRate = atRate;
  }

  /**
   * Takes a window.
   *
   * @param rate judged for the rate; null = the rate was never seen either
   * @param running guessed for the requests that run; null = such numbers were seen
   */
  void see(Watch.Reading rate, Watch.Reading running) {
    if (rate == null || running == null || !slower(rate) || !slower(running)) {
      state.pileUpWindows = 0;
      return;
    }
    if (state.pileUpWindows++ == 0) {
      state.pileUpSinceMs = rate.observation().startMs();
    }
  }

  boolean proven() {
    return state.pileUpWindows >= PROVEN_WINDOWS;
  }

  private boolean slower(Watch.Reading r) {
    double scatter = SIGMAS * atRate.noise.sd(r.observation().load());
    return r.residual() > Math.max(Math.max(LEAST, scatter), ERRORS * r.error());
  }
}
