package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.cost.PriceEntry;
import io.tokenwatt.jobs.efficiency.EfficiencyJob;
import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.jobs.efficiency.LocalFlink;
import io.tokenwatt.jobs.efficiency.StoreEnds;
import io.tokenwatt.jobs.events.ChangeEvents;
import io.tokenwatt.jobs.events.EventEnds;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Both jobs in one graph on a local cluster, over a topic of node samples and one of events. */
final class RegressionRun {
  static final Tuning TUNING = Tuning.DEFAULT.withWarmUpWindows(12);
  static final PriceBook PRICES =
      new PriceBook(List.of(new PriceEntry("aws", "", "H100-SXM", "on_demand", 0, 3_600_000)));

  private RegressionRun() {}

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
    EfficiencyJob.Settings settings =
        new EfficiencyJob.Settings(
                Duration.ofSeconds(2), JobConfig.LAST_RESORT, 0, PRICES, PowerBook.EMPTY)
            .judged();
    EfficiencyJob.Judged judged =
        new EfficiencyJob(
                LocalFlink.source(topic, store, bounded, 200),
                settings,
                StoreEnds.sinks(store, bootstrap, new Properties()))
            .build(env);
    new RegressionJob(
            new RegressionJob.Settings(TUNING, settings.judgeDelay(), 0),
            RegressionEnds.sinks(store, bootstrap, new Properties()))
        .build(judged, bounded ? judged.changes() : changes(env, judged, store, bootstrap));
    return env.executeAsync("regressions-" + store.database());
  }

  /** Told ones too; their source never ends. */
  private static DataStream<ChangeEvent> changes(
      StreamExecutionEnvironment env,
      EfficiencyJob.Judged judged,
      StoreConfig store,
      String bootstrap) {
    return new ChangeEvents(
            EventEnds.told(bootstrap, new Properties()),
            EventEnds.sinks(store, bootstrap, new Properties()))
        .build(env, judged.changes());
  }

  static void toTheEnd(String topic, StoreConfig store, int parallelism, Path checkpoints)
      throws Exception {
    start(topic, store, parallelism, true, checkpoints, null)
        .getJobExecutionResult()
        .get(180, TimeUnit.SECONDS);
  }
}
