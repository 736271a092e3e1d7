package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.collectors.agent.Agent;
import io.tokenwatt.collectors.agent.AgentConfig;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.jobs.JobsLauncher;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.model.Topics;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A prompt, an address and a user id are sent wherever a sender could put them. None is found
 * again: in no topic, no table, no file and no line of the log. A name that may travel is found in
 * the same places by the same search, so that the search is known to find.
 */
class RequestCanaryTest {
  private static final String CANARY = "canaryprompt7f3a";
  private static final String TRAVELS = "travelling-model-7f3a";

  @TempDir Path data;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void aPromptGoesNowhereAndItsRequestIsCounted() throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    System.setOut(tee(out));
    System.setErr(tee(err));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
        EmbeddedClickHouse clickHouse = EmbeddedClickHouse.start(ClickHouseOptions.throwaway())) {
      topics(kafka);
      StoreConfig store = StoreConfig.of(clickHouse.httpUrl());
      Schema.apply(store);
      JobClient job = JobsLauncher.start(jobs(kafka, store));
      try (Agent agent = Agent.start(config(kafka))) {
        send(agent);
        awaitRow(store);
        assertThat(
                agent.counters().value("tokenwatt_requests_events_total", "outcome", "published"))
            .isEqualTo(3);
      } finally {
        job.cancel().get(60, TimeUnit.SECONDS);
      }
      String kafkaText = inTopics(kafka.bootstrapServers());
      assertThat(kafkaText).contains(TRAVELS).doesNotContain(CANARY);
      String tables = inTables(store);
      assertThat(tables).contains(TRAVELS).doesNotContain(CANARY);
      assertThat(filesWith(kafka.dataDirectory())).isEmpty();
      assertThat(filesWith(clickHouse.dataDirectory())).isEmpty();
      assertThat(filesWith(data)).as("checkpoints").isEmpty();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("events are taken at")
        .contains("an event was not taken")
        .doesNotContain(CANARY);
  }

  private static void topics(EmbeddedKafka kafka) {
    Map<String, String> brokersTime = Map.of("message.timestamp.type", "LogAppendTime");
    kafka.createTopic(Topics.NODE_SAMPLES, 1, brokersTime);
    kafka.createTopic(Topics.REQUEST_EVENTS, 2, brokersTime);
    kafka.createTopic(Topics.REJECTS, 1, Map.of());
    kafka.createTopic(Topics.EFFICIENCY, 1, Map.of());
  }

  private JobConfig jobs(EmbeddedKafka kafka, StoreConfig store) throws IOException {
    Path yaml =
        Files.writeString(
            data.resolve("jobs.yaml"),
            "kafka: {bootstrap: \"%s\"}\nstore: {url: \"%s\"}\ncheckpoints: \"%s\"\nparallelism: 1\n"
                .formatted(
                    kafka.bootstrapServers(), store.url(), data.resolve("checkpoints").toUri()));
    return io.tokenwatt.config.ConfigReader.of("TOKENWATT_JOBS_TEST", Map.of())
        .read(yaml, JobConfig::of);
  }

  private AgentConfig config(EmbeddedKafka kafka) throws IOException {
    Files.writeString(data.resolve("key"), "k");
    return AgentConfig.read(
        Files.writeString(
            data.resolve("agent.yaml"),
            """
            node: {node: gateway-1}
            kafka: {bootstrap: "%s"}
            listen: 127.0.0.1:0
            requests: {listen: "127.0.0.1:0", tenant_key: "${file:key}"}
            """
                .formatted(kafka.bootstrapServers())));
  }

  private static void send(Agent agent) throws Exception {
    int port = agent.requestsAddress().orElseThrow().getPort();
    long now = System.currentTimeMillis();
    String good =
        """
        {"event_id":"e-1","completed_at_ms":%d,"status":"ok","model":"%s","tenant":"C",
        "user":"C","prompt":"C","messages":[{"role":"user","content":"C"}],"C":"C","ip":"C",
        "ttft_ms":120,"duration_ms":900,"output_tokens":12,"served_by":{"address":"C","node":"n"}}
        """
            .formatted(now, TRAVELS);
    String lines =
        good.replace("\n", "")
            + "\n{\"event_id\":\"C tell me\",\"completed_at_ms\":1,\"status\":\"ok\",\"model\":\"m\"}"
            + "\n{\"prompt\":\"C"
            + "\nC C C"
            + "\n{\"event_id\":\"e-2\",\"completed_at_ms\":%d,\"status\":\"ok\",\"model\":\"C and C\"}"
                .formatted(now);
    post(port, "/v1/requests?user=C", "application/x-ndjson", lines, 200);
    String span =
        """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"host.ip","value":{"stringValue":"C"}}]},
        "scopeSpans":[{"scope":{"name":"C"},"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C",
        "spanId":"EEE19B7EC3C1B174","name":"C","kind":2,"startTimeUnixNano":"%d","endTimeUnixNano":"%d",
        "attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"%s"}},
        {"key":"gen_ai.prompt","value":{"stringValue":"C"}},
        {"key":"gen_ai.input.messages","value":{"arrayValue":{"values":[{"stringValue":"C"}]}}},
        {"key":"user.id","value":{"stringValue":"C"}},{"key":"C","value":{"stringValue":"C"}}],
        "events":[{"name":"gen_ai.content.prompt","attributes":[{"key":"gen_ai.prompt","value":{"stringValue":"C"}}]}],
        "status":{"code":1,"message":"C"}}]}]}]}
        """
            .formatted((now - 1_000) * 1_000_000, now * 1_000_000, TRAVELS);
    post(port, "/v1/traces", "application/json", span, 200);
    post(port, "/v1/traces", "application/json", span.replace("1B174", "1B175"), 200);
    post(port, "/v1/traces", "application/json", "{\"resourceSpans\":C}", 400);
    post(port, "/v1/traces", "application/x-protobuf", "C C C", 400);
    post(port, "/v1/C", "text/C", "C", 404);
  }

  private static void post(int port, String path, String type, String body, int status)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path.replace("C", CANARY)))
            .header("Content-Type", type.replace("/C", "/" + CANARY))
            .header("X-User-Id", CANARY)
            .header("Cookie", CANARY)
            .header("User-Agent", CANARY)
            .POST(HttpRequest.BodyPublishers.ofString(body.replaceAll("\\bC\\b", CANARY)))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(status);
    assertThat(response.body()).doesNotContain(CANARY);
  }

  private static void awaitRow(StoreConfig config) {
    try (Store store = new Store(config)) {
      await()
          .atMost(Duration.ofSeconds(120))
          .untilAsserted(
              () -> {
                List<GenericRecord> rows =
                    store.rows(
                        "SELECT sum(requests) AS n, sum(output_tokens) AS tokens, toInt64(sum(e2e_gateway_n)) AS seen"
                            + " FROM tokenwatt.requests(window_s = 60) WHERE model = '"
                            + TRAVELS
                            + "'");
                assertThat(rows.get(0).getLong("n")).isEqualTo(3);
                assertThat(rows.get(0).getLong("tokens")).isEqualTo(12);
                assertThat(rows.get(0).getLong("seen")).isEqualTo(3);
              });
    }
  }

  /** Every record of every topic, its key and headers too, unpacked. */
  private static String inTopics(String bootstrap) {
    StringBuilder all = new StringBuilder();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .listTopics()
          .forEach(
              (topic, infos) ->
                  infos.forEach(i -> partitions.add(new TopicPartition(topic, i.partition()))));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          all.append(text(record.key())).append(text(record.value()));
          record.headers().forEach(h -> all.append(h.key()).append(text(h.value())));
        }
      }
    }
    return all.toString();
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1) + '\n';
  }

  /** Every row of every table, and the engine's own logs. */
  private static String inTables(StoreConfig config) {
    StringBuilder all = new StringBuilder();
    try (Store store = new Store(config)) {
      for (GenericRecord table :
          store.rows(
              "SELECT database || '.' || name AS t FROM system.tables WHERE engine LIKE '%MergeTree'")) {
        store
            .rows("SELECT toString(tuple(*)) AS line FROM " + table.getString("t"))
            .forEach(row -> all.append(row.getString("line")).append('\n'));
      }
    }
    return all.toString();
  }

  private static List<Path> filesWith(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (contains(file)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static boolean contains(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY);
    } catch (IOException | OutOfMemoryError e) {
      return false; // a file that was just merged away
    }
  }

  private PrintStream tee(PrintStream to) {
    return new PrintStream(
        new OutputStream() {
          @Override
          public void write(int b) {
            synchronized (log) {
              log.write(b);
            }
            to.write(b);
          }
        },
        true,
        StandardCharsets.UTF_8);
  }
}
