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
    List<BoardView> shared =
        scene.boards.stream()
            .filter(b -> names(b.trail().workload).size() > 1)
            .filter(b -> !b.is(BoardSign.SM_CLOCK, s -> s.fell(0.02)))
            .toList();
    if (!shared.isEmpty() && works(Scene.pooled(shared), Math.max(0, own))) {
      found.add(growing(scene, shared, own));
    }
    return found;
  }

  /** The boards work more than its own engine's tokens explain. */
  private static boolean works(BoardView board, double own) {
    return board.is(BoardSign.DRAM, s -> s.rose(0.05 + own))
        || board.is(BoardSign.POWER, s -> s.rose(0.04 + own))
        || board.is(BoardSign.TENSOR, s -> s.rose(0.15 + 2 * own));
  }

  private static Candidate growing(Scene scene, List<BoardView> busier, double own) {
    List<String> parts = new ArrayList<>();
    add(parts, "memory activity", busier, BoardSign.DRAM, 100, "%");
    add(parts, "tensor activity", busier, BoardSign.TENSOR, 100, "%");
    add(parts, "power", busier, BoardSign.POWER, 1, "W");
    List<Shift> work = shifts(busier, BoardSign.TENSOR);
    long since = Words.start(work.isEmpty() ? shifts(busier, BoardSign.POWER) : work);
    String evidence =
        "%s %s shared with others, own tokens %+.0f %%, %s"
            .formatted(
                String.join(", ", parts),
                Words.on(busier.size(), scene.boards.size(), "board"),
                100 * own,
                Words.since(since));
    double score = 0.75 * busier.size() / scene.boards.size();
    return Candidate.of(
        SuspectKind.NEIGHBOUR,
        Places.workload(scene),
        score * scene.timing(since),
        evidence,
        busier);
  }

  private static void add(
      List<String> parts,
      String name,
      List<BoardView> boards,
      BoardSign sign,
      int scale,
      String unit) {
    List<Shift> shifts = shifts(boards, sign);
    if (!shifts.isEmpty()) {
      parts.add(
          "%s %s → %s %s"
              .formatted(
                  name,
                  Words.number(scale * Words.middle(shifts, Shift::before)),
                  Words.number(scale * Words.middle(shifts, Shift::after)),
                  unit));
    }
  }

  private static List<Shift> shifts(List<BoardView> boards, BoardSign sign) {
    return boards.stream().flatMap(b -> b.shift(sign).stream()).toList();
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
