package io.tokenwatt.jobs.node;

import io.tokenwatt.model.Cell;
import java.util.List;

/**
 * What one node adds to one cell in one window. Parts of a cell and window add up in any order.
 *
 * @param amounts by {@link io.tokenwatt.model.CellMeasure#ordinal()}; may be negative where an
 *     earlier part is taken back
 * @param quality to be OR-ed
 * @param sourcePeriodMs to be maximised
 * @param method to be kept if equal, "mixed" otherwise; "" = nothing said
 * @param nodes 1 in the node's first part for this cell and window, else 0
 * @param intervals node-intervals merged: the growth of the row's version
 * @param member what the node knows of an engine that no node sees whole; null = the engine is this
 *     node's alone
 * @param knownMs record time, Unix ms: the node's log up to here tells this part, whoever reads it
 */
public record CellPart(
    long windowStartMs,
    Cell cell,
    long[] amounts,
    int quality,
    long sourcePeriodMs,
    String method,
    long nodes,
    long intervals,
    List<HistogramPart> histograms,
    MemberPart member,
    long knownMs) {

  /** A part of engines that this node sees whole. */
  public CellPart(
      long windowStartMs,
      Cell cell,
      long[] amounts,
      int quality,
      long sourcePeriodMs,
      String method,
      long nodes,
      long intervals,
      List<HistogramPart> histograms) {
    this(
        windowStartMs,
        cell,
        amounts,
        quality,
        sourcePeriodMs,
        method,
        nodes,
        intervals,
        histograms,
        null);
  }

  /** A part whose time is told by {@link #knownAt}. */
  public CellPart(
      long windowStartMs,
      Cell cell,
      long[] amounts,
      int quality,
      long sourcePeriodMs,
      String method,
      long nodes,
      long intervals,
      List<HistogramPart> histograms,
      MemberPart member) {
    this(
        windowStartMs,
        cell,
        amounts,
        quality,
        sourcePeriodMs,
        method,
        nodes,
        intervals,
        histograms,
        member,
        0);
  }

  /** The same part, known at another record time. */
  public CellPart knownAt(long recordMs) {
    return new CellPart(
        windowStartMs,
        cell,
        amounts,
        quality,
        sourcePeriodMs,
        method,
        nodes,
        intervals,
        histograms,
        member,
        recordMs);
  }

  /** "" gives way; two different methods are "mixed". */
  public static String joinedMethods(String a, String b) {
    if (a.isEmpty() || a.equals(b)) {
      return b;
    }
    return b.isEmpty() ? a : "mixed";
  }
}
