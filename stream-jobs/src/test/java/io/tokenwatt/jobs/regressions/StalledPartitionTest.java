package io.tokenwatt.jobs.regressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.StalledFetch;
import io.tokenwatt.jobs.regression.suspect.TrialSeed;
import io.tokenwatt.model.Heartbeat;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One partition's records are read long after the others', and in a fourth there is nothing but
 * heartbeats: rows and verdicts are those of a reading from begin to end. The log ends with
 * heartbeats, and all its windows close.
 */
class StalledPartitionTest {
  private static final String TOPIC = "stalled";
  private static final int PARTITIONS = ServingLog.PARTITIONS + 1;
  private static final int SECONDS = 420;
  private static final int HOURS_LATER = 3 * 3_600;
  private static final int STALLED_FROM = 260;
  private static final long START =
      System.currentTimeMillis() / 3_600_000 * 3_600_000 - 6 * 3_600_000;

  /** What idle_after was before there were heartbeats, and some. */
  private static final int STALL_S = 7;

  @TempDir Path checkpoints;

  private static List<RawRecord> log(long seed) {
    List<RawRecord> log =
        new ArrayList<>(
            new ServingLog(START, SECONDS)
                .with("chat", 4, seed, (node, s) -> s >= 200 ? 1.25 : 1)
                .records());
    log.removeIf(record -> record.key().equals("sentinel"));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      for (int s = 0; s < SECONDS + HOURS_LATER; s += s < SECONDS ? 2 : 60) {
        log.add(heartbeat(START + s * 1000L + 500, partition));
      }
    }
    log.sort(Comparator.comparingLong(RawRecord::timestampMs));
    return log;
  }

  private static RawRecord heartbeat(long recordMs, int partition) {
    return new RawRecord(Heartbeat.KEY, null, recordMs, "", partition, 0);
  }

  @Test
  void aPartitionThatIsReadLateChangesNoRowAndNoVerdict() throws Exception {
    long seed = TrialSeed.of(20_261_121);
    Engines engines = Engines.shared();
    engines.topic(TOPIC, PARTITIONS, Map.of("message.timestamp.type", "CreateTime"));
    engines.append(TOPIC, log(seed));
    StoreConfig whole = engines.database("stalled_never");
    StoreConfig stalled = engines.database("stalled_once");
    RegressionRun.toTheEnd(TOPIC, whole, 1, checkpoints.resolve("never"));
    assertThat(engines.number(whole, "SELECT count() FROM stalled_never.regressions FINAL"))
        .as("incidents, seed %d", seed)
        .isEqualTo(1);

    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch begun =
        StalledFetch.of(new TopicPartition(TOPIC, 1), START + STALLED_FROM * 1000L, over);
    JobClient job =
        RegressionRun.start(TOPIC, stalled, PARTITIONS, false, checkpoints.resolve("once"), null);
    try {
      assertThat(begun.await(90, TimeUnit.SECONDS)).isTrue();
      over.await(STALL_S, TimeUnit.SECONDS); // the outage itself
      over.countDown();
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () ->
                  assertThat(judged(engines, stalled))
                      .as("verdicts, seed %d", seed)
                      .isEqualTo(judged(engines, whole)));
      for (String table :
          List.of("efficiency_10s", "gpu_10s", "engine_10s", "intake_10s", "regressions")) {
        await()
            .atMost(Duration.ofSeconds(90))
            .untilAsserted(
                () ->
                    assertThat(only(engines, table))
                        .as("rows of %s in one of both, seed %d", table, seed)
                        .isEmpty());
      }
    } finally {
      over.countDown();
      Engines.stop(job);
    }
    assertThat(engines.number(stalled, "SELECT count() FROM stalled_once.rejects")).isZero();
    assertThat(
            engines.number(
                stalled,
                "SELECT countIf(node = '%s') FROM stalled_once.intake_10s"
                    .formatted(Heartbeat.KEY)))
        .as("heartbeats are nobody's intake")
        .isZero();
  }

  private static List<String> judged(Engines engines, StoreConfig store) {
    return engines.rows(
        store,
        "SELECT toString(tuple(*)) AS entry FROM %s.judged_windows FINAL ORDER BY entry"
            .formatted(store.database()));
  }

  private static List<String> only(Engines engines, String table) {
    String rows = "SELECT toString(tuple(*)) AS entry FROM %s." + table + " FINAL";
    String one = rows.formatted("stalled_never");
    String other = rows.formatted("stalled_once");
    String differences = "(%1$s EXCEPT %2$s) UNION ALL (%2$s EXCEPT %1$s)".formatted(one, other);
    return engines.rows(
        StoreConfig.of(engines.clickHouse.httpUrl()), "SELECT * FROM (" + differences + ")");
  }
}
