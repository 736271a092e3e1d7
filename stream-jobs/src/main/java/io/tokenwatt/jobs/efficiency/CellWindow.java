package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.HistogramPart;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.LatencyRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * All parts of one cell and window, added up: a commutative sum, so that no order matters. A Flink
 * POJO.
 */
public final class CellWindow {
  public Cell cell;
  public long[] amounts = new long[CellMeasure.values().length];
  public int quality;
  public long sourcePeriodMs;
  public String method = "";
  public long nodes;
  public long intervals;
  public Map<String, HistogramPart> histograms = new HashMap<>();
  public boolean dirty;

  /** What was known of the window when it is judged; null once that was told. */
  public Settling settling;

  void add(CellPart part) {
    cell = part.cell();
    // An older savepoint may hold fewer measures than this release has.
    if (amounts.length < part.amounts().length) {
      amounts = java.util.Arrays.copyOf(amounts, part.amounts().length);
    }
    for (int i = 0; i < part.amounts().length; i++) {
      amounts[i] += part.amounts()[i];
    }
    quality |= part.quality();
    sourcePeriodMs = Math.max(sourcePeriodMs, part.sourcePeriodMs());
    method = CellPart.joinedMethods(method, part.method());
    nodes += part.nodes();
    intervals += part.intervals();
    part.histograms().forEach(h -> histograms.merge(h.key(), h, HistogramPart::plus));
    dirty = true;
  }

  /** Flags that may be taken back while parts of other nodes are still to come. */
  static int flags(int quality, long[] amounts) {
    int flags = quality;
    if (amount(amounts, CellMeasure.MEMBERS_MISSING_MS) > 0) {
      flags |= Quality.MISSING_MEMBERS.bit();
    }
    if (amount(amounts, CellMeasure.MEMBERS_UNPAIRED_MS) > 0) {
      flags |= Quality.UNPAIRED.bit();
    }
    return flags;
  }

  private static long amount(long[] amounts, CellMeasure measure) {
    return measure.ordinal() < amounts.length ? amounts[measure.ordinal()] : 0;
  }

  /** The judged row, once. */
  SettledCell settled(long windowStartMs, PriceBook prices) {
    SettledCell row = settling.row(windowStartMs, cell, prices);
    settling = null;
    return row;
  }

  CellRow row(long windowStartMs, PriceBook prices, long versionBase) {
    OptionalLong cost = prices.microusd(cell, amounts[CellMeasure.GPU_MS.ordinal()], windowStartMs);
    return new CellRow(
        windowStartMs,
        cell,
        amounts.clone(),
        flags(quality, amounts),
        sourcePeriodMs,
        nodes,
        method,
        cost.orElse(-1),
        cost.isPresent() ? prices.version() : 0,
        versionBase + intervals);
  }

  List<LatencyRow> latencies(long windowStartMs, long versionBase) {
    return histograms.values().stream()
        .map(
            h ->
                new LatencyRow(
                    windowStartMs,
                    cell,
                    h.vantage(),
                    h.measure(),
                    h.boundsId(),
                    h.boundsNs(),
                    h.counts(),
                    h.sumUs(),
                    versionBase + intervals))
        .toList();
  }
}
