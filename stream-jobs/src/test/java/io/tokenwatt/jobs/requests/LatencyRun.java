package io.tokenwatt.jobs.requests;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.FollowedTable;
import io.tokenwatt.jobs.efficiency.JobEnvironment;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.RawRecordSchema;
import io.tokenwatt.jobs.latency.SloBook;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job on a local cluster over a topic, to the topic's end or until told. */
final class LatencyRun {
  private LatencyRun() {}

  static JobClient start(
      String topic,
      StoreConfig store,
      int parallelism,
      boolean bounded,
      Path checkpoints,
      String restore)
      throws Exception {
    FollowedTable<SloBook> none = FollowedTable.fixed(SloBook.EMPTY);
    return start(topic, store, parallelism, bounded, checkpoints, restore, none);
  }

  static JobClient start(
      String topic,
      StoreConfig store,
      int parallelism,
      boolean bounded,
      Path checkpoints,
      String restore,
      FollowedTable<SloBook> slos)
      throws Exception {
    Configuration configuration =
        JobEnvironment.configuration(checkpoints.toUri().toString(), Duration.ofMillis(300));
    configuration.set(RestOptions.BIND_PORT, "0");
    if (restore != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restore);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    var source =
        KafkaSource.<RawRecord>builder()
            .setBootstrapServers(Engines.shared().kafka.bootstrapServers())
            .setTopics(topic)
            .setGroupId("test-" + store.database())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty("max.poll.records", "50") // small bites: the job is seen half-way
            .setDeserializer(new RawRecordSchema());
    if (bounded) {
      source.setBounded(OffsetsInitializer.latest());
    }
    new LatencyJob(
            source.build(),
            new LatencyJob.Settings(Duration.ofSeconds(2), Duration.ofSeconds(5), 0, slos),
            RequestEnds.sinks(store))
        .build(env);
    return env.executeAsync("latency-" + store.database());
  }

  static void toTheEnd(String topic, StoreConfig store, int parallelism, Path checkpoints)
      throws Exception {
    start(topic, store, parallelism, true, checkpoints, null)
        .getJobExecutionResult()
        .get(120, TimeUnit.SECONDS);
  }
}
