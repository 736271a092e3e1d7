package io.tokenwatt.quickstart.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.collectors.backfill.Backfill;
import io.tokenwatt.collectors.backfill.BackfillSpec;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.quickstart.backfill.HistoryScene.Reading;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
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
import picocli.CommandLine;

/** The whole command against a real Prometheus (Debian's), Kafka, Flink and ClickHouse. */
class BackfillTest {
  private static final long HOUR_MS = 3_600_000;
  private static final long MAX_GAP_MS = 300_000;

  private static final long END =
      Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - 3 * HOUR_MS;
  private static final long BEGIN = END - 26 * HOUR_MS;
  private static final long SEED = Long.getLong("tokenwatt.seed", System.nanoTime());

  @TempDir static Path folder;

  private static HistoryScene scene;
  private static PrometheusServer prometheus;
  private static EmbeddedClickHouse clickHouse;

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
    try (Store store = store("totals")) {
      String said = backfill(store, BEGIN - HOUR_MS, END + HOUR_MS);
      System.out.println(said);

      assertThat(total(store, "gpu_mj + gpu_mj_bridged", "eu"))
          .isEqualTo(grown(scene.board0) + grown(scene.board1));
      assertThat(total(store, "gpu_mj + gpu_mj_bridged", "us")).isEqualTo(grown(scene.idleBoard));
      assertThat(total(store, "output_tokens + output_tokens_bridged", "eu"))
          .isEqualTo(grown(scene.tokens));
      assertThat(total(store, "expected_ms - observed_ms", "eu"))
          .as("two boards: the gap of 33 scrapes, and 15 minutes after the last one")
          .isEqualTo(2 * 33 * 15_000L + 2 * 900_000L);
      assertThat(total(store, "gpu_mj_bridged", "eu")).as("the gap is no rate").isPositive();
      assertThat(total(store, "gpu_busy_ms", "eu")).isPositive();
      assertThat(total(store, "gpu_unknown_ms", "eu")).isLessThan(120_000);

      Map<Long, Double> eu = hours(scene.board0, HistoryScene.GPU_1_SHIFT_MS);
      hours(scene.board1, HistoryScene.GPU_1_SHIFT_MS)
          .forEach((hour, mj) -> eu.merge(hour, mj, Double::sum));
      compare(stored(store, "efficiency_1h", "gpu_mj", "eu"), eu);
      compare(stored(store, "efficiency_1h", "gpu_mj", "us"), hours(scene.idleBoard, 0));
      compare(stored(store, "efficiency_1h", "output_tokens", "eu"), hours(scene.tokens, 0));
    }
  }

  @Test
  void ratiosAreNullWhereAWindowIsFinerThanTheScrapes() throws Exception {
    try (Store store = store("ratios")) {
      backfill(store, END - 3 * HOUR_MS, END - 2 * HOUR_MS);
      assertThat(ratios(store, 10)).as("10 s of scrapes every 15 s").isZero();
      assertThat(ratios(store, 60)).isPositive();
      assertThat(
              number(
                  store,
                  "SELECT countIf(energy_null_reason != 'source_period') FROM ratios.efficiency(window_s = 10) WHERE region = 'eu'"))
          .isZero();
    }
  }

  @Test
  void aSecondRunReplacesTheFirst() throws Exception {
    try (Store store = store("twice")) {
      long from = BEGIN + 6 * HOUR_MS;
      long to = from + 2 * HOUR_MS;
      backfill(store, from, to);
      Map<Long, Double> first = stored(store, "efficiency_1h", "gpu_mj", "eu");
      String rows = rows(store, "twice");
      assertThat(first).hasSize(2);

      backfill(store, from, to);
      assertThat(rows(store, "twice")).isEqualTo(rows);
      assertThat(stored(store, "efficiency_1h", "gpu_mj", "eu")).isEqualTo(first);

      // Another cluster for the same boards: what the first mapping wrote must not add up with it.
      Path other = folder.resolve("other.yaml");
      Files.writeString(
          other,
          "store: {url: \"%s\", database: twice}\nprometheus: {url: \"%s\"}\nnodes: [{node: gpu-1, region: eu, cluster: elsewhere}]\n"
              .formatted(clickHouse.httpUrl(), prometheus.url()));
      run(from, to, other);
      assertThat(stored(store, "efficiency_10s", "gpu_mj", "eu")).isEqualTo(first);
      assertThat(stored(store, "efficiency_1h", "gpu_mj", "eu")).isEqualTo(first);
      assertThat(
              number(
                  store,
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
    try (Store store = store("live")) {
      long from = BEGIN + 6 * HOUR_MS;
      long liveAt = from + HOUR_MS / 2;
      store.command(
          "INSERT INTO live.efficiency_10s (window_start, region, cluster, cell_id, workload, gpu_ms, observed_ms, expected_ms, gpu_mj, version) VALUES (toDateTime(%d, 'UTC'), 'eu', 'c1', 1, 'live', 10000, 10000, 10000, 777, 10)"
              .formatted(liveAt / 1000));
      String said = backfill(store, from, from + HOUR_MS);
      assertThat(said).contains("eu/c1 was observed live in 1 windows of 10 s");
      assertThat(
              number(
                  store,
                  "SELECT sum(gpu_mj) FROM live.efficiency_10s FINAL WHERE region = 'eu' AND window_start = toDateTime(%d, 'UTC')"
                      .formatted(liveAt / 1000)))
          .isEqualTo(777);
      assertThat(
              number(
                  store,
                  "SELECT count(DISTINCT window_start) FROM live.efficiency_10s FINAL WHERE region = 'eu'"))
          .isEqualTo(360);
    }
  }

  private static Store store(String database) {
    StoreConfig config = new StoreConfig(clickHouse.httpUrl(), "default", "", database);
    Schema.apply(config);
    return new Store(config);
  }

  /** Runs the command; answers what it said. */
  private static String backfill(Store store, long from, long to) throws Exception {
    Path yaml = folder.resolve(store.config().database() + ".yaml");
    Files.writeString(
        yaml,
        "store: {url: \"%s\", database: %s}\nprometheus: {url: \"%s\"}\n"
            .formatted(clickHouse.httpUrl(), store.config().database(), prometheus.url()));
    return run(from, to, yaml);
  }

  private static String run(long from, long to, Path yaml) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        BackfillMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code =
        command.execute(
            "--config",
            yaml.toString(),
            "--from",
            Instant.ofEpochMilli(from).toString(),
            "--to",
            Instant.ofEpochMilli(to).toString(),
            "--work-dir",
            folder.resolve("work-" + yaml.getFileName()).toString());
    assertThat(code).as("%s%n%s", out, err).isZero();
    return out.toString();
  }

  /** What a counter grew by between its first and last reading; after a restart all it shows. */
  private static long grown(List<Reading> readings) {
    long sum = 0;
    for (int i = 1; i < readings.size(); i++) {
      long before = readings.get(i - 1).value();
      long value = readings.get(i).value();
      sum += value < before ? value : value - before;
    }
    return sum;
  }

  /** Growth laid evenly on the time between two readings, hour by hour; gaps left out. */
  private static Map<Long, Double> hours(List<Reading> readings, long shiftMs) {
    Map<Long, Double> hours = new TreeMap<>();
    for (int i = 1; i < readings.size(); i++) {
      long from = readings.get(i - 1).atMs() + shiftMs;
      long to = readings.get(i).atMs() + shiftMs;
      long before = readings.get(i - 1).value();
      long value = readings.get(i).value();
      double grown = value < before ? value : value - before;
      if (to - from > MAX_GAP_MS) {
        continue;
      }
      for (long hour = Math.floorDiv(from, HOUR_MS) * HOUR_MS; hour < to; hour += HOUR_MS) {
        double part = Math.min(to, hour + HOUR_MS) - Math.max(from, hour);
        hours.merge(hour, grown * part / (to - from), Double::sum);
      }
    }
    return hours;
  }

  private static void compare(Map<Long, Double> stored, Map<Long, Double> expected) {
    assertThat(stored.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (hour, amount) ->
            assertThat(stored.get(hour))
                .as("hour %s, seed %d", Instant.ofEpochMilli(hour), SEED)
                .isCloseTo(amount, within(3.0)));
  }

  private static Map<Long, Double> stored(
      Store store, String table, String measure, String region) {
    Map<Long, Double> hours = new TreeMap<>();
    for (GenericRecord row :
        store.rows(
            "SELECT toUnixTimestamp(toStartOfHour(window_start)) * 1000 AS hour, sum(%s) AS s FROM %s.%s FINAL WHERE region = '%s' GROUP BY hour HAVING s != 0"
                .formatted(measure, store.config().database(), table, region))) {
      hours.put(row.getLong("hour"), (double) row.getLong("s"));
    }
    return hours;
  }

  private static long ratios(Store store, int window) {
    return number(
        store,
        "SELECT count(output_tokens_per_joule) FROM ratios.efficiency(window_s = %d) WHERE region = 'eu'"
            .formatted(window));
  }

  /** All rows but their versions. */
  private static String rows(Store store, String database) {
    return store
        .rows(
            "SELECT toString(groupArray(line)) AS s FROM (SELECT toString(tuple(* EXCEPT version)) AS line FROM %s.efficiency_10s FINAL ORDER BY line)"
                .formatted(database))
        .get(0)
        .getString("s");
  }

  private static long total(Store store, String measure, String region) {
    return number(
        store,
        "SELECT sum(%s) FROM %s.efficiency_10s FINAL WHERE region = '%s'"
            .formatted(measure, store.config().database(), region));
  }

  private static long number(Store store, String sql) {
    return Long.parseLong(
        store
            .rows("SELECT toString(x) AS s FROM (SELECT (" + sql + ") AS x)")
            .get(0)
            .getString("s"));
  }
}
