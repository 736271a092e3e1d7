package io.tokenwatt.jobs.serving;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.model.CellMeasure;
import java.util.Arrays;

/** What the parts of one cell add up to, histograms apart. A Flink POJO. */
public final class CellSum {
  public long[] amounts = new long[CellMeasure.values().length];
  public int quality;
  public long sourcePeriodMs;
  public String method = "";
  public long nodes;

  /** Node-intervals merged; 0 = nothing was read, at most expected. */
  public long intervals;

  void add(CellPart part) {
    // Parts and savepoints of an older release hold fewer measures.
    amounts = grown(Math.max(amounts.length, part.amounts().length));
    for (int i = 0; i < part.amounts().length; i++) {
      amounts[i] += part.amounts()[i];
    }
    mark(part.quality(), part.sourcePeriodMs(), part.method());
    nodes += part.nodes();
    intervals += part.intervals();
  }

  void add(CellSum other) {
    for (int i = 0; i < other.amounts.length; i++) {
      amounts[i] += other.amounts[i];
    }
    mark(other.quality, other.sourcePeriodMs, other.method);
    nodes += other.nodes;
    intervals += other.intervals;
  }

  /** The same, to be changed by itself, with every measure of this release. */
  CellSum copy() {
    CellSum copy = new CellSum();
    copy.amounts = grown(CellMeasure.values().length);
    copy.mark(quality, sourcePeriodMs, method);
    copy.nodes = nodes;
    copy.intervals = intervals;
    return copy;
  }

  /** Nothing: time that was expected of the cell and then of another. */
  boolean isEmpty() {
    return Arrays.stream(amounts).allMatch(amount -> amount == 0);
  }

  long get(CellMeasure measure) {
    return measure.ordinal() < amounts.length ? amounts[measure.ordinal()] : 0;
  }

  void set(CellMeasure measure, long amount) {
    amounts[measure.ordinal()] = amount;
  }

  void plus(CellMeasure measure, long amount) {
    amounts[measure.ordinal()] += amount;
  }

  void mark(int bits, long periodMs, String how) {
    quality |= bits;
    sourcePeriodMs = Math.max(sourcePeriodMs, periodMs);
    method = CellPart.joinedMethods(method, how);
  }

  private long[] grown(int length) {
    return Arrays.copyOf(amounts, length);
  }
}
