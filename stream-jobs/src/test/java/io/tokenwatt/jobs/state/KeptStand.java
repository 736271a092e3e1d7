package io.tokenwatt.jobs.state;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where a kept log is read: its topics, and databases that keep old rows. */
final class KeptStand {
  static final Path FOLDER = Path.of("src/test/resources/savepoint");
  static final Path STATE = FOLDER.resolve("state.zip");
  static final Path LOG = FOLDER.resolve("log.gz");

  final Engines engines = Engines.shared();

  /** Makes the topics, with what of the log is older. */
  void append(KeptLog log, long untilMs) {
    for (String topic : List.of(KeptLog.SAMPLES, KeptLog.EVENTS, KeptLog.REQUESTS)) {
      engines.topic(topic, KeptLog.PARTITIONS, Map.of("message.timestamp.type", "CreateTime"));
      engines.append(topic, log.of(topic, untilMs));
    }
  }

  /** The log has the times of its day, which get older than tables keep rows. */
  StoreConfig database(String name) {
    StoreConfig store = engines.database(name);
    engines
        .rows(
            store,
            "SELECT name FROM system.tables WHERE database = '%s' AND engine_full LIKE '%%TTL%%'"
                .formatted(name))
        .forEach(
            row -> {
              String table = row.replaceAll("^\\{name=|}$", "");
              engines.command(store, "ALTER TABLE %s.%s REMOVE TTL".formatted(name, table));
            });
    return store;
  }
}
