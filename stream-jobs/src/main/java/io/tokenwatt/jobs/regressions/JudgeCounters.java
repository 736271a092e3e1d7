package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.regression.Outcome;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The job's metrics: what became of windows, and what came too late. */
final class JudgeCounters {
  private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
  private final Counter late;
  private final Counter dropped;
  private final Counter rebaselined;

  JudgeCounters(MetricGroup group) {
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, group.counter("judged_measures_" + outcome.label()));
    }
    late = group.counter("rows_after_verdict");
    dropped = group.counter("changes_dropped");
    rebaselined = group.counter("references_moved");
  }

  void late() {
    late.inc();
  }

  void changesDropped(long count) {
    dropped.inc(count);
  }

  void judged(Judge judge) {
    for (Outcome outcome : Outcome.values()) {
      outcomes.get(outcome).inc(judge.outcomes()[outcome.ordinal()]);
    }
    rebaselined.inc(judge.rebaselined());
  }
}
