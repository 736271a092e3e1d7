package io.tokenwatt.quickstart.backfill;

import io.tokenwatt.collectors.backfill.BackfillSpec;
import io.tokenwatt.config.Secret;
import io.tokenwatt.config.Section;
import io.tokenwatt.storage.StoreConfig;
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
    Section store = root.section("store");
    return new BackfillConfig(
        BackfillSpec.of(root),
        kafka.text("bootstrap", ""),
        kafka.textMap("properties"),
        new StoreConfig(
            store.text("url", "http://127.0.0.1:8123"),
            store.text("user", "default"),
            store.secret("password").map(Secret::reveal).orElse(""),
            store.text("database", StoreConfig.DATABASE)));
  }
}
