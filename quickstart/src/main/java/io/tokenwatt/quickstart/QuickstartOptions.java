package io.tokenwatt.quickstart;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the quickstart was asked for.
 *
 * @param targets real exporters on one node; with targetFiles empty too, the simulated fleet runs
 * @param targetFiles Prometheus file_sd files or an agent's YAML
 * @param length empty = until Ctrl-C
 * @param portBase ports are taken from here on: ClickHouse HTTP, native, Kafka, Flink UI, agent,
 *     charts, pages; 0 = free ones
 * @param dataDirectory kept between runs; empty = thrown away
 * @param rehearseAfter when a regression is made on purpose in the simulated fleet; empty = never
 * @param json one JSON object per row and refresh instead of the table
 */
public record QuickstartOptions(
    List<URI> targets,
    Optional<Path> targetFiles,
    Optional<Duration> length,
    int portBase,
    Optional<Path> dataDirectory,
    long seed,
    Optional<Duration> rehearseAfter,
    boolean json) {

  public boolean simulated() {
    return targets.isEmpty() && targetFiles.isEmpty();
  }

  /** Port number {@code offset} of the base; 0 = any free one. */
  public int port(int offset) {
    return portBase == 0 ? 0 : portBase + offset;
  }
}
