package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.jobs.regression.suspect.Scene.BoardView;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Memory and bus errors that boards report. XIDs by NVIDIA's list ("XID Errors", docs.nvidia.com):
 * 13, 31, 43 and 45 are usually an application's own fault and count for little.
 */
final class ErrorRule implements Candidate.Rule {
  private static final Set<String> OF_APPLICATIONS = Set.of("13", "31", "43", "45");

  @Override
  public List<Candidate> look(Scene scene) {
    Set<String> gpus = new TreeSet<>();
    Set<String> codes = new TreeSet<>();
    scene.changes.stream()
        .filter(c -> c.what() == Change.What.XID)
        .forEach(
            c -> {
              gpus.add(c.place());
              codes.add(c.to());
            });
    scene.boards.stream()
        .filter(b -> b.is(BoardSign.ECC, s -> s.after() > 0 && s.before() == 0))
        .forEach(b -> gpus.add(b.trail().name));
    List<BoardView> boards =
        scene.boards.stream().filter(b -> gpus.contains(b.trail().name)).toList();
    if (boards.isEmpty()) {
      return List.of();
    }
    boolean applications = !codes.isEmpty() && OF_APPLICATIONS.containsAll(codes);
    String evidence =
        (codes.isEmpty() ? "uncorrected ECC errors " : "XID " + String.join(", ", codes) + ' ')
            + Words.on(boards.size(), scene.boards.size(), "board")
            + ": "
            + String.join(", ", gpus.stream().limit(3).toList());
    String scope = Places.node(scene, boards.get(0).node());
    return List.of(
        Candidate.of(
            SuspectKind.MEMORY_ERRORS, scope, applications ? 0.3 : 0.96, evidence, boards));
  }
}
