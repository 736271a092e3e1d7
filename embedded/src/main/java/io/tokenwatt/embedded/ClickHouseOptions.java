package io.tokenwatt.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How an embedded ClickHouse runs. Immutable.
 *
 * @param dataDirectory where tables live on between runs; empty: a temporary directory, deleted at
 *     the end
 * @param httpPort of the loopback interface; 0: a free one
 * @param tcpPort of the native protocol, loopback too; 0: a free one
 * @param memoryBytes for all queries together; a query beyond it fails, the engine goes on
 */
public record ClickHouseOptions(
    Optional<Path> dataDirectory, int httpPort, int tcpPort, long memoryBytes) {

  private static final long MEMORY_BYTES = 2L << 30;

  /** Free ports and a directory that is deleted at the end. */
  public static ClickHouseOptions throwaway() {
    return new ClickHouseOptions(Optional.empty(), 0, 0, MEMORY_BYTES);
  }

  /** Free ports and data that outlive the engine. */
  public static ClickHouseOptions keptIn(Path directory) {
    return new ClickHouseOptions(Optional.of(directory), 0, 0, MEMORY_BYTES);
  }

  public ClickHouseOptions withPorts(int newHttpPort, int newTcpPort) {
    return new ClickHouseOptions(dataDirectory, newHttpPort, newTcpPort, memoryBytes);
  }

  public ClickHouseOptions withMemory(long newMemoryBytes) {
    return new ClickHouseOptions(dataDirectory, httpPort, tcpPort, newMemoryBytes);
  }
}
