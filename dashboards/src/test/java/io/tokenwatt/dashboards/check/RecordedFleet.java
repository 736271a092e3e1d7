package io.tokenwatt.dashboards.check;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EngineException;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A real ClickHouse with our tables and three hours of a small fleet in them (fleet.sql), rolled
 * up; one for the test run. Tests skip where the engine's library is missing.
 */
final class RecordedFleet {
  private static final List<String> ROLLUPS =
      List.of(
          "efficiency_1m",
          "efficiency_1h",
          "latency_1m",
          "latency_1h",
          "gpu_1m",
          "gpu_1h",
          "engine_1m",
          "engine_1h",
          "request_1m",
          "request_1h",
          "node_1m");

  private static StoreConfig config;
  private static int nativePort;

  private RecordedFleet() {}

  static Store store() {
    open();
    return new Store(config);
  }

  private static synchronized void open() {
    if (config == null) {
      config = new StoreConfig(start().httpUrl(), "default", "", "tokenwatt");
      Schema.apply(config);
      try (Store store = new Store(config)) {
        fill(store);
      }
    }
  }

  /** Asked as Grafana's user is, who may only read. */
  static Engine engine() {
    open();
    return new HttpEngine(config.url(), config.database(), "grafana", "");
  }

  /** As Grafana's plugin speaks to it, on loopback. */
  static int nativePort() {
    open();
    return nativePort;
  }

  private static void fill(Store store) {
    for (String statement : script().replaceAll("(?m)^--.*\n", "").split(";\\s*\n")) {
      String sql = statement.strip();
      if (!sql.isEmpty()) {
        store.command(
            sql.replaceFirst("INSERT INTO ", "INSERT INTO tokenwatt.")
                .replace("FROM efficiency_10s", "FROM tokenwatt.efficiency_10s"));
      }
    }
    for (String table : ROLLUPS) {
      String view = "tokenwatt." + table + "_refresh";
      store.command("SYSTEM WAIT VIEW " + view);
      store.command("SYSTEM REFRESH VIEW " + view);
      store.command("SYSTEM WAIT VIEW " + view);
    }
  }

  private static String script() {
    try (InputStream in =
        RecordedFleet.class.getResourceAsStream("/io/tokenwatt/dashboards/fleet.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedClickHouse start() {
    try {
      EmbeddedClickHouse engine = EmbeddedClickHouse.start(ClickHouseOptions.throwaway());
      nativePort = engine.tcpPort();
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
      return engine;
    } catch (EngineException e) {
      return Assumptions.abort("no embedded ClickHouse here: " + e.getMessage());
    }
  }
}
