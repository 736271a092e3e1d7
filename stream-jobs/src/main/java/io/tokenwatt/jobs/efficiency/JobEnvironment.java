package io.tokenwatt.jobs.efficiency;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;

/**
 * Flink settings that the jobs rely on, wherever they run: no type falls to Kryo, whose bytes no
 * later release could read; records are handed on uncopied, so that no operator may keep or change
 * what it was given; a failed job starts again after 0.5 s to 30 s, without end.
 */
public final class JobEnvironment {
  private JobEnvironment() {}

  /**
   * @param checkpoints a URI such as file:///var/lib/tokenwatt/checkpoints or s3://…; kept when the
   *     job is cancelled
   */
  public static Configuration configuration(String checkpoints, Duration interval) {
    Configuration c = new Configuration();
    c.set(PipelineOptions.GENERIC_TYPES, false);
    c.set(PipelineOptions.OBJECT_REUSE, true);
    c.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    c.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    c.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
    c.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    c.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    c.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    c.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    c.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    return c;
  }
}
