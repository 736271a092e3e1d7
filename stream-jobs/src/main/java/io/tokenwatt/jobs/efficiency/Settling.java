package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.HistogramPart;
import io.tokenwatt.jobs.regression.LatencySum;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parts of one cell and window that were known by record time when the window is judged, added
 * up. Partitions that are read ahead bring later parts early; those are left out here, so that
 * every reader of the same log knows the same. A Flink POJO.
 */
public final class Settling {
  private static final String ENGINE = "engine";

  public long[] amounts = new long[CellMeasure.values().length];
  public int quality;
  public long sourcePeriodMs;
  public long nodes;
  public Map<String, LatencySum> latencies = new HashMap<>();

  void add(CellPart part) {
    if (amounts.length < part.amounts().length) {
      amounts = Arrays.copyOf(amounts, part.amounts().length);
    }
    for (int i = 0; i < part.amounts().length; i++) {
      amounts[i] += part.amounts()[i];
    }
    quality |= part.quality();
    sourcePeriodMs = Math.max(sourcePeriodMs, part.sourcePeriodMs());
    nodes += part.nodes();
    for (HistogramPart histogram : part.histograms()) {
      if (histogram.vantage().equals(ENGINE)) {
        LatencySum sum = new LatencySum(Arrays.stream(histogram.counts()).sum(), histogram.sumUs());
        latencies.merge(histogram.measure(), sum, LatencySum::plus);
      }
    }
  }

  SettledCell row(long windowStartMs, Cell cell, PriceBook prices) {
    long gpuMs = amounts[CellMeasure.GPU_MS.ordinal()];
    return new SettledCell(
        windowStartMs,
        cell,
        amounts,
        new TreeMap<>(latencies),
        CellWindow.flags(quality, amounts),
        sourcePeriodMs,
        nodes,
        prices.microusd(cell, gpuMs, windowStartMs).orElse(-1));
  }
}
