package io.tokenwatt.jobs.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.RetainedCheckpoints;
import io.tokenwatt.model.catalogue.ModelCatalogue;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a real Kafka, Flink and ClickHouse. */
class LatencyJobTest {
  /** Recent, so that no table's time to live takes rows away. */
  private static final long START = System.currentTimeMillis() / 10_000 * 10_000 - 6 * 3_600_000;

  private static final Map<String, String> MODELS =
      Stream.of("llama-3.3-70b", "qwen3-8b")
          .collect(Collectors.toMap(m -> m, m -> ModelCatalogue.standard().resolve(m).name()));

  @TempDir Path checkpoints;

  private final long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
  private final Engines engines = Engines.shared();

  LatencyJobTest() {
    System.out.println("LatencyJobTest seed " + seed);
  }

  private void topic(String name) {
    engines.topic(name, RandomEvents.PARTITIONS, Map.of("message.timestamp.type", "CreateTime"));
  }

  private List<String> rows(StoreConfig store) {
    return engines
        .rows(store, SlowRequests.SQL.formatted(store.database() + ".request_10s"))
        .stream()
        .map(row -> row.replaceAll("^\\{line=|}$", ""))
        .toList();
  }

  /** All columns, sketches included. */
  private List<String> wholeRows(StoreConfig store, String table) {
    return engines.rows(
        store,
        "SELECT toString(tuple(*)) AS line FROM %s.%s FINAL ORDER BY line"
            .formatted(store.database(), table));
  }

  @Test
  void whateverOrderRepetitionDelayParallelismAndRestartTheRowsAreTheSame() throws Exception {
    RandomEvents random = new RandomEvents(seed, 1_500, START, 240_000);
    topic("requests-prompt");
    topic("requests-delayed");
    engines.append("requests-prompt", random.prompt());
    List<RawRecord> delayed = random.delayedAndRepeated();
    int half = delayed.size() / 2;
    StoreConfig prompt = engines.database("requests_prompt");
    StoreConfig one = engines.database("requests_one");
    StoreConfig two = engines.database("requests_two");
    StoreConfig restarted = engines.database("requests_restarted");

    engines.append("requests-delayed", delayed.subList(0, half));
    JobClient first =
        LatencyRun.start("requests-delayed", restarted, 2, false, checkpoints.resolve("a"), null);
    await()
        .atMost(Duration.ofSeconds(120))
        .until(
            () ->
                engines.number(restarted, "SELECT count() FROM requests_restarted.request_10s") > 20
                    && RetainedCheckpoints.newest(checkpoints.resolve("a")).isPresent());
    Engines.stop(first);
    String from =
        RetainedCheckpoints.newest(checkpoints.resolve("a")).orElseThrow().toUri().toString();
    engines.append("requests-delayed", delayed.subList(half, delayed.size()));
    JobClient rest =
        LatencyRun.start("requests-delayed", restarted, 1, false, checkpoints.resolve("b"), from);
    LatencyRun.toTheEnd("requests-prompt", prompt, 2, checkpoints.resolve("p"));
    LatencyRun.toTheEnd("requests-delayed", one, 1, checkpoints.resolve("1"));
    LatencyRun.toTheEnd("requests-delayed", two, 2, checkpoints.resolve("2"));

    List<String> expected = SlowRequests.lines(random.events, MODELS);
    assertThat(rows(prompt)).as("seed %d", seed).isEqualTo(expected);
    List<String> whole = wholeRows(prompt, "request_10s");
    assertThat(wholeRows(one, "request_10s")).as("seed %d", seed).isEqualTo(whole);
    assertThat(wholeRows(two, "request_10s")).as("seed %d", seed).isEqualTo(whole);
    assertThat(wholeRows(two, "request_intake_10s"))
        .isEqualTo(wholeRows(one, "request_intake_10s"));
    // No watermark passes the last records of a log that goes on: the machine's clock writes them.
    await()
        .atMost(Duration.ofSeconds(120))
        .untilAsserted(
            () ->
                assertThat(wholeRows(restarted, "request_10s"))
                    .as("seed %d", seed)
                    .isEqualTo(whole));
    Engines.stop(rest);
    assertThat(
            engines.number(
                one,
                "SELECT sum(events) FROM requests_one.request_intake_10s FINAL WHERE outcome IN ('duplicate', 'late')"))
        .isEqualTo(delayed.size() - random.events.size());
  }

  @Test
  void eachPublishedEventIsCountedOrHasItsReason() throws Exception {
    RandomEvents random = new RandomEvents(seed, 300, START, 60_000);
    List<RawRecord> log = new ArrayList<>(random.delayedAndRepeated());
    log.addAll(random.wrong(30));
    topic("requests-wrong");
    engines.append("requests-wrong", RandomEvents.sorted(log));
    StoreConfig store = engines.database("requests_wrong");

    LatencyRun.toTheEnd("requests-wrong", store, 2, checkpoints);

    String intake = "requests_wrong.request_intake_10s FINAL";
    assertThat(engines.number(store, "SELECT sum(events) FROM " + intake)).isEqualTo(log.size());
    assertThat(outcome(store, intake, "counted")).isEqualTo(random.events.size());
    assertThat(outcome(store, intake, "rejected")).isEqualTo(20);
    assertThat(outcome(store, intake, "late")).isGreaterThanOrEqualTo(10);
    long outputTokens = random.events.stream().mapToLong(e -> e.getOutputTokens()).sum();
    assertThat(
            engines.number(
                store, "SELECT sum(output_tokens) FROM " + intake + " WHERE outcome = 'counted'"))
        .isEqualTo(outputTokens)
        .isEqualTo(
            engines.number(
                store, "SELECT sum(output_tokens) FROM requests_wrong.request_10s FINAL"));
    assertThat(
            engines.number(
                store,
                "SELECT count() FROM requests_wrong.rejects FINAL WHERE reason IN ('not_protobuf', 'wrong_key') AND payload = '' AND node = ''"))
        .isEqualTo(20);
  }

  private long outcome(StoreConfig store, String table, String outcome) {
    return engines.number(
        store, "SELECT sum(events) FROM " + table + " WHERE outcome = '" + outcome + "'");
  }
}
