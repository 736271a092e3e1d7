package io.tokenwatt.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.RetainedCheckpoints;
import io.tokenwatt.jobs.node.ChangingNode;
import io.tokenwatt.jobs.sink.FactSink;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detected and told events on a real Kafka, Flink and ClickHouse. */
class ChangeEventsTest {
  private static final Map<String, String> CREATE_TIME =
      Map.of("message.timestamp.type", "CreateTime", "retention.ms", "-1");
  private static final int NODES = 4;

  @TempDir Path checkpoints;

  private final long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
  private final Engines engines = Engines.shared();

  ChangeEventsTest() {
    System.out.println("ChangeEventsTest seed " + seed);
  }

  /** The lives of some nodes, each on the partition of its name. */
  private List<RawRecord> samples() {
    List<RawRecord> all = new ArrayList<>();
    for (int n = 0; n < NODES; n++) {
      String node = "n" + n;
      for (NodeSample sample : ChangingNode.life(seed + n, 40)) {
        NodeSample named =
            sample.toBuilder().setNode(sample.getNode().toBuilder().setNode(node)).build();
        all.add(record(node, named.toByteArray(), sample.getObservedAtMs() + 50, n % 2));
      }
    }
    all.sort(Comparator.comparingLong(RawRecord::timestampMs));
    return all;
  }

  private static RawRecord record(String key, byte[] value, long ms, int partition) {
    return new RawRecord(key, value, ms, "", partition, 0);
  }

  private static RawRecord told(String id, String title, long ms) {
    return record(
        id,
        ChangeEvent.newBuilder()
            .setEventId(id)
            .setTimeMs(ms)
            .setKind(ChangeKind.CHANGE_NOTE)
            .setTitle(title)
            .build()
            .toByteArray(),
        ms,
        Math.floorMod(id.hashCode(), 2));
  }

  private List<String> rows(StoreConfig store) {
    return engines.rows(
        store,
        "SELECT toString(tuple(*)) AS line FROM %s.events FINAL ORDER BY line"
            .formatted(store.database()));
  }

  @Test
  void whateverParallelismAndRestartTheEventsAreTheSame() throws Exception {
    List<RawRecord> samples = samples();
    long from = samples.get(0).timestampMs();
    List<RawRecord> told = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      told.add(told("t" + i % 30, "note " + i, from + i * 10_000)); // ten are told twice
    }
    for (String topic : List.of("changes-samples", "changes-told")) {
      engines.topic(topic, 2, CREATE_TIME);
    }
    int half = samples.size() / 2;
    engines.append("changes-samples", samples.subList(0, half));
    engines.append("changes-told", told.subList(0, 25));
    StoreConfig one = engines.database("changes_one");
    StoreConfig two = engines.database("changes_two");
    StoreConfig restarted = engines.database("changes_restarted");

    EventsRun first = new EventsRun(restarted, 2, checkpoints.resolve("a"), null);
    JobClient client =
        first.start(
            first.topic("changes-samples", false), first.topic("changes-told", false), c -> {});
    await()
        .atMost(Duration.ofSeconds(120))
        .until(
            () ->
                engines.number(restarted, "SELECT count() FROM changes_restarted.events") > 5
                    && RetainedCheckpoints.newest(checkpoints.resolve("a")).isPresent());
    client.cancel().get(60, TimeUnit.SECONDS);
    String last =
        RetainedCheckpoints.newest(checkpoints.resolve("a")).orElseThrow().toUri().toString();
    engines.append("changes-samples", samples.subList(half, samples.size()));
    engines.append("changes-told", told.subList(25, told.size()));
    EventsRun second = new EventsRun(restarted, 1, checkpoints.resolve("b"), last);
    JobClient rest =
        second.start(
            second.topic("changes-samples", false), second.topic("changes-told", false), c -> {});
    toTheEnd(new EventsRun(one, 1, checkpoints.resolve("1"), null));
    toTheEnd(new EventsRun(two, 2, checkpoints.resolve("2"), null));

    List<String> expected = rows(one);
    assertThat(expected).as("seed %d", seed).hasSizeGreaterThan(30 + NODES * 4);
    assertThat(rows(two)).as("seed %d", seed).isEqualTo(expected);
    await()
        .atMost(Duration.ofSeconds(120))
        .untilAsserted(() -> assertThat(rows(restarted)).as("seed %d", seed).isEqualTo(expected));
    rest.cancel().get(60, TimeUnit.SECONDS);
    assertThat(
            engines.number(
                one, "SELECT count() FROM changes_one.events FINAL WHERE origin = 'told'"))
        .isEqualTo(30);
    assertThat(
            engines.number(
                one, "SELECT uniqExact(event_id) - count() FROM changes_one.events FINAL"))
        .isZero();
  }

  private void toTheEnd(EventsRun run) throws Exception {
    run.start(run.topic("changes-samples", true), run.topic("changes-told", true), c -> {})
        .getJobExecutionResult()
        .get(120, TimeUnit.SECONDS);
  }

  @Test
  void recordsThatAreNoEventsHaveTheirReasonAndStopNothing() throws Exception {
    engines.topic("changes-none", 1, CREATE_TIME);
    engines.topic("changes-wrong", 2, CREATE_TIME);
    long now = System.currentTimeMillis();
    engines.append(
        "changes-wrong",
        List.of(
            told("a", "good", now),
            record("b", new byte[] {9}, now, 0),
            record("", new byte[0], now, 1),
            record("c", told("d", "other key", now).value(), now, 1),
            told("e", " ", now),
            told("f", "good too", now)));
    StoreConfig store = engines.database("changes_wrong");
    EventsRun run = new EventsRun(store, 2, checkpoints, null);
    run.start(run.topic("changes-none", true), run.topic("changes-wrong", true), c -> {})
        .getJobExecutionResult()
        .get(120, TimeUnit.SECONDS);

    assertThat(
            engines.rows(store, "SELECT title AS t FROM changes_wrong.events FINAL ORDER BY title"))
        .containsExactly("{t=good}", "{t=good too}");
    assertThat(
            engines.rows(
                store, "SELECT reason AS r FROM changes_wrong.rejects FINAL ORDER BY reason"))
        .containsExactly("{r=empty}", "{r=missing}", "{r=not_protobuf}", "{r=wrong_key}");
  }

  @Test
  void aTopicOfToldEventsThatIsNotThereHoldsNoWatermarkBack() throws Exception {
    engines.topic("changes-alone", 2, CREATE_TIME);
    engines.append("changes-alone", samples());
    StoreConfig store = engines.database("changes_alone");
    StoreConfig behind = engines.database("changes_behind");
    EventsRun run = new EventsRun(store, 2, checkpoints, null);
    JobClient client =
        run.start(
            run.topic("changes-alone", false),
            run.perhaps("changes-missing"),
            changes ->
                changes
                    .keyBy(event -> event.scope().node())
                    .process(new OnTime())
                    .sinkTo(new FactSink<>(behind, FactWriter::writeEvents)));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        engines.number(behind, "SELECT count() FROM changes_behind.events FINAL"))
                    .isGreaterThan(NODES * 3));
    client.cancel().get(60, TimeUnit.SECONDS);
    assertThat(
            engines.number(
                behind, "SELECT count() FROM changes_behind.events WHERE origin = 'first_seen'"))
        .isZero();
  }
}
