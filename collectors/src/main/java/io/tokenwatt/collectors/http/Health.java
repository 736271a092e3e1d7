package io.tokenwatt.collectors.http;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The state of everything a process depends on, by name. Thread-safe.
 *
 * <p>A component that the process cannot work without is essential: while one is down, the process
 * is down. Others only degrade it.
 */
public final class Health {
  /** What is known of a component. */
  public enum State {
    UNKNOWN,
    UP,
    DOWN
  }

  /**
   * @param lastError the last one seen, also after recovery; "" = none yet
   * @param since when the state began
   */
  public record Component(State state, String lastError, Instant since, boolean essential) {}

  private final ConcurrentMap<String, Component> components = new ConcurrentHashMap<>();
  private final Supplier<Instant> now;

  public Health(Supplier<Instant> now) {
    this.now = now;
  }

  /** Names a component before anything is known of it. */
  public void declare(String name, boolean essential) {
    components.putIfAbsent(name, new Component(State.UNKNOWN, "", now.get(), essential));
  }

  /**
   * @return true if this changed the state, which is then worth a log line
   */
  public boolean up(String name) {
    return set(name, State.UP, null);
  }

  /** Like {@link #up}; the error is kept. */
  public boolean down(String name, String error) {
    return set(name, State.DOWN, error);
  }

  public void forget(String name) {
    components.remove(name);
  }

  /** By name, sorted. */
  public Map<String, Component> components() {
    return new TreeMap<>(components);
  }

  /** ok, degraded (something is down) or down (something essential is). */
  public String status() {
    boolean degraded = false;
    for (Component component : components.values()) {
      if (component.state == State.DOWN && component.essential) {
        return "down";
      }
      degraded |= component.state == State.DOWN;
    }
    return degraded ? "degraded" : "ok";
  }

  private boolean set(String name, State state, String error) {
    Component before = components.get(name);
    if (before != null && before.state == state && error == null) {
      return false;
    }
    Component after = components.merge(name, fresh(state, error), this::follow);
    return before == null || before.state != after.state;
  }

  private Component fresh(State state, String error) {
    return new Component(state, error == null ? "" : error, now.get(), false);
  }

  private Component follow(Component before, Component after) {
    boolean same = before.state == after.state;
    String error = after.lastError.isEmpty() ? before.lastError : after.lastError;
    return new Component(after.state, error, same ? before.since : after.since, before.essential);
  }
}
