package io.tokenwatt.jobs.regression;

/**
 * Work that piles up in an engine beyond all that was seen, at tokens per second that were seen.
 * What is expected of so many requests at once is a guess; but at equal demand only a slower engine
 * runs more at once. So such windows are evidence as others are, less all that the guess may be
 * wrong by, if tokens take longer than at this rate before, too. Near its limits an engine is
 * slower at any rate for prompts that are a little longer: the rate alone proves nothing.
 */
final class PileUp {
  /** Standard errors that a guess may be wrong by. */
  private static final double DOUBT = 5;

  private final Watch running;

  /**
   * @param running watches the time between tokens by the requests that run
   */
  PileUp(Watch running) {
    this.running = running;
  }

  /**
   * Takes a window.
   *
   * @param guess for the requests that run; null = such numbers were seen
   * @param rate judged for the tokens per second; null = the rate was never seen either
   */
  void add(Watch.Reading guess, Watch.Reading rate) {
    if (guess == null || rate == null || Double.isNaN(guess.expected())) {
      return;
    }
    double slack = DOUBT * guess.error();
    boolean slower = rate.residual() > DOUBT * rate.error();
    running.evidence.guess(
        guess.observation(), slower ? guess.residual() - slack : 0, running.noise);
  }
}
