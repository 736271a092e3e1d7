package io.tokenwatt.storage;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;

/**
 * The engine under test, one for the whole run: the server of system property {@code
 * tokenwatt.test.clickhouse} (such as http://127.0.0.1:8123) if given, else an embedded one.
 */
public final class Engine {
  private static String url;

  private Engine() {}

  public static synchronized String url() {
    if (url == null) {
      String server = System.getProperty("tokenwatt.test.clickhouse", "");
      url = server.isEmpty() ? embedded() : server;
    }
    return url;
  }

  /** What {@code tests} ask of the engine they ask of that one; for one thread. */
  static synchronized void with(String other, Runnable tests) {
    String before = url;
    url = other;
    try {
      tests.run();
    } finally {
      url = before;
    }
  }

  private static String embedded() {
    EmbeddedClickHouse engine = EmbeddedClickHouse.start(ClickHouseOptions.throwaway());
    Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
    return engine.httpUrl();
  }
}
