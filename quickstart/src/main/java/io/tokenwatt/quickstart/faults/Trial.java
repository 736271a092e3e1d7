package io.tokenwatt.quickstart.faults;

import io.tokenwatt.jobs.JobsLauncher;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * One reading of the log, from a new topic into a new database, to the end of every window. Not
 * thread-safe.
 */
final class Trial {
  static final int PARALLELISM = 2;

  private final Stand stand;
  private final Plan plan;
  private final JobFiles files;
  private final Job job;
  private final Random random;

  /**
   * @param feeding how long publishing the log takes
   * @param outage of the faults that last
   */
  record Plan(long seed, List<FaultLog.Entry> log, Duration feeding, Duration outage) {}

  Trial(Stand stand, Plan plan, String name) throws Exception {
    this.stand = stand;
    this.plan = plan;
    this.random = new Random(plan.seed() * 31 + name.hashCode());
    this.files = JobFiles.in(stand.folder, name, stand.kafka.bootstrapServers());
    this.job = new Job(stand, files);
    stand.kafka.createTopic(name, FaultLog.PARTITIONS, Map.of());
    Schema.apply(new StoreConfig(stand.store.httpUrl(), "default", "", name));
  }

  Job job() {
    return job;
  }

  Duration outage() {
    return plan.outage();
  }

  int choice(int of) {
    return random.nextInt(of);
  }

  /** Faults in a row, each drawn. */
  void several(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      Fault fault = Fault.values()[1 + random.nextInt(Fault.SCHEDULE.ordinal() - 1)];
      fault.strike(this, stand);
      job.awaitRunning();
    }
  }

  /** In this process, all of the log at once, nothing disturbed: what is to come out. */
  void undisturbed() throws Exception {
    Feeder.start(stand.kafka.bootstrapServers(), files.name(), plan.log(), Duration.ZERO)
        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    JobClient client = JobsLauncher.start(files.config(stand.store.httpUrl(), PARALLELISM));
    try (Progress progress = progress()) {
      readAll(progress);
    }
    String savepoints = files.folder().resolve("savepoints").toUri().toString();
    client
        .stopWithSavepoint(true, savepoints, SavepointFormatType.CANONICAL)
        .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    client.getJobExecutionResult().get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** On the cluster, published while it is read, with the fault in the second quarter. */
  Measured disturbed(Fault.Blow fault) throws Exception {
    job.start(Optional.empty(), PARALLELISM);
    try (Progress progress = progress()) {
      CompletableFuture<Void> fed =
          Feeder.start(stand.kafka.bootstrapServers(), files.name(), plan.log(), plan.feeding());
      double at = 0.25 + 0.25 * random.nextDouble();
      if (!progress.await((long) (at * plan.log().size()), Patience.LIMIT)) {
        throw new IllegalStateException("nothing is read; " + job.lastFailure());
      }
      final long struck = System.nanoTime();
      fault.strike(this, stand);
      final long right = System.nanoTime();
      fed.get(Patience.LIMIT.plus(plan.feeding()).toSeconds(), TimeUnit.SECONDS);
      readAll(progress);
      job.stop(true);
      return Measured.of(progress.all(), struck, right);
    }
  }

  private Progress progress() {
    return new Progress(stand.kafka.bootstrapServers(), files.name(), files.name());
  }

  private void readAll(Progress progress) throws Exception {
    if (!progress.await(plan.log().size(), Patience.LIMIT)) {
      throw new IllegalStateException(
          "only part of the log is read and stored; " + job.lastFailure());
    }
  }
}
