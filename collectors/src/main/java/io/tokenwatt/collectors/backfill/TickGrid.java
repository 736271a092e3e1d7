package io.tokenwatt.collectors.backfill;

import java.util.Arrays;
import java.util.Collection;

/**
 * Cuts a node's time into ticks: as long as its slowest target's scrape interval, so that each tick
 * holds a page of every target, with the cuts where no target is scraped. Found from the pages of
 * one hour alone, so it is the same whenever that hour is read. Pure.
 *
 * @param periodMs length of a tick
 * @param phaseMs of the cuts, in [0, periodMs)
 */
record TickGrid(long periodMs, long phaseMs) {
  private static final long SHORTEST_MS = 1_000;

  /** As an agent's longest tick: readings further apart are bridged anyhow. */
  private static final long LONGEST_MS = 300_000;

  /** Scrapes wobble by some milliseconds; an interval of 15.02 s is 15 s. */
  private static final long WOBBLE_MS = 50;

  /**
   * @param pages times of each target's pages, ascending
   */
  static TickGrid of(Collection<long[]> pages) {
    long period = SHORTEST_MS;
    for (long[] times : pages) {
      period = Math.max(period, median(times));
    }
    period = Math.min(LONGEST_MS, (period + 1000 - WOBBLE_MS) / 1000 * 1000);
    return new TickGrid(period, widestGap(pages, period));
  }

  private static long median(long[] times) {
    if (times.length < 3) {
      return 0;
    }
    long[] steps = new long[times.length - 1];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = times[i + 1] - times[i];
    }
    Arrays.sort(steps);
    return steps[steps.length / 2];
  }

  /** The middle of the longest part of the period in which no page was taken. */
  private static long widestGap(Collection<long[]> pages, long period) {
    long[] phases =
        pages.stream()
            .flatMapToLong(Arrays::stream)
            .map(ms -> Math.floorMod(ms, period))
            .distinct()
            .sorted()
            .toArray();
    long widest = -1;
    long middle = 0;
    for (int i = 0; i < phases.length; i++) {
      long next = i + 1 < phases.length ? phases[i + 1] : phases[0] + period;
      if (next - phases[i] > widest) {
        widest = next - phases[i];
        middle = (phases[i] + next) / 2 % period;
      }
    }
    return middle;
  }

  /** The first cut at or after. */
  long cutFrom(long ms) {
    return ms + Math.floorMod(phaseMs - ms, periodMs);
  }
}
