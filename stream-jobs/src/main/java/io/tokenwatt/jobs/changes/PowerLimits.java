package io.tokenwatt.jobs.changes;

import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.ChangeEvent.Kind;
import io.tokenwatt.model.fact.ChangeEvent.Origin;
import io.tokenwatt.model.fact.ChangeEvent.Setup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sees boards' power limits change. A limit counts once two readings in a row show it; it has to
 * differ by more than 1 W and 1 %, for some drivers report the limit with a jitter. A change holds
 * from the first of the two readings. Boards of one deployment that change together are one event.
 */
final class PowerLimits {
  private static final long JITTER_MW = 1_000;

  private final Map<String, NodeChanges.Limit> limits;

  PowerLimits(Map<String, NodeChanges.Limit> limits) {
    this.limits = limits;
  }

  /** What boards that change alike have in common; watts are whole. */
  private record Change(
      String hardware, String workload, String deployment, long fromW, long toW, long sinceMs) {}

  void compare(NodeSighting seen, Consumer<ChangeEvent> out) {
    Map<Change, List<String>> changes = null;
    for (NodeSighting.Board board : seen.boards()) {
      if (board.powerLimitMw() <= 0) {
        continue;
      }
      Change change = observe(board, seen.atMs());
      if (change != null) {
        changes = changes == null ? new LinkedHashMap<>() : changes;
        changes.computeIfAbsent(change, c -> new ArrayList<>()).add(board.gpu());
      }
    }
    if (changes != null) {
      changes.forEach((change, gpus) -> out.accept(event(seen, change, gpus)));
    }
  }

  private Change observe(NodeSighting.Board board, long atMs) {
    long now = board.powerLimitMw();
    NodeChanges.Limit limit = limits.computeIfAbsent(board.gpu(), g -> new NodeChanges.Limit());
    limit.seenMs = atMs;
    if (limit.confirmedMw == 0) {
      limit.confirmedMw = now;
    }
    if (alike(now, limit.confirmedMw)) {
      limit.candidateMw = 0;
      return null;
    }
    if (limit.candidateMw == 0 || !alike(now, limit.candidateMw)) {
      limit.candidateMw = now;
      limit.candidateMs = atMs;
      return null;
    }
    Change change =
        new Change(
            board.hardware(),
            board.workload(),
            board.deployment(),
            watts(limit.confirmedMw),
            watts(limit.candidateMw),
            limit.candidateMs);
    limit.confirmedMw = limit.candidateMw;
    limit.candidateMw = 0;
    return change;
  }

  private static boolean alike(long aMw, long bMw) {
    return Math.abs(aMw - bMw) <= Math.max(JITTER_MW, Math.max(aMw, bMw) / 100);
  }

  private static long watts(long mw) {
    return Math.round(mw / 1000.0);
  }

  private static ChangeEvent event(NodeSighting seen, Change change, List<String> gpus) {
    Detected detected = new Detected(seen);
    String boards = gpus.size() == 1 ? "1 board" : gpus.size() + " boards";
    return detected.event(
        Kind.POWER_LIMIT,
        Origin.DETECTED,
        change.sinceMs,
        detected.scope(change.hardware, "", change.workload, change.deployment),
        new Setup("", "", seen.driver(), null, null, null, null, "", change.toW * 1000, ""),
        "power limit %d W to %d W on %s".formatted(change.fromW, change.toW, boards),
        change.toW + "\u001e" + String.join(",", gpus),
        Map.of(
            "from",
            change.fromW + " W",
            "to",
            change.toW + " W",
            "boards",
            Integer.toString(gpus.size()),
            "gpus",
            String.join(",", gpus)));
  }
}
