package io.tokenwatt.jobs.regressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.regression.suspect.TrialSeed;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import io.tokenwatt.model.proto.ChangeScope;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By the wall clock: from a window's end to the row, and from accepting to the end. */
class LiveDelayTest {
  private static final int HISTORY_S = 300;

  @TempDir Path checkpoints;

  @Test
  void aRegressionIsInTheTableSecondsAfterTheWindowThatShowsIt() throws Exception {
    long seed = TrialSeed.of(20_261_121);
    Engines engines = Engines.shared();
    engines.topic("live", ServingLog.PARTITIONS, Map.of("message.timestamp.type", "CreateTime"));
    StoreConfig store = engines.database("live");
    long start = System.currentTimeMillis() / 10_000 * 10_000 - 1000L * HISTORY_S;
    List<RawRecord> log =
        new ServingLog(start, HISTORY_S + 200)
            .with("chat", 4, seed, (node, s) -> s >= HISTORY_S + 20 ? 1.25 : 1)
            .records();
    AtomicInteger sent = new AtomicInteger();
    ScheduledExecutorService agent = Executors.newSingleThreadScheduledExecutor();
    JobClient job = null;
    try {
      agent.scheduleWithFixedDelay(
          () -> publish(engines, log, sent), 0, 200, TimeUnit.MILLISECONDS);
      job = RegressionRun.start("live", store, 2, false, checkpoints, null);
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofSeconds(300))
          .until(() -> engines.number(store, "SELECT count() FROM live.regressions") > 0);
      long seen = System.currentTimeMillis();
      long opened =
          1000
              * engines.number(
                  store, "SELECT toInt64(toUnixTimestamp(min(opened))) FROM live.regressions");
      double behind = (seen - opened) / 1000.0;
      double after = (seen - (start + 1000L * (HISTORY_S + 20))) / 1000.0;
      System.out.printf(
          "in the table %.1f s after its window's end (5 s are the judge's), %.1f s after the"
              + " step%n",
          behind, after);
      // Never before the judge's delay; how long after it is the machine's speed, printed above.
      assertThat(behind).as("s, seed %d", seed).isGreaterThanOrEqualTo(5.0);
      accepted(engines, store);
    } finally {
      agent.shutdownNow();
      if (job != null) {
        job.cancel().get(60, TimeUnit.SECONDS);
      }
    }
  }

  /** From the command over the topic to the row. */
  private static void accepted(Engines engines, StoreConfig store) throws Exception {
    String id = engines.rows(store, "SELECT any(regression) AS id FROM live.regressions").get(0);
    id = id.substring("{id=".length(), id.length() - 1);
    ChangeEvent event =
        ChangeEvent.newBuilder()
            .setEventId("accept-" + id)
            .setKind(ChangeKind.CHANGE_ACCEPT)
            .setScope(ChangeScope.newBuilder().setRegion("eu").setWorkload("chat"))
            .setTitle("accepted")
            .setWhy("agreed")
            .setRegression(id)
            .setTimeMs(System.currentTimeMillis())
            .build();
    engines.append(
        Topics.EVENTS,
        List.of(
            new RawRecord(
                event.getEventId(), event.toByteArray(), System.currentTimeMillis(), "", 0, 0)));
    await()
        .atMost(Duration.ofSeconds(180))
        .until(
            () ->
                engines.number(
                        store,
                        "SELECT countIf(close_reason = 'accepted' AND note = 'agreed')"
                            + " FROM live.regressions FINAL")
                    == 1);
  }

  private static void publish(Engines engines, List<RawRecord> log, AtomicInteger sent) {
    int from = sent.get();
    int to = from;
    while (to < log.size() && log.get(to).timestampMs() <= System.currentTimeMillis()) {
      to++;
    }
    if (to > from) {
      engines.append("live", log.subList(from, to));
      sent.set(to);
    }
  }
}
