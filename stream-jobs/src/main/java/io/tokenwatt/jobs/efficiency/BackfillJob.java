package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.node.LabelLimits;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.backfill.BackfillWindows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * EfficiencyJob over a backfill's topic, from its begin to its end, in this process. The same
 * meters and the same tables; what differs: record times may go back within the hour that was read
 * at once, every partition is waited for, and the end of the topic closes all windows.
 */
public final class BackfillJob {
  private static final Duration CHECKPOINTS = Duration.ofSeconds(30);

  /** Two hours of history, and a tick that an hour's end cuts. */
  private static final Duration DISORDER = Duration.ofMinutes(130);

  private BackfillJob() {}

  /**
   * Returns when all rows are in the store.
   *
   * @param topic of CreateTime records
   * @param epoch of the rows' versions
   * @param parallelism subtasks per operator
   * @param scratch for checkpoints
   */
  public static void run(
      String bootstrap,
      String topic,
      Map<String, String> kafkaProperties,
      StoreConfig store,
      BackfillWindows windows,
      int epoch,
      int parallelism,
      Path scratch)
      throws Exception {
    Properties kafka = new Properties();
    kafka.putAll(kafkaProperties);
    Configuration flink = JobEnvironment.configuration(scratch.toUri().toString(), CHECKPOINTS);
    flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    flink.set(RestOptions.ADDRESS, "127.0.0.1");
    flink.set(RestOptions.BIND_PORT, "0");
    // The topic is still there: a person is told at once rather than after retries without end.
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    new EfficiencyJob(
            KafkaEnds.wholeTopic(bootstrap, topic, kafka),
            new EfficiencyJob.Settings(
                Duration.ofSeconds(2),
                Duration.ZERO,
                DISORDER,
                epoch,
                PriceTable.once(store),
                new PowerBook(List.of(), SiteTable.read(store)),
                LabelLimits.DEFAULT),
            new BackfillEnds(store, windows).sinks())
        .build(env);
    env.execute("tokenwatt-backfill");
  }
}
