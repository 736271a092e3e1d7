package io.tokenwatt.jobs.meter;

import io.tokenwatt.model.Window;

/**
 * Energy of one source over (fromMs, toMs], settled.
 *
 * @param mj &ge; 0
 * @param bridged counted in totals only: the interval is a gap, or its begin is not known
 * @param integrated from power, for want of a counter
 * @param reset the counter restarted
 * @param sourcePeriodMs how slowly the source refreshes, where slower than the scrapes; else 0
 */
public record EnergyInterval(
    long fromMs,
    long toMs,
    long mj,
    boolean bridged,
    boolean integrated,
    boolean reset,
    long sourcePeriodMs) {

  /**
   * The same, its source read every {@code tickMs} only: windows shorter than that are
   * interpolated, as with a source that refreshes so slowly.
   */
  public EnergyInterval readEvery(long tickMs) {
    return bridged || tickMs <= Window.SIZE_MS
        ? this
        : new EnergyInterval(
            fromMs, toMs, mj, bridged, integrated, reset, Math.max(sourcePeriodMs, tickMs));
  }
}
