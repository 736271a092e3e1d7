package io.tokenwatt.jobs.regression.suspect;

/**
 * One possible cause.
 *
 * @param scope what it holds for: a node, "hardware in region", or "workload in region"
 * @param score in [0, 1]; strength of the evidence times how specific it is, no probability
 * @param evidence one line for people, with numbers before and after
 */
public record Suspect(SuspectKind kind, String scope, double score, String evidence) {

  /** The same for all series that this cause acts on. */
  public String cause() {
    return kind.key() + ' ' + scope;
  }

  /** As in column {@code suspects}. */
  public String line() {
    return kind.key() + ": " + evidence;
  }
}
