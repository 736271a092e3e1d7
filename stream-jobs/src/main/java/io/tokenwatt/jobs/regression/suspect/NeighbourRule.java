package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.jobs.regression.suspect.Scene.BoardView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Another workload on the same boards: it came, or it does more while this one does no more. */
final class NeighbourRule implements Candidate.Rule {
  @Override
  public List<Candidate> look(Scene scene) {
    List<Candidate> found = new ArrayList<>();
    List<Change> came =
        scene.changes.stream()
            .filter(c -> c.what() == Change.What.TENANTS)
            .filter(c -> names(c.to()).size() > names(c.from()).size())
            .toList();
    if (!came.isEmpty()) {
      found.add(newcomer(scene, came));
      return found;
    }
    double own = scene.engines(EngineSign.TOKEN_RATE).map(Shift::relative).orElse(0.0);
    List<BoardView> busier =
        scene.boards.stream()
            .filter(b -> names(b.trail().workload).size() > 1)
            .filter(b -> b.is(BoardSign.DRAM, s -> s.rose(0.05 + Math.max(0, own))))
            .filter(b -> !b.is(BoardSign.SM_CLOCK, s -> s.fell(0.02)))
            .toList();
    if (!busier.isEmpty()) {
      List<Shift> work = busier.stream().flatMap(b -> b.shift(BoardSign.DRAM).stream()).toList();
      String evidence =
          "%s on shared boards, own tokens %+.0f %%, %s"
              .formatted(
                  Words.share("memory activity", work), 100 * own, Words.since(Words.start(work)));
      double score = 0.7 * busier.size() / scene.boards.size();
      found.add(
          Candidate.of(
              SuspectKind.NEIGHBOUR,
              Places.workload(scene),
              score * scene.timing(Words.start(work)),
              evidence,
              busier));
    }
    return found;
  }

  private static Candidate newcomer(Scene scene, List<Change> came) {
    Set<String> gpus = new TreeSet<>();
    came.forEach(c -> gpus.add(c.place()));
    List<BoardView> boards =
        scene.boards.stream().filter(b -> gpus.contains(b.trail().name)).toList();
    Set<String> others = new TreeSet<>(names(came.get(0).to()));
    others.removeAll(names(came.get(0).from()));
    String evidence =
        "%s came to %s, shared with %s, %s"
            .formatted(
                String.join(", ", others),
                Words.on(boards.size(), scene.boards.size(), "board").substring(3),
                came.get(0).from(),
                Words.at(came.get(0).atMs()));
    double coverage = 0.6 + 0.4 * boards.size() / Math.max(1, scene.boards.size());
    return Candidate.of(
        SuspectKind.NEIGHBOUR,
        Places.workload(scene),
        0.94 * coverage * scene.follows(came.get(0).atMs()),
        evidence,
        boards);
  }

  private static Set<String> names(String workloads) {
    return new TreeSet<>(List.of(workloads.split(",")));
  }
}
