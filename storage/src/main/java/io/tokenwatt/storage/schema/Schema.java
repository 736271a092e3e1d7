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
  private final String cluster;
  private final List<Script> scripts;

  public Schema(Store store) {
    this(store, Retention.DEFAULT);
  }

  public Schema(Store store, Retention retention) {
    this(store, retention, "");
  }

  /**
   * @param cluster of whose servers each is to hold all tables, as their configuration names it; ""
   *     = as the database is, or one server's where it is not there yet
   * @throws IllegalArgumentException if that cannot be a name
   */
  public Schema(Store store, Retention retention, String cluster) {
    Layout.requireName(cluster);
    this.store = store;
    this.cluster = cluster;
    this.history = new History(store);
    this.scripts = scripts(store.config().database(), retention);
  }

  static List<Script> scripts(String database, Retention retention) {
    Map<String, String> values = new HashMap<>(retention.values());
    values.putAll(FactColumns.values());
    values.putAll(Formulas.values());
    values.put("database", database);
    return Script.all(values);
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
   * @throws IllegalStateException if a versioned script was edited after it had been applied, or a
   *     cluster is named and the database is one server's; nothing is changed then
   * @throws io.tokenwatt.storage.StoreException if ClickHouse refuses a statement
   */
  public List<String> apply() {
    Layout layout = Layout.of(store, cluster);
    history.create(layout);
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
    pending.forEach(script -> run(script, layout));
    return pending.stream().map(Script::name).toList();
  }

  private void run(Script script, Layout layout) {
    script.statements().forEach(statement -> store.command(layout.sql(statement)));
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
