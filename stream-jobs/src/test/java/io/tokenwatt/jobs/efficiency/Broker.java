package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.embedded.EmbeddedKafka;
import java.util.Map;

/** A Kafka that tests of jobs run on; who made it ends it. */
public interface Broker {
  String bootstrapServers();

  /** A topic that is there already is left as it is. */
  void createTopic(String name, int partitions, Map<String, String> config);

  static Broker of(EmbeddedKafka kafka) {
    return new Broker() {
      @Override
      public String bootstrapServers() {
        return kafka.bootstrapServers();
      }

      @Override
      public void createTopic(String name, int partitions, Map<String, String> config) {
        kafka.createTopic(name, partitions, config);
      }
    };
  }
}
