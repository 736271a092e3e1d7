package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.CellMeasure;

/**
 * Keeps the account of time that should have been observed. A holder (board or series) last seen at
 * s is expected over (s, s + 15 min]. That is written ahead, in the cells of the last sample, by
 * timers and by each sample of the node; the sample that sees the holder again sets the cells
 * right, from the last sight on, or from itself on after a gap that nothing is spread over: who
 * held what in between is not known. So the sum is the same whenever the timers ran.
 */
final class Expectation {
  /** Receives expected (or, negative, taken back) time. */
  @FunctionalInterface
  interface Account {
    void expect(long windowStartMs, Allocation allocation, long fromMs, long toMs, int sign);
  }

  private Expectation() {}

  /**
   * A sample at {@code atMs} saw the holder; it is expected up to {@code untilMs} &ge; atMs
   * already, if it was known.
   *
   * @param before what was written under since the holder was last seen; null = never seen
   * @param seenMs when the holder was last seen, for 15 min from when it is expected already; at
   *     most atMs - 15 min = never
   * @param cells takes what moves to other cells
   * @param whole takes what was not expected before: cells and the holder's own row
   */
  static void seen(
      Allocation before,
      long seenMs,
      Allocation now,
      long atMs,
      long untilMs,
      Account cells,
      Account whole) {
    long from = Math.max(atMs, seenMs + TimeModel.LATENESS_MS);
    if (before != null) {
      long paidTo = Math.min(untilMs, seenMs + TimeModel.LATENESS_MS);
      if (!before.holdsTimeAs(now)) {
        long known = atMs - seenMs > TimeModel.MAX_GAP_MS ? atMs : seenMs;
        over(known, paidTo, before, -1, cells);
        over(known, paidTo, now, 1, cells);
      }
    }
    over(from, Math.min(untilMs, atMs + TimeModel.LATENESS_MS), now, 1, whole);
  }

  /** Time has come to {@code toMs}; it had come to {@code fromMs} before. */
  static void ahead(Allocation last, long seenMs, long fromMs, long toMs, Account account) {
    long to = Math.min(toMs, seenMs + TimeModel.LATENESS_MS);
    over(Math.max(fromMs, seenMs), to, last, 1, account);
  }

  private static void over(
      long fromMs, long toMs, Allocation allocation, int sign, Account account) {
    if (toMs > fromMs) {
      new Interval(fromMs, toMs)
          .perWindow((w, from, to) -> account.expect(w, allocation, from, to, sign));
    }
  }

  /** An account over the cells of a node's windows. */
  static Account cells(WindowBook book, CellMeasure measure) {
    return (window, allocation, from, to, sign) -> {
      long[] parts = allocation.splitTime(from, to);
      for (int i = 0; i < parts.length; i++) {
        book.expect(window, allocation.shares().get(i).cell(), measure, sign * parts[i]);
      }
    };
  }
}
