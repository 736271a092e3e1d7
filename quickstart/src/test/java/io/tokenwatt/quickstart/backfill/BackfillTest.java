package io.tokenwatt.quickstart.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.collectors.backfill.Backfill;
import io.tokenwatt.collectors.backfill.BackfillSpec;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.storage.Store;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command against a real Prometheus (Debian's), Kafka, Flink and ClickHouse. */
class BackfillTest {
  private static final long HOUR_MS = 3_600_000;

  private static final long END =
      Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - 3 * HOUR_MS;
  private static final long BEGIN = END - 26 * HOUR_MS;
  private static final long SEED = Long.getLong("tokenwatt.seed", System.nanoTime());

  @TempDir static Path folder;

  private static HistoryScene scene;
  private static PrometheusServer prometheus;
  private static EmbeddedClickHouse clickHouse;
  private static BackfillRuns runs;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        PrometheusServer.binaries().isPresent(),
        "no prometheus and promtool here: apt-get install prometheus, or -Dtokenwatt.test.prometheus=FOLDER");
    System.out.println("seed " + SEED);
    scene = new HistoryScene(BEGIN, END, SEED);
    scene.write(folder.resolve("history.txt"));
    prometheus = PrometheusServer.start(folder.resolve("history.txt"), folder);
    clickHouse = EmbeddedClickHouse.start(ClickHouseOptions.throwaway());
    runs = new BackfillRuns(prometheus, clickHouse, folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (clickHouse != null) {
      clickHouse.close();
    }
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void totalsAreThoseOfTheCountersAndHoursThoseOfASlowRecomputation() throws Exception {
    try (Store store = runs.store("totals")) {
      StoredCells cells = new StoredCells(store);
      String said = runs.backfill(store, BEGIN - HOUR_MS, END + HOUR_MS);
      System.out.println(said);

      assertThat(cells.total("gpu_mj + gpu_mj_bridged", "eu"))
          .isEqualTo(SlowHours.grown(scene.board0) + SlowHours.grown(scene.board1));
      assertThat(cells.total("gpu_mj + gpu_mj_bridged", "us"))
          .isEqualTo(SlowHours.grown(scene.idleBoard));
      assertThat(cells.total("output_tokens + output_tokens_bridged", "eu"))
          .isEqualTo(SlowHours.grown(scene.tokens));
      assertThat(cells.total("expected_ms - observed_ms", "eu"))
          .as("two boards: the gap of 33 scrapes, and 15 minutes after the last one")
          .isEqualTo(2 * 33 * 15_000L + 2 * 900_000L);
      assertThat(cells.total("gpu_mj_bridged", "eu")).as("the gap is no rate").isPositive();
      assertThat(cells.total("gpu_busy_ms", "eu")).isPositive();
      assertThat(cells.total("gpu_unknown_ms", "eu")).isLessThan(120_000);

      Map<Long, Double> eu = SlowHours.hours(scene.board0, HistoryScene.GPU_1_SHIFT_MS);
      SlowHours.hours(scene.board1, HistoryScene.GPU_1_SHIFT_MS)
          .forEach((hour, mj) -> eu.merge(hour, mj, Double::sum));
      compare(cells.stored("efficiency_1h", "gpu_mj", "eu"), eu);
      compare(cells.stored("efficiency_1h", "gpu_mj", "us"), SlowHours.hours(scene.idleBoard, 0));
      compare(
          cells.stored("efficiency_1h", "output_tokens", "eu"), SlowHours.hours(scene.tokens, 0));
    }
  }

  @Test
  void ratiosAreNullWhereAWindowIsFinerThanTheScrapes() throws Exception {
    try (Store store = runs.store("ratios")) {
      StoredCells cells = new StoredCells(store);
      runs.backfill(store, END - 3 * HOUR_MS, END - 2 * HOUR_MS);
      assertThat(cells.ratios(10)).as("10 s of scrapes every 15 s").isZero();
      assertThat(cells.ratios(60)).isPositive();
      assertThat(
              cells.number(
                  "SELECT countIf(energy_null_reason != 'source_period') FROM ratios.efficiency(window_s = 10) WHERE region = 'eu'"))
          .isZero();
    }
  }

  @Test
  void aSecondRunReplacesTheFirst() throws Exception {
    try (Store store = runs.store("twice")) {
      StoredCells cells = new StoredCells(store);
      long from = BEGIN + 6 * HOUR_MS;
      long to = from + 2 * HOUR_MS;
      runs.backfill(store, from, to);
      Map<Long, Double> first = cells.stored("efficiency_1h", "gpu_mj", "eu");
      String rows = cells.rows();
      assertThat(first).hasSize(2);

      runs.backfill(store, from, to);
      assertThat(cells.rows()).isEqualTo(rows);
      assertThat(cells.stored("efficiency_1h", "gpu_mj", "eu")).isEqualTo(first);

      // Another cluster for the same boards: what the first mapping wrote must not add up with it.
      Path other = folder.resolve("other.yaml");
      Files.writeString(
          other,
          "store: {url: \"%s\", database: twice}\nprometheus: {url: \"%s\"}\nnodes: [{node: gpu-1, region: eu, cluster: elsewhere}]\n"
              .formatted(clickHouse.httpUrl(), prometheus.url()));
      runs.run(from, to, other);
      assertThat(cells.stored("efficiency_10s", "gpu_mj", "eu")).isEqualTo(first);
      assertThat(cells.stored("efficiency_1h", "gpu_mj", "eu")).isEqualTo(first);
      assertThat(
              cells.number(
                  "SELECT sum(gpu_mj) FROM twice.efficiency_10s FINAL WHERE cluster = 'c1' AND region = 'eu'"))
          .isZero();
    }
  }

  /** The same records, byte for byte, whether or not it was broken off; twice ones apart. */
  @Test
  void aRunThatWasBrokenOffGoesOnToTheSameRecords() throws Exception {
    long from = BEGIN + 5 * HOUR_MS;
    long to = from + 5 * HOUR_MS;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.throwaway())) {
      publish(kafka, "whole", from, to);
      publish(kafka, "broken", from, from + 2 * HOUR_MS + 1_234_000);
      long again = publish(kafka, "broken", from, to);
      Map<String, String> whole = records(kafka, "whole");
      assertThat(whole).hasSizeGreaterThan(2_000);
      assertThat(records(kafka, "broken")).isEqualTo(whole);
      assertThat(again).as("not all was read again").isLessThan(whole.size());
    }
  }

  private static long publish(EmbeddedKafka kafka, String topic, long from, long to) {
    KafkaSpec spec = new KafkaSpec(kafka.bootstrapServers(), topic, Map.of());
    try (Backfill backfill = new Backfill(BackfillSpec.of(prometheus.url()), spec)) {
      return backfill.run(from, to, progress -> {}).records();
    }
  }

  /** By node and number. */
  private static Map<String, String> records(EmbeddedKafka kafka, String topic) {
    Map<String, String> records = new TreeMap<>();
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          String text = HexFormat.of().formatHex(record.value());
          String key = new String(record.key(), StandardCharsets.UTF_8) + " " + record.timestamp();
          assertThat(records.getOrDefault(key, text)).as(key).isEqualTo(text);
          records.put(key, text);
        }
      }
    }
    return records;
  }

  @Test
  void thePlanSaysWhoseSeriesAreWhose() {
    StringWriter out = new StringWriter();
    int code =
        BackfillMain.commandLine()
            .setOut(new PrintWriter(out))
            .execute(
                "--prometheus",
                prometheus.url(),
                "--from",
                Instant.ofEpochMilli(BEGIN).toString(),
                "--to",
                Instant.ofEpochMilli(END - HOUR_MS).toString(),
                "--plan");
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains(
            "node gpu-1  region eu  cluster c1\n"
                + "  target dcgm/10.0.0.1:9400  dcgm  every 15 s\n"
                + "  target vllm/10.0.0.1:8000  vllm  every 15 s\n"
                + "node gpu-2  region us  cluster c2\n"
                + "  target dcgm/10.0.0.2:9400  dcgm  every 30 s\n");
  }

  @Test
  void whatWasObservedLiveStaysAsItIs() throws Exception {
    try (Store store = runs.store("live")) {
      StoredCells cells = new StoredCells(store);
      long from = BEGIN + 6 * HOUR_MS;
      long liveAt = from + HOUR_MS / 2;
      store.command(
          "INSERT INTO live.efficiency_10s (window_start, region, cluster, cell_id, workload, gpu_ms, observed_ms, expected_ms, gpu_mj, version) VALUES (toDateTime(%d, 'UTC'), 'eu', 'c1', 1, 'live', 10000, 10000, 10000, 777, 10)"
              .formatted(liveAt / 1000));
      String said = runs.backfill(store, from, from + HOUR_MS);
      assertThat(said).contains("eu/c1 was observed live in 1 windows of 10 s");
      assertThat(
              cells.number(
                  "SELECT sum(gpu_mj) FROM live.efficiency_10s FINAL WHERE region = 'eu' AND window_start = toDateTime(%d, 'UTC')"
                      .formatted(liveAt / 1000)))
          .isEqualTo(777);
      assertThat(
              cells.number(
                  "SELECT count(DISTINCT window_start) FROM live.efficiency_10s FINAL WHERE region = 'eu'"))
          .isEqualTo(360);
    }
  }

  private static void compare(Map<Long, Double> stored, Map<Long, Double> expected) {
    assertThat(stored.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (hour, amount) ->
            assertThat(stored.get(hour))
                .as("hour %s, seed %d", Instant.ofEpochMilli(hour), SEED)
                .isCloseTo(amount, within(3.0)));
  }
}
