package io.tokenwatt.jobs.events;

import io.tokenwatt.jobs.efficiency.KafkaEnds;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.StoreEnds;
import io.tokenwatt.jobs.sink.FactSink;
import io.tokenwatt.model.Topics;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.StoreConfig;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;

/** The ends of change events in Kafka and ClickHouse. */
public final class EventEnds {
  public static final String GROUP = "tokenwatt-events";

  private EventEnds() {}

  /** As {@link KafkaEnds#nodeSamples}, and without events while the topic is not there. */
  public static KafkaSource<RawRecord> told(String bootstrap, Properties properties) {
    return KafkaEnds.perhaps(bootstrap, Topics.EVENTS, GROUP, properties);
  }

  public static ChangeEvents.Sinks sinks(
      StoreConfig store, String bootstrap, Properties properties) {
    return new ChangeEvents.Sinks(
        new FactSink<>(store, FactWriter::writeEvents),
        StoreEnds.rejects(store),
        KafkaEnds.rejects(bootstrap, properties));
  }
}
