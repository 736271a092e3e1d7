package io.tokenwatt.jobs.events;

import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.efficiency.EfficiencyJob;
import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.JobEnvironment;
import io.tokenwatt.jobs.efficiency.KafkaEnds;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.RawRecordSchema;
import io.tokenwatt.jobs.efficiency.StoreEnds;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** EfficiencyJob and ChangeEvents on a local cluster, as the launcher puts them together. */
record EventsRun(StoreConfig store, int parallelism, Path checkpoints, String restore) {
  private static final Properties NO_PROPERTIES = new Properties();

  /** Topics that are read to their end, or on and on. */
  Source<RawRecord, ?, ?> topic(String name, boolean bounded) {
    var source =
        KafkaSource.<RawRecord>builder()
            .setBootstrapServers(bootstrap())
            .setTopics(name)
            .setGroupId("test-" + store.database())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty("max.poll.records", "50") // small bites: the job is seen half-way
            .setDeserializer(new RawRecordSchema());
    return (bounded ? source.setBounded(OffsetsInitializer.latest()) : source).build();
  }

  Source<RawRecord, ?, ?> perhaps(String name) {
    return KafkaEnds.perhaps(bootstrap(), name, "test-" + store.database(), NO_PROPERTIES);
  }

  JobClient start(
      Source<RawRecord, ?, ?> samples,
      Source<RawRecord, ?, ?> told,
      Consumer<DataStream<ChangeEvent>> behind)
      throws Exception {
    Configuration configuration =
        JobEnvironment.configuration(checkpoints.toUri().toString(), Duration.ofMillis(300));
    configuration.set(RestOptions.BIND_PORT, "0");
    if (restore != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restore);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    EfficiencyJob.Judged judged =
        new EfficiencyJob(
                samples,
                new EfficiencyJob.Settings(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    0,
                    new PriceBook(List.of()),
                    PowerBook.EMPTY),
                StoreEnds.sinks(store, bootstrap(), NO_PROPERTIES))
            .build(env);
    behind.accept(
        new ChangeEvents(told, EventEnds.sinks(store, bootstrap(), NO_PROPERTIES))
            .build(env, judged.changes()));
    return env.executeAsync("events-" + store.database());
  }

  private static String bootstrap() {
    return Engines.shared().kafka.bootstrapServers();
  }
}
