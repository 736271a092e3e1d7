package io.tokenwatt.quickstart.bench.suspects;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.FactOutput;
import io.tokenwatt.jobs.node.HistogramPart;
import io.tokenwatt.jobs.regression.LatencySum;
import io.tokenwatt.jobs.regression.Series;
import io.tokenwatt.jobs.regression.SeriesWindow;
import io.tokenwatt.jobs.regression.suspect.EvidenceState;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.NodeRow;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the second stage and the regression job make of facts: sums of a workload, and evidence. */
final class SeriesSums implements FactOutput {
  private final String workload;
  final EvidenceState evidence = new EvidenceState();
  private final Map<Long, Sum> windows = new TreeMap<>();
  private Series series;

  private static final class Sum {
    final long[] amounts = new long[CellMeasure.values().length];
    final TreeSet<String> deployments = new TreeSet<>();
    final Map<String, LatencySum> latencies = new TreeMap<>();
    int quality;
    long sourcePeriodMs;
    long nodes;
  }

  SeriesSums(String workload) {
    this.workload = workload;
  }

  /** Known once the first window was seen. */
  Series series() {
    return series;
  }

  /** The window as it is known now; empty of everything if nothing came. */
  SeriesWindow window(long startMs) {
    Sum sum = windows.getOrDefault(startMs, new Sum());
    windows.keySet().removeIf(start -> start < startMs - 60_000);
    return new SeriesWindow(
        startMs,
        sum.deployments,
        sum.amounts.clone(),
        Map.copyOf(sum.latencies),
        sum.quality,
        sum.sourcePeriodMs,
        sum.nodes);
  }

  @Override
  public void cell(CellPart part) {
    if (!part.cell().workload().equals(workload) || part.cell().model().isEmpty()) {
      return;
    }
    series = Series.of(part.cell());
    Sum sum = windows.computeIfAbsent(part.windowStartMs(), w -> new Sum());
    for (int i = 0; i < part.amounts().length; i++) {
      sum.amounts[i] += part.amounts()[i];
    }
    if (!part.cell().deployment().isEmpty()) {
      sum.deployments.add(part.cell().deployment());
    }
    sum.quality |= part.quality();
    sum.sourcePeriodMs = Math.max(sum.sourcePeriodMs, part.sourcePeriodMs());
    sum.nodes += part.nodes();
    for (HistogramPart histogram : part.histograms()) {
      if (histogram.vantage().equals("engine")) {
        LatencySum own = new LatencySum(Arrays.stream(histogram.counts()).sum(), histogram.sumUs());
        sum.latencies.merge(histogram.measure(), own, LatencySum::plus);
      }
    }
  }

  @Override
  public void gpu(GpuRow row) {
    if (Arrays.asList(row.workload().split(",")).contains(workload)) {
      evidence.add(row);
    }
  }

  @Override
  public void engine(EngineRow row) {
    if (row.workload().equals(workload)) {
      evidence.add(row);
    }
  }

  /** Of whatever workload: the job may hand on all of a region. */
  @Override
  public void change(ChangeEvent event) {
    evidence.add(event);
  }

  @Override
  public void node(NodeRow row) {}

  @Override
  public void intake(IntakeRow row) {}
}
