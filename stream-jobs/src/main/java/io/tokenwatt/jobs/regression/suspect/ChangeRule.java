package io.tokenwatt.jobs.regression.suspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What was changed shortly before the start: versions, deployments, restarts, told events. */
final class ChangeRule implements Candidate.Rule {
  @Override
  public List<Candidate> look(Scene scene) {
    List<Candidate> found = new ArrayList<>();
    add(scene, found, Change.What.DRIVER, SuspectKind.DRIVER_VERSION, 0.92, "driver");
    add(scene, found, Change.What.ENGINE_VERSION, SuspectKind.ENGINE_VERSION, 0.94, "engine");
    add(scene, found, Change.What.DEPLOYMENT, SuspectKind.DEPLOYMENT, 0.85, "deployment");
    add(scene, found, Change.What.POWER_LIMIT, SuspectKind.POWER_CAP, 0.7, "power limit");
    add(scene, found, Change.What.RESTART, SuspectKind.DEPLOYMENT, 0.6, "restart");
    add(scene, found, Change.What.MAINTENANCE, SuspectKind.DEPLOYMENT, 0.45, "maintenance");
    return found;
  }

  private static void add(
      Scene scene,
      List<Candidate> found,
      Change.What what,
      SuspectKind kind,
      double score,
      String name) {
    List<Change> changes = scene.changes.stream().filter(c -> c.what() == what).toList();
    if (changes.isEmpty()) {
      return;
    }
    Set<String> all = scene.nodes();
    Set<String> nodes = new TreeSet<>();
    changes.forEach(c -> nodes.addAll(c.node().isEmpty() ? all : Set.of(c.node())));
    Change first = changes.get(0);
    String words = "";
    for (Change change : changes) {
      first = change.atMs() < first.atMs() ? change : first;
      // An event names the options, a row but the key.
      words = change.words().length() > words.length() ? change.words() : words;
    }
    boolean boards = what == Change.What.DRIVER || what == Change.What.POWER_LIMIT;
    String scope = boards ? Places.hardware(scene) : Places.workload(scene);
    double coverage =
        all.isEmpty() ? 1 : 0.5 + 0.5 * Math.min(1, (double) nodes.size() / all.size());
    String evidence =
        "%s %s %s %s"
            .formatted(
                name,
                words,
                Words.on(nodes.size(), Math.max(all.size(), nodes.size()), "node"),
                Words.at(first.atMs()));
    found.add(
        Candidate.of(kind, scope, score * coverage * scene.follows(first.atMs()), evidence, nodes));
  }
}
