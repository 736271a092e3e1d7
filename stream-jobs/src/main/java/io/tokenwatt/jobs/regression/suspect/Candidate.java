package io.tokenwatt.jobs.regression.suspect;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A suspect before it is ranked against the others.
 *
 * @param nodes that it is seen on
 * @param gpus that it is seen on; empty where it is no matter of boards
 */
record Candidate(
    SuspectKind kind,
    String scope,
    double score,
    String evidence,
    Set<String> nodes,
    Set<String> gpus) {

  /** Of boards. */
  static Candidate of(
      SuspectKind kind,
      String scope,
      double score,
      String evidence,
      Collection<Scene.BoardView> boards) {
    Set<String> nodes = new TreeSet<>();
    Set<String> gpus = new TreeSet<>();
    for (Scene.BoardView board : boards) {
      nodes.add(board.node());
      gpus.add(board.trail().name);
    }
    return new Candidate(kind, scope, score, evidence, nodes, gpus);
  }

  /** Of engines. */
  static Candidate of(
      SuspectKind kind, String scope, double score, String evidence, Set<String> nodes) {
    return new Candidate(kind, scope, score, evidence, nodes, Set.of());
  }

  Candidate as(SuspectKind otherKind, String otherScope, double otherScore, String otherEvidence) {
    return new Candidate(otherKind, otherScope, otherScore, otherEvidence, nodes, gpus);
  }

  Candidate scored(double otherScore) {
    return new Candidate(kind, scope, otherScore, evidence, nodes, gpus);
  }

  Suspect suspect() {
    return new Suspect(kind, scope, Math.max(0, Math.min(1, score)), evidence);
  }

  /** A rule looks at the scene and names what it finds. */
  interface Rule {
    List<Candidate> look(Scene scene);
  }
}
