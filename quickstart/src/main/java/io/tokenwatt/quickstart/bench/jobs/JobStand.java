package io.tokenwatt.quickstart.bench.jobs;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.Topics;
import io.tokenwatt.quickstart.bench.live.Child;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Broker, store, load and job, each a process of its own. Not thread-safe. */
final class JobStand implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int PARTITIONS = 12;

  /**
   * How the job runs.
   *
   * @param cores that its process may use, and subtasks per operator
   * @param regressions whether RegressionJob stands behind it
   * @param heap as for -Xmx
   * @param checkpoints their interval; "" = the default of the jobs
   * @param profile where Flight Recorder writes; null = no profile
   */
  record Setup(int cores, boolean regressions, String heap, String checkpoints, Path profile) {}

  final Growth growth = new Growth();
  final EmbeddedKafka kafka;
  final EmbeddedClickHouse store;
  final Piped load;
  private final Path folder;
  private final Setup setup;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private Piped job;
  private FlinkPage flink;

  JobStand(Setup setup, Path folder) throws IOException, InterruptedException {
    this.setup = setup;
    this.folder = Files.createDirectories(folder);
    try {
      kafka =
          opened(
              EmbeddedKafka.start(
                  KafkaOptions.throwaway().withRetention(4L << 30, 256 << 20).withHeap("512m")));
      kafka.createTopic(
          Topics.NODE_SAMPLES, PARTITIONS, Map.of("message.timestamp.type", "LogAppendTime"));
      for (String topic : List.of(Topics.REJECTS, Topics.EFFICIENCY, Topics.REGRESSIONS)) {
        kafka.createTopic(topic, 1, Map.of());
      }
      store = opened(EmbeddedClickHouse.start(ClickHouseOptions.throwaway().withMemory(6L << 30)));
      Schema.apply(config());
      load =
          opened(
              Piped.java(
                  LoadMain.class,
                  0,
                  List.of("-Xmx2g", "-XX:+UseSerialGC"),
                  List.of(kafka.bootstrapServers(), Topics.NODE_SAMPLES),
                  this.folder.resolve("load.log")));
      startJob();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  StoreConfig config() {
    return StoreConfig.of(store.httpUrl());
  }

  Piped job() {
    return job;
  }

  FlinkPage flink() {
    return flink;
  }

  /** From the newest checkpoint, if there is one; returns when all its tasks run. */
  void startJob() throws IOException, InterruptedException {
    int port = Child.freePort();
    Path config = Files.writeString(folder.resolve("jobs.yaml"), yaml(port));
    List<String> flags = new ArrayList<>(List.of("-Xmx" + setup.heap()));
    if (setup.profile() != null) {
      flags.add(
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + setup.profile());
      flags.add("-Xlog:jfr*=error:stderr");
    }
    job =
        opened(
            Piped.java(
                JobMain.class,
                setup.cores(),
                flags,
                List.of(config.toString()),
                folder.resolve("job.log")));
    flink = new FlinkPage(port);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!flink.runs()) {
      job.requireAlive();
      if (System.nanoTime() > deadline) {
        throw new IOException("the job does not run after " + PATIENCE + "; see " + folder);
      }
      Thread.sleep(50);
    }
  }

  private String yaml(int port) {
    return """
        kafka:
          bootstrap: "%s"
        store:
          url: "%s"
        requests:
          enabled: false
        regressions:
          enabled: %b
        # The oracle counts the topic's records by their offsets; every partition has nodes.
        heartbeat: off
        idle_after: 30m
        checkpoints: "%s"
        parallelism: %d
        ui_port: %d
        %s
        """
        .formatted(
            kafka.bootstrapServers(),
            store.httpUrl(),
            setup.regressions(),
            folder.resolve("checkpoints").toUri(),
            setup.cores(),
            port,
            setup.checkpoints().isEmpty() ? "" : "checkpoint_interval: " + setup.checkpoints());
  }

  /** Lets the fleet have so many nodes from the next tick on. */
  void fleet(int nodes) throws IOException {
    String[] answer = load.ask("fleet " + nodes).split(" ");
    growth.grown(Long.parseLong(answer[1]), Integer.parseInt(answer[2]));
  }

  /** Now minus the time up to which stage 2 has seen everything. */
  double lagSeconds() throws IOException, InterruptedException {
    job.requireAlive();
    long processed = flink.processedMs().orElse(0);
    return processed == 0 ? Double.NaN : (System.currentTimeMillis() - processed) / 1e3;
  }

  /**
   * Ends the load, lets the job finish and compares.
   *
   * @return records compared; empty where the job is still behind after three minutes
   * @throws IllegalStateException with the first difference
   */
  OptionalLong check() throws IOException, InterruptedException {
    String[] answer = load.ask("stop").split(" ");
    long lastTick = Long.parseLong(answer[1]);
    long sent = Long.parseLong(answer[2]);
    if (sent != growth.records(lastTick)) {
      throw new IllegalStateException("the load sent " + sent + " records, a tick is missing");
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (flink.processedMs().orElse(0) < (lastTick - 1) * LoadPlan.TICK_MS) {
      job.requireAlive();
      if (System.nanoTime() > deadline) {
        return OptionalLong.empty();
      }
      Thread.sleep(200);
    }
    // A window's first row comes 2 s after its end, when the broker's time is that far.
    long untilMs = lastTick * LoadPlan.TICK_MS - 5_000;
    try (RowsOracle oracle = new RowsOracle(config(), kafka.bootstrapServers())) {
      String difference = oracle.difference(growth, lastTick, untilMs);
      deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!difference.isEmpty() && System.nanoTime() < deadline) {
        job.requireAlive();
        Thread.sleep(2_000);
        difference = oracle.difference(growth, lastTick, untilMs);
      }
      if (!difference.isEmpty()) {
        throw new IllegalStateException("WRONG RESULT: " + difference);
      }
    }
    return OptionalLong.of(sent);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a part of the benchmark does not end", e);
      }
    }
  }
}
