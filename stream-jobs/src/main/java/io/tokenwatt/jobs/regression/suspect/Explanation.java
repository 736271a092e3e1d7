package io.tokenwatt.jobs.regression.suspect;

import java.util.List;

/**
 * What may be behind a regression.
 *
 * @param suspects best first, never empty; {@link SuspectKind#UNKNOWN} first where nothing is
 *     strong enough, weaker ones may follow
 * @param nodes affected by the first suspect, sorted; all of the workload's where it is unknown
 * @param gpus boards affected by the first suspect, sorted
 */
public record Explanation(List<Suspect> suspects, List<String> nodes, List<String> gpus) {
  public Explanation {
    suspects = List.copyOf(suspects);
    nodes = List.copyOf(nodes);
    gpus = List.copyOf(gpus);
  }

  /**
   * A stable key, kind and scope: findings of several series under one cause are one finding.
   * Begins with "unknown " where evidence is weak; then it names the workload and its region.
   */
  public String cause() {
    return suspects.get(0).cause();
  }
}
