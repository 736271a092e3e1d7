package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Outcome;
import io.tokenwatt.jobs.regression.Regression;
import io.tokenwatt.jobs.regression.SeriesState;
import io.tokenwatt.jobs.regression.Verdict;
import io.tokenwatt.jobs.regression.suspect.EvidenceState;
import io.tokenwatt.jobs.regression.suspect.Explanation;
import io.tokenwatt.jobs.regression.suspect.Suspects;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.RegressionRow;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Judges the windows of one (region, workload) in their order: changes first, then evidence, then
 * each series once. The same windows and changes give the same rows. Knows nothing of Flink; the
 * state is the caller's.
 */
final class Judge {
  private final Detector detector;
  private final Rows rows;
  private final WatchState watch;
  private final SortedMap<Long, WatchedSeries> series;
  private final Consumer<RegressionRow> out;
  private final long nowMs;
  private final long[] outcomes = new long[Outcome.values().length];
  private int rebaselined;

  /**
   * @param series by id; changed in place
   * @param nowMs record time up to which everything is known
   */
  Judge(
      Detector detector,
      Rows rows,
      WatchState watch,
      Map<Long, WatchedSeries> series,
      long nowMs,
      Consumer<RegressionRow> out) {
    this.detector = detector;
    this.rows = rows;
    this.watch = watch;
    this.series = new TreeMap<>(series);
    this.nowMs = nowMs;
    this.out = out;
  }

  /** The series as they are now, new ones included. */
  SortedMap<Long, WatchedSeries> series() {
    return series;
  }

  /** What became of the measures of the window, by {@link Outcome#ordinal()}. */
  long[] outcomes() {
    return outcomes;
  }

  /** How many references were moved. */
  int rebaselined() {
    return rebaselined;
  }

  /** Changes since the last call; those of nodes without a board or engine of ours are not ours. */
  void take(Iterable<KnownChange> changes) {
    for (KnownChange change : changes) {
      ChangeEvent event = change.event();
      if (event.kind() == ChangeEvent.Kind.ACCEPT) {
        accept(event);
      } else if (event.scope().node().isEmpty() || watch.nodes.containsKey(event.scope().node())) {
        watch.evidence.add(event);
      }
    }
  }

  private void accept(ChangeEvent event) {
    for (WatchedSeries watched : series.values()) {
      tell(
          detector.accept(watched.state, event.regression(), nowMs),
          watched,
          event.why().isEmpty() ? event.title() : event.why());
    }
  }

  /** Judges a window whose rows are all there; null = time went on without one. */
  void judge(PendingWindow window) {
    SortedMap<Long, SeriesSum> sums = new TreeMap<>();
    if (window != null) {
      learn(window);
      sums = SeriesSum.of(window.cells);
    }
    for (Map.Entry<Long, SeriesSum> entry : sums.entrySet()) {
      SeriesSum sum = entry.getValue();
      WatchedSeries watched =
          series.computeIfAbsent(entry.getKey(), id -> WatchedSeries.of(sum.series));
      watched.saw(sum, nowMs);
      long[] before = watched.state.outcomes.clone();
      tell(detector.judge(watched.state, sum.window()), watched, "");
      for (int i = 0; i < outcomes.length; i++) {
        outcomes[i] += watched.state.outcomes[i] - (i < before.length ? before[i] : 0);
      }
    }
    for (Map.Entry<Long, WatchedSeries> entry : series.entrySet()) {
      if (!sums.containsKey(entry.getKey())) {
        tell(detector.quiet(entry.getValue().state, nowMs), entry.getValue(), "");
      }
    }
    watch.evidence.trim(nowMs);
  }

  private void learn(PendingWindow window) {
    EvidenceState evidence = watch.evidence;
    for (GpuRow row : window.sortedGpus()) {
      watch.nodes.put(row.place().node(), nowMs);
      evidence.add(row);
    }
    for (EngineRow row : window.sortedEngines()) {
      watch.nodes.put(row.place().node(), nowMs);
      evidence.add(row);
    }
    watch.seenMs = nowMs;
  }

  private void tell(List<Verdict> verdicts, WatchedSeries watched, String note) {
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Verdict.Opened opened) {
        row(opened.regression(), watched, Rows.End.NONE, opened.atMs());
      } else if (verdict instanceof Verdict.Updated updated) {
        row(updated.regression(), watched, Rows.End.NONE, updated.atMs());
      } else if (verdict instanceof Verdict.Closed closed) {
        row(
            closed.regression(),
            watched,
            new Rows.End(closed.atMs(), closed.reason().label(), note),
            closed.atMs());
        watched.written.remove(closed.regression().id());
        watched.causes.remove(closed.regression().id());
      } else if (verdict instanceof Verdict.Rebaselined) {
        rebaselined++;
      }
    }
  }

  private void row(Regression regression, WatchedSeries watched, Rows.End end, long atMs) {
    long version = watched.written.merge(regression.id(), 1L, Long::sum);
    SeriesState state = watched.state;
    Explanation why = Suspects.rank(watch.evidence, state.series, regression.startedMs(), nowMs);
    // Suspects may change places as evidence comes; were their key to, people would be told twice.
    String cause = watched.causes.computeIfAbsent(regression.id(), id -> why.cause());
    out.accept(rows.row(regression, cause, why, watched, end, atMs, version));
  }
}
