package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What a job under test runs on and reads: Flink in this JVM, topics of {@link Engines}. */
public final class LocalFlink {
  private LocalFlink() {}

  /**
   * @param restore a checkpoint to go on from; null = from the start
   */
  public static StreamExecutionEnvironment environment(
      int parallelism, Path checkpoints, String restore) {
    Configuration configuration =
        JobEnvironment.configuration(checkpoints.toUri().toString(), Duration.ofMillis(300));
    configuration.set(RestOptions.BIND_PORT, "0");
    if (restore != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restore);
    }
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
  }

  /** Under which a job commits what its checkpoints cover. */
  public static String group(StoreConfig store) {
    return "test-" + store.database();
  }

  /**
   * A topic from its start, to its end as of now if {@code bounded}.
   *
   * @param bite records of a poll: with few the job is seen half-way
   */
  public static KafkaSource<RawRecord> source(
      String topic, StoreConfig store, boolean bounded, int bite) {
    KafkaSourceBuilder<RawRecord> source =
        KafkaSource.<RawRecord>builder()
            .setBootstrapServers(Engines.shared().kafka.bootstrapServers())
            .setTopics(topic)
            .setGroupId(group(store))
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty("max.poll.records", String.valueOf(bite))
            .setProperty("interceptor.classes", StalledFetch.class.getName())
            .setDeserializer(new RawRecordSchema());
    if (bounded) {
      source.setBounded(OffsetsInitializer.latest());
    }
    return source.build();
  }
}
