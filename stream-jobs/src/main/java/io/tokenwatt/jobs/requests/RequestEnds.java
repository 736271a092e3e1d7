package io.tokenwatt.jobs.requests;

import io.tokenwatt.jobs.efficiency.KafkaEnds;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.sink.FactSink;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.StoreConfig;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;

/** LatencyJob's ends in Kafka and ClickHouse. */
public final class RequestEnds {
  private RequestEnds() {}

  /** As {@link KafkaEnds#nodeSamples}, and without events while the topic is not there. */
  public static KafkaSource<RawRecord> events(
      String bootstrap, String topic, String group, Properties properties) {
    return KafkaEnds.perhaps(bootstrap, topic, group, properties);
  }

  public static LatencyJob.Sinks sinks(StoreConfig store) {
    return new LatencyJob.Sinks(
        new FactSink<>(store, FactWriter::writeRequests),
        new FactSink<>(store, FactWriter::writeRequestIntake),
        new FactSink<>(
            store,
            (writer, rows) ->
                writer.writeRejects(rows.stream().map(DedupFunction.RejectedEvent::row).toList())));
  }
}
