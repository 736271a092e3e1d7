package io.tokenwatt.jobs;

import io.tokenwatt.jobs.efficiency.EfficiencyJob;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.jobs.efficiency.JobEnvironment;
import io.tokenwatt.jobs.efficiency.KafkaEnds;
import io.tokenwatt.jobs.efficiency.PriceTable;
import io.tokenwatt.jobs.efficiency.RetainedCheckpoints;
import io.tokenwatt.jobs.efficiency.SiteTable;
import io.tokenwatt.jobs.efficiency.StoreEnds;
import io.tokenwatt.jobs.events.ChangeEvents;
import io.tokenwatt.jobs.events.EventEnds;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.jobs.recordtime.HeartbeatSource;
import io.tokenwatt.jobs.recordtime.Heartbeats;
import io.tokenwatt.jobs.recordtime.Readers;
import io.tokenwatt.jobs.regressions.RegressionEnds;
import io.tokenwatt.jobs.regressions.RegressionJob;
import io.tokenwatt.jobs.requests.LatencyJob;
import io.tokenwatt.jobs.requests.RequestEnds;
import io.tokenwatt.jobs.requests.SloTable;
import io.tokenwatt.model.fact.ChangeEvent;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the jobs from their configuration, as pipelines of one Flink job: one process, one
 * checkpoint. LatencyJob shares no operator with the others and fails over apart; RegressionJob
 * stands behind EfficiencyJob, whose record time governs it.
 */
public final class JobsLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(JobsLauncher.class);

  private JobsLauncher() {}

  /** Runs until the jobs end; in this process unless {@code cluster}. */
  public static void run(JobConfig config, boolean cluster) throws Exception {
    StreamExecutionEnvironment env =
        cluster
            ? StreamExecutionEnvironment.getExecutionEnvironment(flink(config))
            : local(config, new Configuration());
    build(config, env);
    env.execute("tokenwatt");
  }

  /**
   * Starts the jobs in this process, with Flink's own UI on {@code config.uiPort()}, and returns.
   */
  public static JobClient start(JobConfig config) throws Exception {
    return start(config, new Configuration());
  }

  /**
   * As {@link #start(JobConfig)}.
   *
   * @param more settings of Flink's own that the configuration does not have
   */
  public static JobClient start(JobConfig config, Configuration more) throws Exception {
    StreamExecutionEnvironment env = local(config, more);
    build(config, env);
    return env.executeAsync("tokenwatt");
  }

  private static StreamExecutionEnvironment local(JobConfig config, Configuration more) {
    Configuration flink = flink(config);
    flink.addAll(more);
    flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    flink.set(RestOptions.ADDRESS, "127.0.0.1");
    flink.set(RestOptions.BIND_PORT, String.valueOf(config.uiPort()));
    resumeFrom(config.checkpoints())
        .ifPresent(
            checkpoint -> {
              LOG.info("resuming from checkpoint {}", checkpoint);
              flink.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
              // State of a pipeline that was switched off since must not stop the other one.
              flink.set(
                  StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE,
                  !config.requests().enabled() || !config.regressions().enabled());
            });
    return StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(flink);
  }

  private static Configuration flink(JobConfig config) {
    return JobEnvironment.configuration(config.checkpoints(), config.checkpointInterval());
  }

  private static Optional<Path> resumeFrom(String checkpoints) {
    return checkpoints.startsWith("file:")
        ? RetainedCheckpoints.newest(Path.of(java.net.URI.create(checkpoints)))
        : Optional.empty();
  }

  private static void latency(JobConfig config, Properties kafka, StreamExecutionEnvironment env) {
    JobConfig.Requests requests = config.requests();
    new LatencyJob(
            RequestEnds.events(config.bootstrap(), requests.topic(), requests.group(), kafka),
            new LatencyJob.Settings(
                config.fireDelay(),
                config.idleAfter(),
                config.epoch(),
                SloTable.read(config.store())),
            RequestEnds.sinks(config.store()))
        .withReaders(readers(config, requests.topic(), kafka, env))
        .build(env);
  }

  private static int readers(
      JobConfig config, String topic, Properties kafka, StreamExecutionEnvironment env) {
    return Readers.of(config.bootstrap(), topic, kafka, env.getParallelism());
  }

  private static EfficiencyJob.Settings settings(JobConfig config) {
    EfficiencyJob.Settings settings =
        new EfficiencyJob.Settings(
                config.fireDelay(),
                config.idleAfter(),
                config.epoch(),
                PriceTable.read(config.store()),
                new PowerBook(config.nodeClasses(), SiteTable.read(config.store())))
            .withLabels(config.labels());
    return config.regressions().enabled() ? settings.judged() : settings;
  }

  private static void build(JobConfig config, StreamExecutionEnvironment env) {
    if (config.parallelism() > 0) {
      env.setParallelism(config.parallelism());
    }
    Properties kafka = new Properties();
    kafka.putAll(config.kafkaProperties());
    EfficiencyJob.Settings settings = settings(config);
    EfficiencyJob.Judged judged =
        new EfficiencyJob(
                KafkaEnds.nodeSamples(config.bootstrap(), config.topic(), config.group(), kafka),
                settings,
                StoreEnds.sinks(config.store(), config.bootstrap(), kafka))
            .withReaders(readers(config, config.topic(), kafka, env))
            .build(env);
    DataStream<ChangeEvent> changes =
        new ChangeEvents(
                EventEnds.told(config.bootstrap(), kafka),
                EventEnds.sinks(config.store(), config.bootstrap(), kafka))
            .build(env, judged.changes());
    if (config.regressions().enabled()) {
      new RegressionJob(
              new RegressionJob.Settings(
                  config.regressions().tuning(), settings.judgeDelay(), config.epoch()),
              RegressionEnds.sinks(config.store(), config.bootstrap(), kafka))
          .build(judged, changes);
    }
    if (config.requests().enabled()) {
      latency(config, kafka, env);
    }
    HeartbeatSource.addTo(
        env, new Heartbeats(config.bootstrap(), config.timedTopics(), config.heartbeat(), kafka));
  }
}
