package io.tokenwatt.jobs.changes;

import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.ChangeEvent.Kind;
import io.tokenwatt.model.fact.ChangeEvent.Origin;
import io.tokenwatt.model.proto.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sees what owners run change: deployment, engine, its options, its process. What runs counts once
 * two samples in a row show it, and holds from the first of them. Replicas of one owner are looked
 * at together: what one of them runs already is no news when another one runs it.
 */
final class Units {
  /** Owners that a node shows within this of its first sample were there before. */
  private static final long FIRST_SEEN_MS = 120_000;

  /** A process start may be written from a clock that wobbles. */
  private static final long START_TOLERANCE_MS = 2_000;

  /** An engine in a crash loop is told of once in this time, with the count. */
  private static final long RESTART_PAUSE_MS = 60_000;

  private final NodeChanges state;
  private final NodeSighting seen;
  private final Consumer<ChangeEvent> out;

  Units(NodeChanges state, NodeSighting seen, Consumer<ChangeEvent> out) {
    this.state = state;
    this.seen = seen;
    this.out = out;
  }

  void compare() {
    Map<String, List<NodeSighting.Unit>> owners = new HashMap<>();
    for (NodeSighting.Unit unit : seen.units()) {
      owners.computeIfAbsent(unit.key(), k -> new ArrayList<>(1)).add(unit);
    }
    // In the order of the sample, not of a hash map: the same events in the same order.
    for (NodeSighting.Unit unit : seen.units()) {
      List<NodeSighting.Unit> replicas = owners.remove(unit.key());
      if (replicas != null) {
        compare(unit.key(), replicas);
      }
    }
  }

  private void compare(String key, List<NodeSighting.Unit> replicas) {
    NodeChanges.Unit unit = state.units.get(key);
    if (unit == null) {
      if (state.units.size() >= NodeChanges.MAX_UNITS) {
        return;
      }
      unit = new NodeChanges.Unit();
      unit.firstMs = seen.atMs();
      state.units.put(key, unit);
    }
    if (!isWhole(unit, replicas)) {
      unit.seenMs = seen.atMs();
      return;
    }
    starts(unit, replicas);
    List<Long> now = fingerprints(replicas);
    if (isRunning(unit, now)) {
      unit.candidate = new ArrayList<>();
      restart(unit, replicas.get(0));
    } else if (!now.equals(unit.candidate)) {
      unit.candidate = now;
      unit.candidateMs = seen.atMs();
    } else {
      change(unit, replicas);
    }
    unit.seenMs = seen.atMs();
    unit.wholeMs = seen.atMs();
  }

  /** Engines that do not answer, or not with all, make another deployment of the same engines. */
  private static boolean isWhole(NodeChanges.Unit unit, List<NodeSighting.Unit> replicas) {
    boolean engines = true;
    boolean info = false;
    for (NodeSighting.Unit replica : replicas) {
      engines &= !replica.engines().isEmpty();
      for (Engine engine : replica.engines()) {
        info |= engine.getInfoCount() > 0;
      }
    }
    if (unit.hadEngines && !engines || unit.hadInfo && !info) {
      return false;
    }
    unit.hadEngines |= engines;
    unit.hadInfo |= info;
    return true;
  }

  private static List<Long> fingerprints(List<NodeSighting.Unit> replicas) {
    List<Long> all = new ArrayList<>(replicas.size());
    for (NodeSighting.Unit replica : replicas) {
      long fingerprint = EngineInfo.fingerprint(replica.deployment(), replica.engines());
      if (!all.contains(fingerprint)) {
        all.add(fingerprint);
      }
    }
    all.sort(null);
    return all;
  }

  private static boolean isRunning(NodeChanges.Unit unit, List<Long> now) {
    return unit.running.size() == now.size()
        && unit.running.stream().allMatch(r -> now.contains(r.fingerprint()));
  }

