package io.tokenwatt.embedded;

import com.sun.jna.Native;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real ClickHouse (the server's engine with its HTTP and native ports) in a child JVM, on the
 * loopback interface, for a laptop, tests and CI. Users: {@code default}, who may do anything, and
 * {@code grafana}, who may only read database tokenwatt; neither has a password. It ends with
 * {@link #close} and also when this process dies. Not thread-safe.
 */
public final class EmbeddedClickHouse implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  private final ClickHouseOptions options;
  private final Path library;
  private final DataDirectory directory;
  private int httpPort;
  private int tcpPort;
  private Child child;

  private EmbeddedClickHouse(ClickHouseOptions options, Path library, DataDirectory directory) {
    this.options = options;
    this.library = library;
    this.directory = directory;
  }

  /**
   * Returns when the engine answers. The first start on a machine fetches the library, see {@link
   * ClickHouseLibrary}.
   *
   * @throws EngineException with the tail of the engine's log when it does not answer
   */
  public static EmbeddedClickHouse start(ClickHouseOptions options) {
    Path library = ClickHouseLibrary.locate();
    DataDirectory directory =
        options
            .dataDirectory()
            .map(DataDirectory::kept)
            .orElseGet(() -> DataDirectory.temporary("clickhouse"));
    EmbeddedClickHouse clickHouse = new EmbeddedClickHouse(options, library, directory);
    try {
      FreePorts.retrying(options.httpPort() == 0 || options.tcpPort() == 0, clickHouse::startFirst);
      return clickHouse;
    } catch (RuntimeException e) {
      directory.discard();
      throw e;
    }
  }

  public int httpPort() {
    return httpPort;
  }

  /** Port of the native protocol (clickhouse-client). */
  public int tcpPort() {
    return tcpPort;
  }

  /** "http://127.0.0.1:port", without a slash at the end. */
  public String httpUrl() {
    return "http://127.0.0.1:" + httpPort;
  }

  /** For clickhouse-jdbc; user default, database default. */
  public String jdbcUrl() {
    return "jdbc:clickhouse:http://127.0.0.1:" + httpPort + "/default";
  }

  /** Where tables, config.xml, users.xml and clickhouse.log are. */
  public Path dataDirectory() {
    return directory.path();
  }

  /** Process id of the engine's JVM. */
  public long pid() {
    return child.pid();
  }

  /** SIGKILL, as a test of what follows; {@link #restart} brings it back with its data. */
  public void kill() {
    child.kill();
  }

  /** Stops the engine, if it runs, and starts it on the same ports and data. */
  public void restart() {
    child.stop(STOP_DEADLINE);
    startChild();
  }

  /** Stops the engine cleanly and deletes its data where they are throwaway. Idempotent. */
  @Override
  public void close() {
    child.stop(STOP_DEADLINE);
    directory.discard();
  }

  private void startFirst() {
    httpPort = FreePorts.choose(options.httpPort());
    tcpPort = FreePorts.choose(options.tcpPort());
    startChild();
  }

  private void startChild() {
    directory.write(
        "config.xml",
        resource("clickhouse-config.xml")
            .replace("@PATH@", xml(directory.resolve("data").toString()))
            .replace("@MEMORY_BYTES@", Long.toString(options.memoryBytes())));
    directory.write("users.xml", resource("clickhouse-users.xml"));
    ChildCommand command =
        new ChildCommand(
            ClickHouseMain.class,
            "64m",
            List.of(
                ChildCommand.locationOf(ClickHouseMain.class),
                ChildCommand.locationOf(Native.class)),
            List.of(),
            List.of(
                library.toString(),
                directory.path().toString(),
                Integer.toString(httpPort),
                Integer.toString(tcpPort),
                directory.throwaway() ? "throwaway" : "kept"));
    child = Child.start("clickhouse", command, directory.path(), START_DEADLINE);
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String resource(String name) {
    try (InputStream in = EmbeddedClickHouse.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new EngineException("Cannot read the resource " + name, e);
    }
  }
}
