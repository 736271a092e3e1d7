package io.tokenwatt.jobs.state;

import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.cost.PriceEntry;
import io.tokenwatt.jobs.efficiency.EfficiencyJob;
import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.FollowedTable;
import io.tokenwatt.jobs.efficiency.LocalFlink;
import io.tokenwatt.jobs.efficiency.StoreEnds;
import io.tokenwatt.jobs.events.ChangeEvents;
import io.tokenwatt.jobs.events.EventEnds;
import io.tokenwatt.jobs.latency.SloBook;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.jobs.regressions.RegressionEnds;
import io.tokenwatt.jobs.regressions.RegressionJob;
import io.tokenwatt.jobs.requests.LatencyJob;
import io.tokenwatt.jobs.requests.RequestEnds;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** All pipelines in one graph, as the launcher puts them together, over a kept log's topics. */
record WholeJob(StoreConfig store, boolean bounded, Path checkpoints, String restore) {
  private static final Duration FIRE = Duration.ofSeconds(2);
  private static final Properties NONE = new Properties();
  private static final PriceBook PRICES =
      new PriceBook(List.of(new PriceEntry("aws", "", "H100-SXM", "on_demand", 0, 3_600_000)));

  JobClient start() throws Exception {
    StreamExecutionEnvironment env = LocalFlink.environment(2, checkpoints, restore);
    String bootstrap = Engines.shared().kafka.bootstrapServers();
    EfficiencyJob.Settings settings =
        new EfficiencyJob.Settings(FIRE, Duration.ZERO, 0, PRICES, PowerBook.EMPTY).judged();
    EfficiencyJob.Judged judged =
        new EfficiencyJob(
                LocalFlink.source(KeptLog.SAMPLES, store, bounded, 200),
                settings,
                StoreEnds.sinks(store, bootstrap, NONE))
            .build(env);
    DataStream<ChangeEvent> changes =
        new ChangeEvents(
                LocalFlink.source(KeptLog.EVENTS, store, bounded, 200),
                EventEnds.sinks(store, bootstrap, NONE))
            .build(env, judged.changes());
    new RegressionJob(
            new RegressionJob.Settings(
                Tuning.DEFAULT.withWarmUpWindows(12), settings.judgeDelay(), 0),
            RegressionEnds.sinks(store, bootstrap, NONE))
        .build(judged, changes);
    FollowedTable<SloBook> slos = FollowedTable.fixed(SloBook.EMPTY);
    new LatencyJob(
            LocalFlink.source(KeptLog.REQUESTS, store, bounded, 200),
            new LatencyJob.Settings(FIRE, Duration.ofHours(1), 0, slos),
            RequestEnds.sinks(store))
        .build(env);
    return env.executeAsync("whole-" + store.database());
  }
}
