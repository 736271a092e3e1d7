package io.tokenwatt.storage;

import org.junit.jupiter.api.Assumptions;

/**
 * The engine under test: the server of system property {@code tokenwatt.test.clickhouse}, such as
 * http://127.0.0.1:8123.
 */
final class Engine {
  private Engine() {}

  static String url() {
    String server = System.getProperty("tokenwatt.test.clickhouse", "");
    Assumptions.assumeFalse(server.isEmpty(), "no ClickHouse: set tokenwatt.test.clickhouse");
    return server;
  }
}
