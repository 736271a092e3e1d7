package io.tokenwatt.jobs.node;

import java.util.Locale;

/** What became of a record. Each record has exactly one outcome (law 8). */
public enum IntakeOutcome {
  COUNTED,
  /** The same (agent_run, seq) again. */
  DUPLICATE,
  /** Older than a sample already counted; its amounts are in that one's deltas. */
  OUT_OF_ORDER,
  /** A second agent publishes under the same node id. */
  TWO_AGENTS,
  /**
   * Event time more than 15 minutes before the record time; its amounts are in the next sample's
   * deltas.
   */
  LATE,
  /** Not a NodeSample, or one that contradicts itself. */
  REJECTED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
