package io.tokenwatt.quickstart.backfill;

import io.tokenwatt.collectors.backfill.BackfillSpec;
import io.tokenwatt.config.Section;
import io.tokenwatt.config.tls.KafkaSecurity;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreYaml;
import java.util.Map;

/**
 * The file of a backfill: {@code prometheus}, {@code store}, {@code kafka} and, as in an agent's,
 * {@code node}, {@code nodes}, {@code targets}, {@code bindings}, {@code exporters_d}.
 *
 * @param bootstrap of the Kafka to go through; "" = one of its own
 */
record BackfillConfig(
    BackfillSpec source, String bootstrap, Map<String, String> kafkaProperties, StoreConfig store) {

  static BackfillConfig of(Section root) {
    Section kafka = root.section("kafka");
    return new BackfillConfig(
        BackfillSpec.of(root),
        kafka.text("bootstrap", ""),
        KafkaSecurity.properties(kafka),
        StoreYaml.read(root.section("store")));
  }
}
