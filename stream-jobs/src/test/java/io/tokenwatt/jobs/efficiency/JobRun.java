package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the job on a local cluster over a topic, to the topic's end or until told. */
final class JobRun {
  private JobRun() {}

  static final PriceBook NO_PRICES = new PriceBook(List.of());

  static JobClient start(
      String topic,
      StoreConfig store,
      int parallelism,
      boolean bounded,
      Path checkpoints,
      String restore)
      throws Exception {
    StreamExecutionEnvironment env = LocalFlink.environment(parallelism, checkpoints, restore);
    String bootstrap = Engines.shared().kafka.bootstrapServers();
    new EfficiencyJob(
            LocalFlink.source(topic, store, bounded, 50),
            new EfficiencyJob.Settings(
                    Duration.ofSeconds(2), JobConfig.LAST_RESORT, 0, NO_PRICES, PowerBook.EMPTY)
                .judged(),
            StoreEnds.sinks(store, bootstrap, new Properties()))
        .build(env);
    return env.executeAsync("efficiency-" + store.database());
  }

  static void toTheEnd(
      String topic, StoreConfig store, int parallelism, Path checkpoints, String restore)
      throws Exception {
    start(topic, store, parallelism, true, checkpoints, restore)
        .getJobExecutionResult()
        .get(120, java.util.concurrent.TimeUnit.SECONDS);
  }
}
