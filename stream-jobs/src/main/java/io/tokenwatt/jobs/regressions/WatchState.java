package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.regression.suspect.EvidenceState;
import java.util.HashMap;
import java.util.Map;

/** What is remembered of one (region, workload) beside its series. A Flink POJO. */
public final class WatchState {
  public EvidenceState evidence = new EvidenceState();

  /** Events up to here were taken, record time. */
  public long changesToMs = Long.MIN_VALUE;

  /** The timer that is armed for when nothing comes; 0 = none. */
  public long wakeMs;

  /** When the last row came, record time. */
  public long seenMs;

  /** Nodes that hold boards or engines, and when they were last seen. */
  public Map<String, Long> nodes = new HashMap<>();

  public JudgedHour judged = new JudgedHour();
}
