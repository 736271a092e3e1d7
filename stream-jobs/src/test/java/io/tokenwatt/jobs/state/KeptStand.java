package io.tokenwatt.jobs.state;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.LocalFlink;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Where a kept log is read: its topics, and databases that keep old rows. */
final class KeptStand {
  private static final List<String> TOPICS =
      List.of(KeptLog.SAMPLES, KeptLog.EVENTS, KeptLog.REQUESTS);

  static final Path FOLDER = Path.of("src/test/resources/savepoint");
  static final Path STATE = FOLDER.resolve("state.zip");
  static final Path LOG = FOLDER.resolve("log.gz");

  final Engines engines = Engines.shared();

  /** Makes the topics, with what of the log is older. */
  void append(KeptLog log, long untilMs) {
    for (String topic : TOPICS) {
      engines.topic(topic, KeptLog.PARTITIONS, Map.of("message.timestamp.type", "CreateTime"));
      engines.append(topic, log.of(topic, untilMs));
    }
  }

  /** Whether a checkpoint covers all that lies in the topics. */
  boolean isRead(StoreConfig store) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", engines.kafka.bootstrapServers(),
            "group.id", LocalFlink.group(store));
    try (KafkaConsumer<byte[], byte[]> group =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<TopicPartition> all = new HashSet<>();
      for (String topic : TOPICS) {
        group.partitionsFor(topic).forEach(p -> all.add(new TopicPartition(topic, p.partition())));
      }
      Map<TopicPartition, OffsetAndMetadata> read = group.committed(all);
      return group.endOffsets(all).entrySet().stream()
          .allMatch(
              end ->
                  end.getValue() == 0
                      || read.get(end.getKey()) != null
                          && read.get(end.getKey()).offset() >= end.getValue());
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
