package io.tokenwatt.storage.schema;

import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.ScriptStatus.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a database to the tables and views of this version.
 *
 * <p>Safe to run again and by several processes at once: there is no lock, because every statement
 * may be repeated. That is also why Flyway is not used: its ClickHouse support (10.24) takes no
 * lock either, so it would promise more than it keeps, and it knows nothing to repeat. A script
 * that fails is not recorded and is run again, whole, by the next application.
 */
public final class Schema {
  private final Store store;
  private final History history;
  private final List<Script> scripts;

  public Schema(Store store) {
    this(store, Retention.DEFAULT);
  }

  public Schema(Store store, Retention retention) {
    this.store = store;
    this.history = new History(store);
    Map<String, String> values = new HashMap<>(retention.values());
    values.putAll(FactColumns.values());
    values.putAll(Formulas.values());
    values.put("database", store.config().database());
    this.scripts = Script.all(values);
  }

  /** Opens the store, applies what is pending, closes it. */
  public static void apply(StoreConfig config) {
    try (Store store = new Store(config)) {
      new Schema(store).apply();
    }
  }

  /** What is applied and what is not; changes nothing. */
  public List<ScriptStatus> status() {
    Map<String, History.Entry> entries = history.exists() ? history.entries() : Map.of();
    return scripts.stream().map(script -> status(script, entries.get(script.name()))).toList();
  }

  /**
   * Applies all pending scripts in order.
   *
   * @return those that were applied now
   * @throws IllegalStateException if a versioned script was edited after it had been applied;
   *     nothing is changed then
   * @throws io.tokenwatt.storage.StoreException if ClickHouse refuses a statement
   */
  public List<String> apply() {
    history.create();
    List<ScriptStatus> status = status();
    for (ScriptStatus each : status) {
      if (each.state() == State.CHANGED) {
        throw new IllegalStateException(
            each.script()
                + " was edited after it had been applied at "
                + each.appliedAt()
                + ". Undo the edit and put the change into a new script.");
      }
    }
    List<Script> pending =
        scripts.stream()
            .filter(s -> status.get(scripts.indexOf(s)).state() == State.PENDING)
            .toList();
    pending.forEach(this::run);
    return pending.stream().map(Script::name).toList();
  }

  private void run(Script script) {
    script.statements().forEach(store::command);
    history.add(script);
  }

  private static ScriptStatus status(Script script, History.Entry entry) {
    if (entry == null) {
      return new ScriptStatus(script.name(), State.PENDING, script.checksum(), "");
    }
    State state =
        entry.checksum().equals(script.checksum())
            ? State.APPLIED
            : script.repeatable() ? State.PENDING : State.CHANGED;
    return new ScriptStatus(script.name(), state, script.checksum(), entry.appliedAt());
  }
}
