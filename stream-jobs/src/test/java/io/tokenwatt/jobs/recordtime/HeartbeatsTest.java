package io.tokenwatt.jobs.recordtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.efficiency.EfficiencyJob;
import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.LocalFlink;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.StoreEnds;
import io.tokenwatt.jobs.node.ServingNode;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.model.Heartbeat;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heartbeats in a log whose times are the broker's. */
class HeartbeatsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final Map<String, String> BROKERS_TIME =
      Map.of("message.timestamp.type", "LogAppendTime");

  @TempDir Path checkpoints;

  private final Engines engines = Engines.shared();
  private final String bootstrap = engines.kafka.bootstrapServers();

  private Heartbeats every(Duration time, String... topics) {
    return new Heartbeats(bootstrap, List.of(topics), time, new Properties());
  }

  /**
   * No partition is ever called idle here, one has no node, and the only agent stops: nothing but
   * heartbeats can close the windows. They are read by a job that counts all it reads.
   */
  @Test
  void windowsCloseThoughAPartitionIsEmptyAndAllAgentsFellSilent() throws Exception {
    engines.topic("beats", 2, BROKERS_TIME);
    StoreConfig store = engines.database("beats");
    long now = System.currentTimeMillis();
    ServingNode node = new ServingNode("n1", "chat", 'A', now - 60_000, 1);
    List<RawRecord> records = new ArrayList<>();
    for (int second = 12; second > 0; second--) {
      long atMs = now - second * 1000L;
      records.add(new RawRecord("n1", node.sample(atMs, 20, 1).toByteArray(), atMs, "", 0, 0));
    }
    engines.append("beats", records);
    StreamExecutionEnvironment env = LocalFlink.environment(2, checkpoints, null);
    new EfficiencyJob(
            LocalFlink.source("beats", store, false, 50),
            new EfficiencyJob.Settings(
                    Duration.ofSeconds(2),
                    Duration.ZERO,
                    0,
                    new PriceBook(List.of()),
                    PowerBook.EMPTY)
                .judged(),
            StoreEnds.sinks(store, bootstrap, new Properties()))
        .build(env);
    HeartbeatSource.addTo(env, every(Duration.ofMillis(200), "beats"));
    JobClient job = env.executeAsync("beats");
    try {
      await()
          .atMost(DEADLINE)
          .until(
              () ->
                  engines.number(store, "SELECT sum(records) FROM beats.intake_10s FINAL") == 12
                      && engines.number(store, "SELECT count() FROM beats.efficiency_10s") > 0);
    } finally {
      Engines.stop(job);
    }
    assertThat(engines.rows(store, "SELECT DISTINCT node, outcome FROM beats.intake_10s"))
        .as("heartbeats are nobody's intake")
        .isEqualTo(List.of("{node=n1, outcome=counted}"));
    assertThat(engines.number(store, "SELECT count() FROM beats.rejects")).isZero();
  }

  @Test
  void everyPartitionOfEveryTopicHasTheBrokersTime() {
    engines.topic("beats-one", 1, BROKERS_TIME);
    engines.topic("beats-three", 3, BROKERS_TIME);
    long before = System.currentTimeMillis();
    try (HeartbeatWriter writer =
        new HeartbeatWriter(every(Duration.ofMillis(100), "beats-one", "beats-three"))) {
      writer.start();
      await().atMost(DEADLINE).until(() -> writer.written() >= 8);
      assertThat(writer.failed()).isZero();
    }
    List<RawRecord> all = new ArrayList<>(engines.records("beats-one"));
    all.addAll(engines.records("beats-three"));
    assertThat(all).allMatch(record -> Heartbeat.is(record.key(), record.value()));
    assertThat(all).allMatch(record -> record.timestampMs() >= before);
    assertThat(all.stream().map(r -> r.topic() + r.partition()).distinct()).hasSize(4);
  }

  /** Elsewhere it would move time to now, and close what is still to be told. */
  @Test
  void inALogOfTheWritersTimeAHeartbeatMovesNothingAndIsNotRepeated() {
    engines.topic("beats-told", 1, Map.of("message.timestamp.type", "CreateTime"));
    engines.topic("beats-known", 1, BROKERS_TIME);
    try (HeartbeatWriter writer =
        new HeartbeatWriter(every(Duration.ofMillis(50), "beats-told", "beats-known"))) {
      writer.start();
      await().atMost(DEADLINE).until(() -> engines.records("beats-known").size() >= 20);
    }
    List<RawRecord> told = engines.records("beats-told");
    assertThat(told).isNotEmpty().hasSizeLessThan(20);
    assertThat(told).allMatch(record -> record.timestampMs() == Heartbeat.WRITTEN_MS);
  }

  @Test
  void aTopicThatIsNotThereIsNeitherMadeNorWaitedFor() {
    engines.topic("beats-there", 1, BROKERS_TIME);
    try (HeartbeatWriter writer =
        new HeartbeatWriter(every(Duration.ofMillis(50), "beats-absent", "beats-there"))) {
      writer.start();
      await().atMost(DEADLINE).until(() -> writer.written() >= 5);
      assertThat(writer.failed()).isZero();
    }
  }

  /** Whoever starts and ends it waits for nothing, and learns how many were lost. */
  @Test
  void whereNobodyAnswersFailuresAreCounted() {
    Heartbeats nowhere =
        new Heartbeats("127.0.0.1:1", List.of("t"), Duration.ofMillis(100), new Properties());
    try (HeartbeatWriter writer = new HeartbeatWriter(nowhere)) {
      writer.start();
      await().atMost(DEADLINE).until(() -> writer.failed() >= 1);
      assertThat(writer.written()).isZero();
    }
  }

  @Test
  void noMoreSubtasksReadThanThereArePartitions() {
    engines.topic("beats-few", 2, BROKERS_TIME);
    Properties none = new Properties();
    assertThat(Readers.of(bootstrap, "beats-few", none, 5)).isEqualTo(2);
    assertThat(Readers.of(bootstrap, "beats-few", none, 1)).isEqualTo(1);
    assertThat(Readers.of(bootstrap, "beats-nowhere", none, 5)).isEqualTo(5);
    assertThat(Readers.of("127.0.0.1:1", "beats-few", none, 5)).isEqualTo(5);
  }
}
