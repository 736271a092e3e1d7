package io.tokenwatt.quickstart.bench.workload;

import io.tokenwatt.model.CellMeasure;

/**
 * The amounts of one 10 s window of one series while its ticks come in, in the units of {@link
 * CellMeasure}. Not thread-safe.
 */
public final class WindowTally {
  private static final CellMeasure[] MEASURES = CellMeasure.values();

  public long windowStartMs;
  public long[] amounts = new long[MEASURES.length];
  public String deployment = "";
  public int nodes;
  public long itlCount;
  public long itlUs;
  public long requestCount;
  public long firstTokenUs;
  public long endToEndUs;

  /** Forgets everything: the amounts handed out before are not touched again. */
  public void open(long startMs) {
    windowStartMs = startMs;
    amounts = new long[MEASURES.length];
    nodes = 0;
    itlCount = 0;
    itlUs = 0;
    requestCount = 0;
    firstTokenUs = 0;
    endToEndUs = 0;
  }

  public long amount(CellMeasure measure) {
    return amounts[measure.ordinal()];
  }

  void add(CellMeasure measure, double amount) {
    amounts[measure.ordinal()] += Math.round(amount);
  }

  /**
   * Leaves a share of the window unseen, as lost scrapes beyond repair would.
   *
   * @param share observed, in [0, 1]
   */
  public void cover(double share) {
    for (CellMeasure measure : MEASURES) {
      if (measure != CellMeasure.EXPECTED_MS && measure != CellMeasure.TOKENS_EXPECTED_MS) {
        amounts[measure.ordinal()] = Math.round(amounts[measure.ordinal()] * share);
      }
    }
    itlCount = Math.round(itlCount * share);
    itlUs = Math.round(itlUs * share);
    requestCount = Math.round(requestCount * share);
    firstTokenUs = Math.round(firstTokenUs * share);
    endToEndUs = Math.round(endToEndUs * share);
  }
}
