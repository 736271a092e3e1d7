package io.tokenwatt.jobs.regression.suspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the engines' own counters show: other requests, a smaller batch, a full KV cache. Slower
 * boards fill batch and cache too: {@link Ranking} sets these back where something else explains
 * them.
 */
final class LoadRule implements Candidate.Rule {
  private static final double FULL = 0.9;

  @Override
  public List<Candidate> look(Scene scene) {
    List<Candidate> found = new ArrayList<>();
    mix(scene).ifPresent(found::add);
    cache(scene).ifPresent(found::add);
    batch(scene).ifPresent(found::add);
    return found;
  }

  private static Optional<Candidate> mix(Scene scene) {
    List<String> parts = new ArrayList<>();
    double strength = 0;
    Optional<Shift> prompt =
        scene.engines(EngineSign.PROMPT_PER_REQUEST).filter(s -> s.rose(0.08) && isAsked(scene, s));
    if (prompt.isPresent()) {
      parts.add(Words.change("prompt tokens per request", List.of(prompt.get()), ""));
      strength = Math.max(strength, prompt.get().relative() / 0.3);
    }
    Optional<Shift> output =
        scene
            .engines(EngineSign.OUTPUT_PER_REQUEST)
            .filter(s -> Math.abs(s.z()) >= 3 && s.stretchesAfter() >= 3);
    if (output.isPresent() && Math.abs(output.get().relative()) >= 0.1) {
      parts.add(Words.change("output tokens per request", List.of(output.get()), ""));
      strength = Math.max(strength, Math.abs(output.get().relative()) / 0.4);
    }
    Optional<Shift> cached =
        scene.engines(EngineSign.CACHED_SHARE).filter(s -> s.change() <= -0.04 && s.z() <= -3);
    if (cached.isPresent()) {
      parts.add(Words.share("prompt tokens from the cache", List.of(cached.get())));
      strength = Math.max(strength, -cached.get().change() / 0.15);
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    List<Shift> shifts =
        List.of(prompt, output, cached).stream().flatMap(Optional::stream).toList();
    long since = Words.start(shifts);
    double score = (0.45 + 0.4 * Math.min(1, strength)) * scene.timing(since);
    String evidence = String.join(", ", parts) + ' ' + Words.since(since);
    return Optional.of(
        Candidate.of(
            SuspectKind.PROMPT_MIX, Places.workload(scene), score, evidence, scene.nodes()));
  }

  /**
   * More tokens came, not fewer requests ended: where engines slow down, requests end later and
   * those that ended are too few for the tokens for a while.
   */
  private static boolean isAsked(Scene scene, Shift perRequest) {
    return scene
        .engines(EngineSign.PROMPT_RATE)
        .filter(s -> s.relative() >= perRequest.relative() / 2)
        .isPresent();
  }

  private static Optional<Candidate> cache(Scene scene) {
    Optional<Shift> used = scene.engines(EngineSign.KV_USED);
    Optional<Shift> preempted = scene.engines(EngineSign.PREEMPTED).filter(s -> s.roseBy(1));
    boolean full = used.filter(s -> s.after() >= FULL && s.roseBy(0.1)).isPresent();
    if (used.isEmpty() || !full && preempted.isEmpty()) {
      return Optional.empty();
    }
    String evidence =
        Words.share("KV cache use", List.of(used.get()))
            + preempted
                .map(s -> ", " + Words.change("preemptions", List.of(s), "a minute"))
                .orElse("")
            + ' '
            + Words.since(used.get().sinceMs());
    double score = (preempted.isPresent() ? 0.88 : 0.7) * scene.timing(used.get().sinceMs());
    return Optional.of(
        Candidate.of(
            SuspectKind.KV_SATURATION, Places.workload(scene), score, evidence, scene.nodes()));
  }

  private static Optional<Candidate> batch(Scene scene) {
    Optional<Shift> running = scene.engines(EngineSign.RUNNING);
    Optional<Shift> waiting = scene.engines(EngineSign.WAITING).filter(s -> s.roseBy(0.5));
    boolean room =
        scene.engines(EngineSign.KV_USED).filter(s -> s.after() >= FULL).isEmpty()
            && scene.engines(EngineSign.PREEMPTED).filter(s -> s.roseBy(1)).isEmpty();
    if (running.isEmpty() || waiting.isEmpty() || !room || running.get().relative() > 0.03) {
      return Optional.empty();
    }
    boolean smaller = running.get().relative() < -0.1;
    // A queue grows for minutes; the batch is smaller at once.
    long since = smaller ? running.get().sinceMs() : waiting.get().sinceMs();
    String evidence =
        Words.change("running requests per engine", List.of(running.get()), "")
            + ", "
            + Words.change("waiting", List.of(waiting.get()), "")
            + ' '
            + Words.since(since);
    double score = (smaller ? 0.9 : 0.75) * scene.timing(since);
    return Optional.of(
        Candidate.of(SuspectKind.BATCH, Places.workload(scene), score, evidence, scene.nodes()));
  }
}
