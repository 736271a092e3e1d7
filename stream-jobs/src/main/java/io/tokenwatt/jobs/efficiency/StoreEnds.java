package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.sink.FactSink;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.Reject;
import io.tokenwatt.storage.StoreConfig;
import java.util.Properties;

/**
 * The job's ends in ClickHouse, and those in Kafka beside them. All write at least once; rows are
 * versioned, so that ClickHouse keeps one of those that are written again.
 */
public final class StoreEnds {
  private StoreEnds() {}

  public static EfficiencyJob.Sinks sinks(
      StoreConfig store, String bootstrap, Properties kafkaProperties) {
    return new EfficiencyJob.Sinks(
        new FactSink<>(store, FactWriter::writeCells),
        new FactSink<>(store, FactWriter::writeLatency),
        new FactSink<>(store, FactWriter::writeGpus),
        new FactSink<>(store, FactWriter::writeEngines),
        new FactSink<>(store, FactWriter::writeNodes),
        new FactSink<>(store, FactWriter::writeIntake),
        rejects(store),
        KafkaEnds.rejects(bootstrap, kafkaProperties),
        KafkaEnds.efficiency(bootstrap, kafkaProperties));
  }

  /** Rejected records, whole. */
  public static FactSink<RejectedRecord> rejects(StoreConfig store) {
    return new FactSink<>(
        store,
        (writer, rows) -> writer.writeRejects(rows.stream().map(StoreEnds::reject).toList()));
  }

  private static Reject reject(RejectedRecord r) {
    RawRecord record = r.record();
    return new Reject(
        record.timestampMs(),
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        r.reason(),
        r.detail(),
        record.value().length,
        record.value());
  }
}
