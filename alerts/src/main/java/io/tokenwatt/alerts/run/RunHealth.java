package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.notify.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The state of what alerts run depends on, by name: clickhouse, each rule, each receiver, the
 * heartbeat. Without ClickHouse it cannot work; the others only degrade it. Thread-safe.
 */
final class RunHealth {
  static final String CLICKHOUSE = "clickhouse";

  /**
   * @param error the last one, also after recovery; "" = none yet
   */
  record Part(boolean up, Instant since, String error) {}

  private final ConcurrentMap<String, Part> parts = new ConcurrentHashMap<>();
  private final Supplier<Instant> now;

  RunHealth(Supplier<Instant> now) {
    this.now = now;
  }

  /**
   * @return true if this changed the state, which is then worth a log line
   */
  boolean up(String name) {
    Part before = parts.get(name);
    if (before != null && before.up) {
      return false;
    }
    parts.put(name, new Part(true, now.get(), before == null ? "" : before.error));
    return true;
  }

  /** As {@link #up}; the error must hold no secret. */
  boolean down(String name, String error) {
    Part before = parts.get(name);
    boolean change = before == null || before.up;
    parts.put(name, new Part(false, change ? now.get() : before.since, error));
    return change;
  }

  /** Forgets everything but ClickHouse: the others are another process's now. */
  void forgetWork() {
    parts.keySet().removeIf(name -> !name.equals(CLICKHOUSE));
  }

  /** ok, degraded or down. */
  String status() {
    Part store = parts.get(CLICKHOUSE);
    if (store != null && !store.up) {
      return "down";
    }
    return parts.values().stream().allMatch(Part::up) ? "ok" : "degraded";
  }

  String json() {
    Map<String, Object> components = new LinkedHashMap<>();
    new TreeMap<>(parts)
        .forEach(
            (name, part) -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("state", part.up ? "up" : "down");
              fields.put("since", part.since);
              fields.put("last_error", part.error);
              components.put(name, fields);
            });
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("status", status());
    all.put("components", components);
    return Json.of(all) + "\n";
  }
}
