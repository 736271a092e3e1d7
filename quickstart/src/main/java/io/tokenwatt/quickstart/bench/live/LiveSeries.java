package io.tokenwatt.quickstart.bench.live;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Verdict;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.quickstart.bench.trial.Watch;
import io.tokenwatt.quickstart.bench.workload.SeriesPlan;
import io.tokenwatt.quickstart.bench.workload.SimulatedSeries;
import io.tokenwatt.quickstart.bench.workload.WindowTally;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * One series, second by second: the counters that exporters show and the windows that the job would
 * judge. Not thread-safe.
 */
final class LiveSeries {
  static final long TICK_MS = 1_000;

  private final String name;
  private final SimulatedSeries simulated;
  private final Watch watch;
  private final Queue<WindowTally> due = new ArrayDeque<>();
  private WindowTally open = new WindowTally();
  private long stepMs = Long.MAX_VALUE;
  private long millijoules;
  private long tokens;

  LiveSeries(
      String name, SeriesPlan plan, Detector detector, long startMs, SplittableRandom random) {
    this.name = name;
    this.simulated = new SimulatedSeries(plan, startMs, TICK_MS, random);
    this.watch = new Watch(detector, plan);
    open.open(startMs);
  }

  String name() {
    return name;
  }

  long nowMs() {
    return simulated.nowMs();
  }

  SimulatedSeries simulated() {
    return simulated;
  }

  long stepMs() {
    return stepMs;
  }

  void stepAt(long atMs) {
    stepMs = atMs;
  }

  long millijoules() {
    return millijoules;
  }

  long tokens() {
    return tokens;
  }

  /** One second. */
  void tick() {
    long joulesBefore = open.amount(CellMeasure.GPU_MJ);
    long tokensBefore = open.amount(CellMeasure.OUTPUT_TOKENS);
    simulated.advance(open);
    millijoules += open.amount(CellMeasure.GPU_MJ) - joulesBefore;
    tokens += open.amount(CellMeasure.OUTPUT_TOKENS) - tokensBefore;
    if (simulated.nowMs() % Watch.WINDOW_MS == 0) {
      due.add(open);
      open = new WindowTally();
      open.open(simulated.nowMs());
    }
  }

  /** Judges the windows whose end is 5 s or longer ago. */
  void judge(long nowMs, java.util.function.Consumer<Verdict> said) {
    while (!due.isEmpty()
        && due.element().windowStartMs + Watch.WINDOW_MS + Watch.JUDGING_MS <= nowMs) {
      List<Verdict> verdicts = watch.judge(due.remove());
      verdicts.forEach(said);
    }
  }
}