  private void change(NodeChanges.Unit unit, List<NodeSighting.Unit> replicas) {
    List<NodeChanges.Running> running = new ArrayList<>();
    boolean told = false;
    for (NodeSighting.Unit replica : replicas) {
      long fingerprint = EngineInfo.fingerprint(replica.deployment(), replica.engines());
      if (running.stream().noneMatch(r -> r.fingerprint() == fingerprint)) {
        NodeChanges.Running now =
            new NodeChanges.Running(
                fingerprint, replica.deployment(), EngineInfo.of(replica.engines(), driver()));
        running.add(now);
        if (unit.running.stream().noneMatch(r -> r.fingerprint() == fingerprint)) {
          out.accept(event(unit, replica, now));
          told = true;
        }
      }
    }
    unit.running = running;
    unit.candidate = new ArrayList<>();
    if (told) { // a new deployment's processes are new: that is no news of its own
      unit.restartMs = 0;
      unit.restartsUntold = 0;
    }
  }

  private String driver() {
    return seen.driver().isEmpty() ? state.driver.confirmed : seen.driver();
  }

  private ChangeEvent event(
      NodeChanges.Unit unit, NodeSighting.Unit replica, NodeChanges.Running now) {
    Detected detected = new Detected(seen);
    String deployment = now.deployment();
    boolean before = unit.running.isEmpty();
    boolean firstSeen = before && unit.firstMs - state.sinceMs <= FIRST_SEEN_MS;
    Difference difference = before ? Difference.none(now) : Difference.of(unit.running, now);
    boolean deployed = before || !difference.from().equals(deployment);
    return detected.event(
        deployed ? Kind.DEPLOYMENT : Kind.CONFIG,
        firstSeen ? Origin.FIRST_SEEN : Origin.DETECTED,
        unit.candidateMs,
        detected.scope(replica.hardware(), replica.model(), replica.workload(), deployment),
        EngineInfo.setup(now.info(), seen.powerLimitMw(replica.workload(), deployment)),
        difference.title(replica.workload(), firstSeen),
        replica.role() + "\u001e" + now.fingerprint(),
        difference.attributes());
  }

  /** Notes a process that started after its owner was last seen. */
  private void starts(NodeChanges.Unit unit, List<NodeSighting.Unit> replicas) {
    long newest = 0;
    for (NodeSighting.Unit replica : replicas) {
      for (Engine engine : replica.engines()) {
        newest = Math.max(newest, engine.getStartedAtMs());
      }
    }
    boolean known = unit.startedMs > 0;
    if (newest > unit.startedMs + START_TOLERANCE_MS) {
      unit.startedMs = newest;
      if (known && newest > unit.wholeMs - START_TOLERANCE_MS) {
        unit.restartsUntold++;
        unit.restartMs = unit.restartMs == 0 ? seen.atMs() : unit.restartMs;
      }
    }
  }

  private void restart(NodeChanges.Unit unit, NodeSighting.Unit replica) {
    if (unit.restartMs == 0
        || unit.restartToldMs > 0 && seen.atMs() < unit.restartToldMs + RESTART_PAUSE_MS) {
      return;
    }
    Detected detected = new Detected(seen);
    NodeChanges.Running now = unit.running.get(0);
    String times = unit.restartsUntold == 1 ? "" : ", " + unit.restartsUntold + " times";
    out.accept(
        detected.event(
            Kind.RESTART,
            Origin.DETECTED,
            unit.restartMs,
            detected.scope(
                replica.hardware(), replica.model(), replica.workload(), now.deployment()),
            EngineInfo.setup(now.info(), seen.powerLimitMw(replica.workload(), now.deployment())),
            replica.workload() + ": an engine process started" + times,
            replica.role() + "\u001e" + unit.startedMs,
            Map.of(
                "restarts", Integer.toString(unit.restartsUntold),
                "started_at_ms", Long.toString(unit.startedMs))));
    unit.restartToldMs = seen.atMs();
    unit.restartMs = 0;
    unit.restartsUntold = 0;
  }
}
