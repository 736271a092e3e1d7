package io.tokenwatt.collectors.publish;

import io.tokenwatt.config.HiddenValues;
import io.tokenwatt.model.Topics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where and how to publish.
 *
 * @param bootstrap host:port of some brokers, with commas
 * @param topic {@link Topics#NODE_SAMPLES} unless it is a test's
 * @param properties producer properties that add to or replace ours, such as {@code
 *     security.protocol}; those that would break order or delivery are refused; never shown
 */
public record KafkaSpec(String bootstrap, String topic, Map<String, String> properties) {
  /** Set by us alone: the job relies on each node's records arriving once and in order. */
  public static final Set<String> FIXED =
      Set.of(
          "acks", "enable.idempotence", "key.serializer", "value.serializer", "bootstrap.servers");

  public KafkaSpec {
    properties = HiddenValues.of(properties);
    if (!Collections.disjoint(properties.keySet(), FIXED)) {
      throw new IllegalArgumentException("kafka.properties must not set any of " + FIXED);
    }
  }

  public static KafkaSpec of(String bootstrap) {
    return new KafkaSpec(bootstrap, Topics.NODE_SAMPLES, Map.of());
  }

  /**
   * For the producer. A record is tried again for 14 minutes, just inside the 15 after which the
   * jobs take it as late: a broker's outage costs nothing while its records fit into the buffer.
   */
  public Map<String, Object> producerProperties() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("bootstrap.servers", bootstrap);
    all.put("client.id", "tokenwatt-agent");
    all.put("acks", "all");
    all.put("enable.idempotence", "true");
    all.put("compression.type", "zstd");
    all.put("linger.ms", "20");
    all.put("buffer.memory", String.valueOf(32 << 20));
    all.put("max.block.ms", "10000");
    all.put("request.timeout.ms", "10000");
    all.put("delivery.timeout.ms", String.valueOf(14 * 60 * 1000));
    all.put("reconnect.backoff.max.ms", "5000");
    all.putAll(properties);
    return all;
  }
}
