package io.tokenwatt.jobs.regression.suspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Puts what the rules found in order; consequences stand behind their causes. */
final class Ranking {
  /** Below it nothing is called a cause. */
  static final double STRONG = 0.4;

  private static final double WORTH_TELLING = 0.15;
  private static final int MOST_SUSPECTS = 5;

  private static final List<Candidate.Rule> RULES =
      List.of(
          new ClockRule(),
          new ChangeRule(),
          new LoadRule(),
          new LinkRule(),
          new NeighbourRule(),
          new ErrorRule(),
          new PeerRule());

  /** What anything that slows engines down brings with it. */
  private static final Set<SuspectKind> CONSEQUENCES =
      EnumSet.of(SuspectKind.BATCH, SuspectKind.KV_SATURATION);

  /** What slows the boards themselves. */
  private static final Set<SuspectKind> OF_BOARDS =
      EnumSet.of(
          SuspectKind.POWER_CAP, SuspectKind.CLOCK, SuspectKind.THERMAL, SuspectKind.HW_SLOWDOWN);

  private final Scene scene;

  Ranking(Scene scene) {
    this.scene = scene;
  }

  Explanation explanation() {
    List<Candidate> found = new ArrayList<>();
    for (Candidate.Rule rule : RULES) {
      for (Candidate candidate : rule.look(scene)) {
        found.add(candidate);
        PeerRule.onePlace(scene, candidate).ifPresent(found::add);
      }
    }
    List<Candidate> ranked =
        found.stream()
            .map(c -> setBack(c, found))
            .filter(c -> c.score() >= WORTH_TELLING)
            .sorted(
                Comparator.comparingDouble((Candidate c) -> -c.score())
                    .thenComparing(Candidate::kind))
            .limit(MOST_SUSPECTS)
            .toList();
    List<Suspect> suspects = new ArrayList<>();
    if (ranked.isEmpty() || ranked.get(0).score() < STRONG) {
      suspects.add(unknown());
      ranked.forEach(c -> suspects.add(c.suspect()));
      return new Explanation(suspects, List.copyOf(scene.nodes()), List.of());
    }
    ranked.forEach(c -> suspects.add(c.suspect()));
    Candidate first = ranked.get(0);
    return new Explanation(suspects, List.copyOf(first.nodes()), List.copyOf(first.gpus()));
  }

  /**
   * A full cache or queue is no cause of its own where something else began at the same time; nor
   * is the node that shows it most, where boards of several nodes became slower: the fullest engine
   * saturates first.
   */
  private static Candidate setBack(Candidate candidate, List<Candidate> found) {
    if (isOneOfMany(candidate, found)) {
      return candidate.scored(candidate.score() * 0.6);
    }
    if (!CONSEQUENCES.contains(candidate.kind())) {
      return candidate;
    }
    double explained =
        found.stream()
            .filter(c -> !CONSEQUENCES.contains(c.kind()))
            .filter(c -> c.kind() != SuspectKind.BAD_NODE || !c.gpus().isEmpty())
            .mapToDouble(Candidate::score)
            .max()
            .orElse(0);
    return explained >= 0.7 ? candidate.scored(candidate.score() * 0.6) : candidate;
  }

  private static boolean isOneOfMany(Candidate candidate, List<Candidate> found) {
    return candidate.kind() == SuspectKind.BAD_NODE
        && candidate.gpus().isEmpty()
        && found.stream().anyMatch(c -> OF_BOARDS.contains(c.kind()) && c.nodes().size() > 1);
  }

  private Suspect unknown() {
    String what =
        scene.boards.isEmpty()
            ? "no board of the series was seen since the start"
            : "no sign changed enough on %d boards of %d nodes"
                .formatted(scene.boards.size(), scene.nodes().size());
    String scope =
        String.join(
            " ",
            scene.series.workload(),
            "on",
            scene.series.hardware(),
            "in",
            scene.series.region());
    return new Suspect(SuspectKind.UNKNOWN, scope, 0, what);
  }
}
