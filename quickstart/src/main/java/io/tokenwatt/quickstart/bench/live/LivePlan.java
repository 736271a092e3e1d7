package io.tokenwatt.quickstart.bench.live;

/**
 * @param series simulated at once
 * @param minutes that the run lasts; each series steps once in it
 * @param size of the step, as a share
 * @param equalFactor the usual rule's factor with as few false alarms as the detector's; 0 = leave
 *     that rule out
 * @param seed of everything that is drawn
 */
public record LivePlan(int series, int minutes, double size, double equalFactor, long seed) {
  static final int HISTORY_HOURS = 26;

  /** Prometheus' part of it: enough for the trailing hour, set back. */
  static final long KNOWN_MS = 75 * 60_000;

  /** Steps come between these: time to settle before, time to be found after. */
  long firstStepMs(long startMs) {
    return startMs + 60_000;
  }

  long lastStepMs(long startMs) {
    return startMs + minutes * 60_000L - 180_000;
  }
}
