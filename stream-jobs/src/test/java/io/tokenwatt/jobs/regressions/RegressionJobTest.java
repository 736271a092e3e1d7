package io.tokenwatt.jobs.regressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.RetainedCheckpoints;
import io.tokenwatt.jobs.regression.suspect.TrialSeed;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regressions through both jobs on a real Kafka, Flink and ClickHouse. The seed is fixed: one in
 * 150 others lets a step begin 70 s early in noise that happens to rise just before it.
 */
class RegressionJobTest {
  private static final long START =
      System.currentTimeMillis() / 3_600_000 * 3_600_000 - 6 * 3_600_000;
  private static final int WORSE_FROM = 1400;
  private static final int WORSE_UNTIL = 1900;
  private static final int SECONDS = 2400;

  @TempDir Path checkpoints;

  private static double step(int second) {
    return second >= WORSE_FROM && second < WORSE_UNTIL ? 1.25 : 1;
  }

  /** A step; a node that dies; a step while a fifth is unseen; a step and a spool that is late. */
  private static List<RawRecord> log(long seed) {
    return new ServingLog(START, SECONDS)
        .with("chat", 4, seed, (node, s) -> step(s))
        .with(
            "dying", 4, seed, (node, s) -> node == 1 && s >= WORSE_FROM + 100 ? ServingLog.LOST : 1)
        .with(
            "thin",
            5,
            seed,
            (node, s) ->
                node == 4 && s >= WORSE_FROM - 10 && s < WORSE_UNTIL + 10
                    ? ServingLog.LOST
                    : step(s))
        .with(
            "late",
            4,
            seed + 100,
            new ServingLog.Story() {
              @Override
              public double slowdown(int node, int second) {
                return step(second);
              }

              @Override
              public int spooled(int node, int second) {
                int until = WORSE_FROM + 220;
                return node == 3 && second >= WORSE_FROM + 100 && second < until
                    ? until - second
                    : 0;
              }
            })
        .records();
  }

  @Test
  void stepsOpenAndCloseTheSameWhateverParallelismAndRestartAndNothingElseDoes() throws Exception {
    long seed = TrialSeed.of(20_261_121);
    System.out.println("seed " + seed);
    Engines engines = Engines.shared();
    String topic = "steps";
    engines.topic(topic, ServingLog.PARTITIONS, Map.of("message.timestamp.type", "CreateTime"));
    List<RawRecord> log = log(seed);
    int half = log.size() * (WORSE_FROM + 200) / SECONDS; // in the middle of the open regression
    StoreConfig whole = engines.database("steps_whole");
    StoreConfig restarted = engines.database("steps_restarted");

    engines.append(topic, log.subList(0, half));
    JobClient first =
        RegressionRun.start(topic, restarted, 2, false, checkpoints.resolve("half"), null);
    await()
        .atMost(Duration.ofSeconds(180))
        .until(
            () ->
                engines.number(restarted, "SELECT count() FROM steps_restarted.regressions") > 0
                    && RetainedCheckpoints.newest(checkpoints.resolve("half")).isPresent());
    first.cancel().get(60, TimeUnit.SECONDS);
    String checkpoint =
        RetainedCheckpoints.newest(checkpoints.resolve("half")).orElseThrow().toUri().toString();
    engines.append(topic, log.subList(half, log.size()));
    RegressionRun.toTheEnd(topic, whole, 1, checkpoints.resolve("whole"));
    JobClient second =
        RegressionRun.start(topic, restarted, 1, false, checkpoints.resolve("rest"), checkpoint);

    List<String> all = every(engines, whole);
    try {
      judgedAsTheyHappened(engines, whole, seed);
      await()
          .atMost(Duration.ofSeconds(180))
          .untilAsserted(
              () ->
                  assertThat(every(engines, restarted))
                      .as("after a restart at other parallelism, seed %d", seed)
                      .isEqualTo(all));
    } finally {
      second.cancel().get(60, TimeUnit.SECONDS);
    }
  }

  private static void judgedAsTheyHappened(Engines engines, StoreConfig store, long seed) {
    String d = store.database();
    assertThat(
            engines.rows(
                store,
                "SELECT workload, count() AS n FROM %s.regressions FINAL GROUP BY ALL ORDER BY ALL"
                    .formatted(d)))
        .as("a dead node and low coverage are no regressions, seed %d", seed)
        .isEqualTo(List.of("{workload=chat, n=1}", "{workload=late, n=1}"));
    assertThat(
            engines.number(
                store,
                ("SELECT countIf(abs(toUnixTimestamp(started) - %d) <= 10 AND close_reason = 'recovered'"
                        + " AND opened - started <= 40 AND size BETWEEN 0.20 AND 0.30"
                        + " AND closed BETWEEN toDateTime(%d, 'UTC') AND toDateTime(%d, 'UTC')"
                        + " AND usd_per_day BETWEEN 10 AND 40 * 4)"
                        + " FROM %s.regressions FINAL")
                    .formatted(
                        START / 1000 + WORSE_FROM,
                        START / 1000 + WORSE_UNTIL,
                        START / 1000 + WORSE_UNTIL + 180,
                        d)))
        .as(
            "start, delay, size, price and end, seed %d: %s",
            seed,
            engines.rows(
                store,
                ("SELECT workload, toString(started) AS since, opened - started AS late, size,"
                        + " toString(closed) AS over, close_reason, usd_per_day"
                        + " FROM %s.regressions FINAL")
                    .formatted(d)))
        .isEqualTo(2);
    assertThat(
            engines.number(
                store,
                ("SELECT min(observed_ms / expected_ms) > 0.95 FROM %s.efficiency_10s FINAL WHERE workload = 'late'"
                        + " AND window_start >= %d AND window_start < %d")
                    .formatted(
                        d, START / 1000 + WORSE_FROM + 100, START / 1000 + WORSE_FROM + 200)))
        .as("what came late is in the facts, seed %d", seed)
        .isEqualTo(1);
    for (String workload : List.of("late", "thin")) {
      assertThat(
              engines.number(
                  store,
                  ("SELECT sum(measures) FROM %s.judged_windows FINAL"
                          + " WHERE workload = '%s' AND outcome = 'low_coverage'")
                      .formatted(d, workload)))
          .as("windows of %s that were not judged stay so and are told, seed %d", workload, seed)
          .isBetween(20L, 500L);
    }
  }

  /** The version counts the entries before it. */
  private static List<String> every(Engines engines, StoreConfig store) {
    return engines.rows(
        store,
        "SELECT toString(tuple(*)) AS entry FROM %s.regressions FINAL ORDER BY entry"
            .formatted(store.database()));
  }
}
