package io.tokenwatt.jobs.meter;

/**
 * What one counter grew by over (fromMs, toMs].
 *
 * @param amount &ge; 0
 * @param reset the counter restarted in the interval; amount is what came after
 */
public record Increment(long fromMs, long toMs, long amount, boolean reset) {
  /** Too long to be spread over windows: counted in totals, not in rates. */
  public boolean isBridged() {
    return toMs - fromMs > TimeModel.MAX_GAP_MS;
  }
}
