package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.jobs.regression.Series;
import io.tokenwatt.model.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The evidence around one start, put side by side: what boards and engines of the series showed
 * before and since, and what was changed.
 */
final class Scene {
  /** Windows before the start that are compared with. */
  private static final int BEFORE = 36;

  /** How long before the start a change may lie: an engine takes minutes to start. */
  private static final long CHANGES_BEFORE_MS = 300_000;

  private static final long CHANGES_AFTER_MS = 30_000;

  /** A board before and since. */
  record BoardView(Trail trail, List<Trail.Stretch> before, List<Trail.Stretch> after) {
    Optional<Shift> shift(BoardSign sign) {
      return sign == BoardSign.SM_CLOCK
          ? Shift.of(Busy.of(before), Busy.since(before, after), sign.least, sign::of)
          : Shift.of(before, after, sign.least, sign::of);
    }

    boolean is(BoardSign sign, Predicate<Shift> what) {
      return shift(sign).filter(what).isPresent();
    }

    String node() {
      return trail.node;
    }
  }

  /** Engines of one node, or all, added up. */
  record EngineView(List<Trail.Stretch> before, List<Trail.Stretch> after) {
    Optional<Shift> shift(EngineSign sign) {
      return Shift.of(before, after, sign.least, sign::of);
    }
  }

  final Series series;
  final long startedMs;
  final List<BoardView> boards;
  final EngineView engines;

  /** By node. */
  final Map<String, EngineView> byNode;

  final List<Change> changes;

  private Scene(
      Series series,
      long startedMs,
      List<BoardView> boards,
      EngineView engines,
      Map<String, EngineView> byNode,
      List<Change> changes) {
    this.series = series;
    this.startedMs = startedMs;
    this.boards = boards;
    this.engines = engines;
    this.byNode = byNode;
    this.changes = changes;
  }

  static Scene of(EvidenceState state, Series series, long startedMs, long nowMs) {
    List<BoardView> boards =
        state.boards.values().stream()
            .filter(trail -> trail.hardware.equals(series.hardware()))
            .sorted(Comparator.comparing((Trail t) -> t.node).thenComparing(t -> t.name))
            .map(
                trail ->
                    new BoardView(
                        trail, trail.before(startedMs, BEFORE), trail.after(startedMs, nowMs)))
            .filter(view -> !view.after.isEmpty())
            .toList();
    Set<String> nodes = boards.stream().map(BoardView::node).collect(Collectors.toSet());
    Map<String, List<Trail>> engines =
        state.engines.values().stream()
            // A head without boards of its own is no reason to look away.
            .filter(trail -> nodes.isEmpty() || nodes.contains(trail.node))
            .collect(Collectors.groupingBy(t -> t.node, TreeMap::new, Collectors.toList()));
    Map<String, EngineView> byNode = new TreeMap<>();
    engines.forEach((node, trails) -> byNode.put(node, view(trails, startedMs, nowMs)));
    List<Trail> all = engines.values().stream().flatMap(List::stream).toList();
    List<Change> changes =
        state.changes.stream()
            .filter(c -> c.concerns(series))
            .filter(c -> c.node().isEmpty() || nodes.contains(c.node()))
            .filter(c -> c.atMs() >= startedMs - CHANGES_BEFORE_MS)
            .filter(c -> c.atMs() <= Math.min(nowMs, startedMs + CHANGES_AFTER_MS))
            .toList();
    return new Scene(series, startedMs, boards, view(all, startedMs, nowMs), byNode, changes);
  }

  /** All nodes on which boards of the series were seen. */
  Set<String> nodes() {
    return boards.stream().map(BoardView::node).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Boards as one: what each of them shows too noisily. */
  static BoardView pooled(List<BoardView> boards) {
    return new BoardView(
        boards.get(0).trail,
        added(boards.stream().map(BoardView::before).toList()),
        added(boards.stream().map(BoardView::after).toList()));
  }

  Optional<Shift> engines(EngineSign sign) {
    return engines.shift(sign);
  }

  /**
   * Output tokens a second of a node's engines since the start over those before; of all engines
   * where it has none of its own, 1 where nothing is known. Requests are few and find their nodes
   * by chance: one has half as many more than before while the others have fewer.
   */
  double work(String node) {
    return byNode
        .getOrDefault(node, engines)
        .shift(EngineSign.TOKEN_RATE)
        .filter(tokens -> tokens.before() > 0)
        .map(tokens -> tokens.after() / tokens.before())
        .orElse(1.0);
  }

  /** 1 where both begin together, less the further they lie apart. */
  double timing(long sinceMs) {
    long apart = Math.max(0, Math.abs(sinceMs - startedMs) - 2 * Window.SIZE_MS);
    return Math.exp(-apart / 90_000.0);
  }

  /** Of a change: it acts at once or, where something has to start, within two minutes. */
  double follows(long changedMs) {
    long early = Math.max(0, startedMs - 120_000 - changedMs);
    return Math.exp(-early / 90_000.0);
  }

  private static EngineView view(Collection<Trail> trails, long startedMs, long nowMs) {
    return new EngineView(
        added(trails.stream().map(t -> t.before(startedMs, BEFORE)).toList()),
        added(trails.stream().map(t -> t.after(startedMs, nowMs)).toList()));
  }

  /** The same stretches of several boards or engines as one. */
  private static List<Trail.Stretch> added(List<List<Trail.Stretch>> engines) {
    Map<List<Long>, float[]> sums =
        new TreeMap<>(
            Comparator.comparing((List<Long> key) -> key.get(0)).thenComparing(key -> key.get(1)));
    for (List<Trail.Stretch> engine : engines) {
      for (Trail.Stretch stretch : engine) {
        float[] sum =
            sums.computeIfAbsent(
                List.of(stretch.startMs(), stretch.endMs()), k -> new float[stretch.sums().length]);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += stretch.sums()[i];
        }
      }
    }
    List<Trail.Stretch> added = new ArrayList<>();
    sums.forEach((key, sum) -> added.add(new Trail.Stretch(key.get(0), key.get(1), sum)));
    return added;
  }
}
