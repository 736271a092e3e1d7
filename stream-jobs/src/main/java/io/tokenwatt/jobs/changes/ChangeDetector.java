package io.tokenwatt.jobs.changes;

import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.ChangeEvent.Kind;
import io.tokenwatt.model.fact.ChangeEvent.Origin;
import io.tokenwatt.model.fact.ChangeEvent.Setup;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares a node's samples and says what changed: driver, deployments and engines, power limits,
 * the agent itself. Feed it the counted samples in the order of the log; its events depend on
 * nothing else, and neither a failed scrape nor a restart of the agent makes one. Not thread-safe.
 */
public final class ChangeDetector {
  /** After this an agent has read what it can read, and a target that failed so far is left out. */
  private static final long SETTLE_MS = 60_000;

  private static final long FORGET_MS = 24 * 3_600_000L;

  private final NodeChanges state;

  /**
   * @param state of the node; changed in place
   */
  public ChangeDetector(NodeChanges state) {
    this.state = state;
  }

  /** Takes the next counted sample. */
  public void compare(NodeSighting seen, Consumer<ChangeEvent> out) {
    if (state.sinceMs == 0) {
      state.sinceMs = seen.atMs();
    }
    agent(seen, out);
    driver(seen, out);
    if (isSettled(seen)) {
      new Units(state, seen, out).compare();
    }
    new PowerLimits(state.limits).compare(seen, out);
    forget(seen.atMs() - FORGET_MS);
  }

  private void agent(NodeSighting seen, Consumer<ChangeEvent> out) {
    if (seen.agentRun() != state.agentRun) {
      state.agentRun = seen.agentRun();
      state.runSinceMs = seen.atMs();
      state.settled = false;
      state.driverReadInRun = false;
    }
    String before = state.agentVersion;
    String now = seen.agentVersion();
    if (now.isEmpty() || now.equals(before)) {
      return;
    }
    state.agentVersion = now;
    if (!before.isEmpty()) {
      out.accept(nodeEvent(seen, Kind.CONFIG, seen.atMs(), "agent", before, now));
    }
  }

  private void driver(NodeSighting seen, Consumer<ChangeEvent> out) {
    String now = seen.driver();
    if (now.isEmpty()) {
      return;
    }
    state.driverReadInRun = true;
    NodeChanges.Pending driver = state.driver;
    if (driver.confirmed.isEmpty() || now.equals(driver.confirmed)) {
      driver.confirmed = now;
      driver.candidate = "";
    } else if (now.equals(driver.candidate)) {
      out.accept(nodeEvent(seen, Kind.DRIVER, driver.candidateMs, "driver", driver.confirmed, now));
      driver.confirmed = now;
      driver.candidate = "";
    } else {
      driver.candidate = now;
      driver.candidateMs = seen.atMs();
    }
  }

  private static ChangeEvent nodeEvent(
      NodeSighting seen, Kind kind, long sinceMs, String what, String from, String to) {
    Detected detected = new Detected(seen);
    return detected.event(
        kind,
        Origin.DETECTED,
        sinceMs,
        detected.scope(seen.onlyHardware(), "", "", ""),
        new Setup("", "", seen.driver(), null, null, null, null, "", null, ""),
        what + " " + from + " to " + to,
        what + "\u001e" + to,
        Map.of("changed", what, "from", from, "to", to));
  }

  /**
   * A deployment's key is made of what the agent has read since its start: until it has read all,
   * keys may be others than before.
   */
  private boolean isSettled(NodeSighting seen) {
    if (!state.settled) {
      boolean driverKnown = state.driverReadInRun || state.driver.confirmed.isEmpty();
      state.settled = !seen.partial() || driverKnown && seen.atMs() >= state.runSinceMs + SETTLE_MS;
    }
    return state.settled;
  }

  private void forget(long beforeMs) {
    state.units.values().removeIf(unit -> unit.seenMs < beforeMs);
    state.limits.values().removeIf(limit -> limit.seenMs < beforeMs);
  }
}
