package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.efficiency.SettledCell;
import io.tokenwatt.jobs.regression.LatencySum;
import io.tokenwatt.jobs.regression.Series;
import io.tokenwatt.jobs.regression.SeriesWindow;
import io.tokenwatt.model.CellMeasure;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The cells of one series in one window, added up: what is judged, and what it costs. */
final class SeriesSum {
  final Series series;
  final SortedSet<String> clusters = new TreeSet<>();
  private final long windowStartMs;
  private final SortedSet<String> deployments = new TreeSet<>();
  private final long[] amounts = new long[CellMeasure.values().length];
  private final SortedMap<String, LatencySum> latencies = new TreeMap<>();
  private int quality;
  private long sourcePeriodMs;
  private long nodes;
  private long microusd;
  private boolean priced = true;

  private SeriesSum(Series series, long windowStartMs) {
    this.series = series;
    this.windowStartMs = windowStartMs;
  }

  /** By series id. */
  static SortedMap<Long, SeriesSum> of(Iterable<SettledCell> cells) {
    SortedMap<Long, SeriesSum> all = new TreeMap<>();
    for (SettledCell row : cells) {
      Series series = Series.of(row.cell());
      all.computeIfAbsent(series.id(), id -> new SeriesSum(series, row.windowStartMs())).add(row);
    }
    return all;
  }

  private void add(SettledCell row) {
    if (row.nodes() > 0) {
      deployments.add(row.cell().deployment());
      clusters.add(row.cell().cluster());
    }
    // A row in flight over an upgrade may hold fewer measures.
    for (int i = 0; i < Math.min(amounts.length, row.amounts().length); i++) {
      amounts[i] += row.amounts()[i];
    }
    for (Map.Entry<String, LatencySum> entry : row.latencies().entrySet()) {
      latencies.merge(entry.getKey(), entry.getValue(), LatencySum::plus);
    }
    quality |= row.quality();
    sourcePeriodMs = Math.max(sourcePeriodMs, row.sourcePeriodMs());
    nodes += row.nodes();
    if (row.amounts()[CellMeasure.GPU_MS.ordinal()] > 0) {
      priced &= row.microusd() >= 0;
      microusd += Math.max(0, row.microusd());
    }
  }

  SeriesWindow window() {
    return new SeriesWindow(
        windowStartMs, deployments, amounts, latencies, quality, sourcePeriodMs, nodes);
  }

  /** Micro-dollars per board-ms; NaN where a part of the board time has no price. */
  double microusdPerGpuMs() {
    long gpuMs = amounts[CellMeasure.GPU_MS.ordinal()];
    return priced && gpuMs > 0 ? (double) microusd / gpuMs : Double.NaN;
  }
}
