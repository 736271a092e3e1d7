package io.tokenwatt.jobs.regression.suspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One node against its peers: the time that requests spend in the batch per token rose here and not
 * there, and by more than its own load explains. What acts on one node or one board alone is said
 * of it, whatever the mechanism.
 */
final class PeerRule implements Candidate.Rule {
  /** A batch that does so much more is slower by half as much at most, short of its limits. */
  private static final double BY_LOAD = 0.5;

  private static final double LEAST = 0.05;
  private static final double LEAST_ERRORS = 4;

  @Override
  public List<Candidate> look(Scene scene) {
    Map<String, Shift> slowness = new TreeMap<>();
    scene.byNode.forEach(
        (node, engines) ->
            engines.shift(EngineSign.MS_PER_TOKEN).ifPresent(s -> slowness.put(node, s)));
    if (slowness.size() < 2) {
      return List.of();
    }
    List<Map.Entry<String, Shift>> sorted = new ArrayList<>(slowness.entrySet());
    sorted.sort(Comparator.comparingDouble(e -> -e.getValue().relative()));
    Map.Entry<String, Shift> worst = sorted.get(0);
    List<Shift> peers = sorted.stream().skip(1).map(Map.Entry::getValue).toList();
    double others = Words.middle(peers, Shift::relative);
    double highest = peers.get(0).relative();
    Shift own = worst.getValue();
    double load = BY_LOAD * Math.max(0, scene.work(worst.getKey()) - 1);
    double unexplained = own.relative() - load;
    double errors = own.z() * unexplained / own.relative();
    boolean apart = highest < own.relative() / 2;
    if (!apart || unexplained <= LEAST || errors < LEAST_ERRORS) {
      return List.of();
    }
    String evidence =
        "%s on %s, %s; %s %+.0f %%"
            .formatted(
                Words.change("time per token in the batch", List.of(own), "ms"),
                worst.getKey(),
                Words.since(own.sinceMs()),
                peers.size() == 1 ? "its peer" : "its " + peers.size() + " peers",
                100 * others);
    double score = Math.min(0.78, 0.5 + 0.04 * (errors - 3)) * scene.timing(own.sinceMs());
    return List.of(
        Candidate.of(
            SuspectKind.BAD_NODE,
            Places.node(scene, worst.getKey()),
            score,
            evidence,
            Set.of(worst.getKey())));
  }

  /** What of the found acts on one place only; empty where it acts on many, or there is but one. */
  static Optional<Candidate> onePlace(Scene scene, Candidate found) {
    if (found.gpus().isEmpty() || found.nodes().size() != 1) {
      return Optional.empty();
    }
    String node = found.nodes().iterator().next();
    long boardsThere = scene.boards.stream().filter(b -> b.node().equals(node)).count();
    boolean oneBoard = found.gpus().size() == 1 && boardsThere > 1;
    if (!oneBoard && scene.nodes().size() < 2) {
      return Optional.empty();
    }
    SuspectKind kind = oneBoard ? SuspectKind.BAD_BOARD : SuspectKind.BAD_NODE;
    String what = oneBoard ? found.gpus().iterator().next() + " of " + node : node;
    // Few boards are no weakness here: that is what the suspicion is.
    double score = Math.max(0.8, Math.min(0.99, 1.6 * found.score()));
    return Optional.of(
        found.as(
            kind,
            Places.node(scene, node),
            found.score() < 0.3 ? found.score() : score,
            what + " alone: " + found.kind().key() + ", " + found.evidence()));
  }
}
