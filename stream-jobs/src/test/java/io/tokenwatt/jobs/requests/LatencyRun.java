package io.tokenwatt.jobs.requests;

import io.tokenwatt.jobs.efficiency.FollowedTable;
import io.tokenwatt.jobs.efficiency.LocalFlink;
import io.tokenwatt.jobs.latency.SloBook;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
    StreamExecutionEnvironment env = LocalFlink.environment(parallelism, checkpoints, restore);
    new LatencyJob(
            LocalFlink.source(topic, store, bounded, 50),
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
