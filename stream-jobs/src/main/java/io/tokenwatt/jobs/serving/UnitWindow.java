package io.tokenwatt.jobs.serving;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.HistogramPart;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that the nodes of one unit said of one window. What it hands on is a function of the sum of
 * what it was told: the order and the grouping of the parts change nothing in the end. What was
 * handed on before is taken back where a later part shows it otherwise.
 *
 * <p>A row's version grows with every node-interval of the unit, for a row may change with any of
 * them: so the most complete one wins. That holds for a worker's own cell too, which may have been
 * handed on before its head was seen: it is handed on empty, or a row from before a restart would
 * count its joules twice. A Flink POJO; not thread-safe.
 */
public final class UnitWindow {
  public Map<String, EngineWindow> engines = new HashMap<>();

  /** What was handed on, by cell, and the intervals that it was handed on with. */
  public Map<Cell, CellSum> sent = new HashMap<>();

  public Map<Cell, Long> sentIntervals = new HashMap<>();

  /** Grown since they were handed on. Only the node that serves an engine's metrics has any. */
  public Map<Cell, Histograms> histograms = new HashMap<>();

  public long intervals;
  public boolean dirty;

  /** Parts that are not known yet when the window is judged; they are added after that. */
  public List<CellPart> later = new ArrayList<>();

  /** Growth by {@link HistogramPart#key()}. */
  public static final class Histograms {
    public Map<String, HistogramPart> parts = new HashMap<>();
  }

  /**
   * @param part with a member
   */
  public void add(CellPart part) {
    engines.computeIfAbsent(part.member().engine(), e -> new EngineWindow()).add(part);
    part.histograms()
        .forEach(
            h ->
                histograms
                    .computeIfAbsent(part.cell(), c -> new Histograms())
                    .parts
                    .merge(h.key(), h, HistogramPart::plus));
    intervals += part.intervals();
    dirty = true;
  }

  /** Adds what was kept for later; whether there was anything. */
  public boolean addLater() {
    later.forEach(this::add);
    boolean any = !later.isEmpty();
    later.clear();
    return any;
  }

  /** What has changed since the last call; nothing of it belongs to a unit any more. */
  public List<CellPart> changes(long windowStartMs) {
    Map<Cell, CellSum> now = now();
    engines.values().forEach(engine -> engine.cells.forEach((cell, sum) -> keep(now, cell, sum)));
    sent.keySet().forEach(cell -> now.computeIfAbsent(cell, c -> new CellSum()));
    List<CellPart> parts = new ArrayList<>();
    now.forEach((cell, sum) -> parts.add(change(windowStartMs, cell, sum)));
    histograms.clear();
    dirty = false;
    return parts;
  }

  /** What was read of a cell makes its row the more complete, whatever cell it counts for now. */
  private static void keep(Map<Cell, CellSum> now, Cell cell, CellSum read) {
    CellSum sum = now.computeIfAbsent(cell, c -> new CellSum().copy());
    sum.intervals = Math.max(sum.intervals, read.intervals);
    sum.mark(read.quality, read.sourcePeriodMs, read.method);
  }

  private Map<Cell, CellSum> now() {
    List<EngineWindow> there =
        engines.values().stream().filter(engine -> !engine.counted().isEmpty()).toList();
    Map<Cell, CellSum> all = new HashMap<>();
    there.forEach(
        engine ->
            new Heads(engine)
                .resolved()
                .forEach(
                    (cell, sum) -> all.computeIfAbsent(cell, c -> new CellSum().copy()).add(sum)));
    new Metering(there, all).decide();
    return all;
  }

  private CellPart change(long windowStartMs, Cell cell, CellSum now) {
    CellSum before = sent.getOrDefault(cell, new CellSum()).copy();
    long[] amounts = Arrays.copyOf(now.amounts, CellMeasure.values().length);
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] -= before.amounts[i];
    }
    long reached = now.intervals > 0 ? intervals : sentIntervals.getOrDefault(cell, 0L);
    Histograms grown = histograms.getOrDefault(cell, new Histograms());
    CellPart part =
        new CellPart(
            windowStartMs,
            cell,
            amounts,
            now.quality,
            now.sourcePeriodMs,
            now.method,
            now.nodes - before.nodes,
            reached - sentIntervals.getOrDefault(cell, 0L),
            List.copyOf(grown.parts.values()),
            null);
    sent.put(cell, now);
    sentIntervals.put(cell, reached);
    return part;
  }
}
