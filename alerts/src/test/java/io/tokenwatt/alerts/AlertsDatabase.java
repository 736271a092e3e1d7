package io.tokenwatt.alerts;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EngineException;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A real ClickHouse with our tables in database tokenwatt, as runbooks name it; one for the test
 * run. Tests skip where the engine's library is missing.
 */
public final class AlertsDatabase {
  private static final List<String> TABLES =
      List.of("efficiency_10s", "gpu_10s", "intake_10s", "rejects", "prices");

  private static StoreConfig config;

  private AlertsDatabase() {}

  public static synchronized StoreConfig config() {
    if (config == null) {
      config = StoreConfig.of(start().httpUrl());
      Schema.apply(config);
    }
    return config;
  }

  static StoreConfig empty() {
    StoreConfig empty = config();
    try (Store store = new Store(empty)) {
      TABLES.forEach(table -> store.command("TRUNCATE TABLE tokenwatt." + table));
    }
    return empty;
  }

  private static EmbeddedClickHouse start() {
    try {
      EmbeddedClickHouse engine = EmbeddedClickHouse.start(ClickHouseOptions.throwaway());
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
      return engine;
    } catch (EngineException e) {
      return Assumptions.abort("no embedded ClickHouse here: " + e.getMessage());
    }
  }
}
