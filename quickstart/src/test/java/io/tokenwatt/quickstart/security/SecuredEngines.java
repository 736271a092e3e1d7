package io.tokenwatt.quickstart.security;

import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.config.tls.KafkaSecurity;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaDoor;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.Topics;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A broker with TLS doors of every kind and a ClickHouse whose user {@code jobs} has a password and
 * the rights of role tokenwatt_writer, word for word.
 */
final class SecuredEngines implements AutoCloseable {
  static final String SASL_PASSWORD = "sasl-\"pass\\word-4711";
  static final String STORE_PASSWORD = "store-password-4712";

  final Path folder;
  final Authority authority;
  final Authority stranger;
  final KafkaDoor mutual;
  final KafkaDoor sasl;
  final KafkaDoor expired;
  final KafkaDoor misnamed;
  final EmbeddedKafka kafka;
  final EmbeddedClickHouse clickHouse;

  SecuredEngines(Path folder) throws IOException {
    this.folder = folder;
    authority = new Authority(folder.resolve("authority"));
    stranger = new Authority(folder.resolve("stranger"));
    Path keys = authority.keys("server", authority.server());
    mutual = KafkaDoor.mutualTls("mutual", keys, authority.ca());
    sasl = KafkaDoor.sasl("sasl", keys);
    expired = KafkaDoor.tls("expired", authority.keys("expired", authority.expiredServer()));
    misnamed =
        KafkaDoor.tls("misnamed", authority.keys("named", authority.serverNamed("kafka.example")));
    kafka =
        EmbeddedKafka.start(KafkaOptions.throwaway().withDoors(mutual, sasl, expired, misnamed));
    kafka.addUser("jobs", SASL_PASSWORD);
    for (String topic : List.of(Topics.NODE_SAMPLES, Topics.REQUEST_EVENTS, Topics.EVENTS)) {
      kafka.createTopic(topic, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    }
    for (String topic : List.of(Topics.REJECTS, Topics.EFFICIENCY, Topics.REGRESSIONS)) {
      kafka.createTopic(topic, 1, Map.of());
    }
    Path users = Files.createDirectories(folder.resolve("clickhouse").resolve("users.d"));
    Files.writeString(
        users.resolve("jobs.xml"), RoleUsers.xml("tokenwatt_writer", "jobs", STORE_PASSWORD));
    clickHouse = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(users.getParent()));
    Schema.apply(StoreConfig.of(clickHouse.httpUrl()));
  }

  /** Properties of a Kafka client, from the YAML that a user writes. */
  Map<String, String> kafka(String yaml) {
    String file = "kafka:\n" + yaml.indent(2);
    return ConfigReader.plain()
        .read(
            "kafka.yaml",
            file.getBytes(StandardCharsets.UTF_8),
            folder,
            root -> KafkaSecurity.properties(root.section("kafka")));
  }

  @Override
  public void close() {
    kafka.close();
    clickHouse.close();
  }
}
