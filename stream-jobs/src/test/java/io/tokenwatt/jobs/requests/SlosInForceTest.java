package io.tokenwatt.jobs.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.FollowedTable;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SLOs that people load while the job runs, on a real Kafka, Flink and ClickHouse. */
class SlosInForceTest {
  private static final String TOPIC = "requests-slos";

  /** Recent, so that no table's time to live takes rows away. */
  private static final long START = System.currentTimeMillis() / 10_000 * 10_000 - 6 * 3_600_000;

  private final Engines engines = Engines.shared();
  private long events;

  /** One request of 1 s, 11 s after the one before: its window closes with the next one's. */
  private void request() {
    long atMs = START + 11_000 * events++;
    RequestEvent event =
        RequestEvent.newBuilder()
            .setEventId("event-" + events)
            .setCompletedAtMs(atMs)
            .setAgent("a")
            .setModelName("llama-3.3-70b")
            .setStatus(RequestStatus.REQUEST_OK)
            .setE2EGatewayUs(1_000_000)
            .build();
    engines.append(
        TOPIC, List.of(new RawRecord(event.getEventId(), event.toByteArray(), atMs, "", 0, 0)));
  }

  @Test
  void aRunningJobJudgesByThemWhatItCountsFromThenOn(@TempDir Path checkpoints) throws Exception {
    StoreConfig store = engines.database("slos_in_force");
    engines.topic(TOPIC, 1, Map.of("message.timestamp.type", "CreateTime"));
    JobClient job =
        LatencyRun.start(
            TOPIC,
            store,
            1,
            false,
            checkpoints,
            null,
            FollowedTable.every(Duration.ofMillis(200), "slos", () -> SloTable.once(store)));
    try {
      await()
          .atMost(Duration.ofSeconds(120))
          .until(
              () -> {
                request();
                return sum(store, "requests") > 0;
              });
      assertThat(sum(store, "requests_judged")).isZero();
      engines.command(
          store,
          "INSERT INTO slos_in_force.slos (slo, measure, vantage, comparison, threshold, objective,"
              + " effective_from, version)"
              + " VALUES ('s', 'e2e', 'gateway', '<=', 2, 0.9, '2020-01-01 00:00:00', 7)");
      await()
          .atMost(Duration.ofSeconds(120))
          .until(
              () -> {
                request();
                return sum(store, "requests_good") > 0;
              });
      assertThat(
              engines.rows(
                  store,
                  "SELECT DISTINCT requests_judged AS j, slo_version AS v FROM slos_in_force.request_10s"
                      + " FINAL ORDER BY j"))
          .containsExactly("{j=0, v=0}", "{j=1, v=7}");
    } finally {
      Engines.stop(job);
    }
  }

  private long sum(StoreConfig store, String column) {
    return engines.number(store, "SELECT sum(" + column + ") FROM slos_in_force.request_10s FINAL");
  }
}
