package io.tokenwatt.jobs.regressions.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.fact.RegressionRow;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RegressionsMainTest {
  private static final long NOW = System.currentTimeMillis() / 10_000 * 10_000;
  private static final String OPEN = "0123456789abcdef";
  private static final String CLOSED = "01aaaaaaaaaaaaaa";

  private static final TopicPartition PARTITION = new TopicPartition(Topics.EVENTS, 0);

  private static StoreConfig store;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void write() {
    store = Engines.shared().database("regression_command");
    try (FactWriter writer = new FactWriter(store)) {
      writer.writeRegressions(List.of(row(OPEN, null), row(CLOSED, NOW - 60_000)));
    }
  }

  @Test
  void listShowsOpenOnesAndWithAllTheClosedOnesInEveryFormat() throws Exception {
    assertThat(run("list")).isZero();
    assertThat(out.toString()).contains(OPEN, "power_cap H100-SXM in eu").doesNotContain(CLOSED);
    assertThat(out.toString()).contains("1 closed in this span");

    out.getBuffer().setLength(0);
    assertThat(run("list", "--all", "--format", "csv")).isZero();
    assertThat(out.toString().lines().toList())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("regression,state,started");

    out.getBuffer().setLength(0);
    assertThat(run("list", "--all", "--format", "json")).isZero();
    JsonNode rows = new ObjectMapper().readTree(out.toString()).get("rows");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).get("usd_per_day").asDouble()).isEqualTo(24);
  }

  @Test
  void showTellsEverythingAndItsQueriesRun() throws Exception {
    assertThat(run("show", "0123", "--format", "json")).isZero();
    JsonNode shown = new ObjectMapper().readTree(out.toString());
    assertThat(shown.get("state").asText()).isEqualTo("open");
    assertThat(shown.get("size").asDouble()).isEqualTo(0.25);
    assertThat(shown.get("suspects").get(0).asText()).isEqualTo("power_cap: 700 W to 400 W");
    assertThat(shown.get("kwh_per_day").isNull()).isTrue();
    assertThat(shown.get("queries")).hasSize(3);
    try (Store engine = new Store(store)) {
      shown.get("queries").forEach(query -> engine.rows(query.asText()));
    }

    out.getBuffer().setLength(0);
    assertThat(run("show", OPEN)).isZero();
    assertThat(out.toString())
        .contains("size               +25.0 %", "    power_cap: 700 W to 400 W", "-- its boards")
        .contains("kwh_per_day        –");
  }

  @Test
  void whatIsNotThereOrNotUniqueIsSaid() {
    assertThat(run("show", "ffff")).isEqualTo(1);
    assertThat(err.toString()).contains("no regression 'ffff'", "regressions list");
    assertThat(run("show", "01")).isEqualTo(1);
    assertThat(err.toString()).contains("'01' begins more than one id", OPEN, CLOSED);
    assertThat(run("accept", OPEN)).isEqualTo(2);
    assertThat(err.toString()).contains("--why");
  }

  @Test
  void acceptPublishesAnEventInTheScopeOfTheRegression() throws Exception {
    // The topic may be there already, with events of other tests of this JVM: only those from here
    // on are read.
    String bootstrap = Engines.shared().kafka.bootstrapServers();
    long before = end(bootstrap);

    assertThat(run("accept", CLOSED, "--why", "x", "--bootstrap", bootstrap)).isEqualTo(1);
    assertThat(err.toString()).contains("is closed already: recovered");
    assertThat(
            run(
                "accept",
                OPEN,
                "--why",
                "fp8 → bf16, agreed",
                "--by",
                "ann",
                "--bootstrap",
                bootstrap))
        .isZero();
    assertThat(out.toString()).contains("Accepted: Kafka has it.", OPEN);

    List<ConsumerRecord<byte[], byte[]>> records = read(bootstrap, before);
    assertThat(records).hasSize(1);
    ChangeEvent event = ChangeEvent.parseFrom(records.get(0).value());
    assertThat(event.getKind()).isEqualTo(ChangeKind.CHANGE_ACCEPT);
    assertThat(event.getRegression()).isEqualTo(OPEN);
    assertThat(event.getScope().getRegion()).isEqualTo("eu");
    assertThat(event.getScope().getWorkload()).isEqualTo("chat");
    assertThat(event.getWhy()).isEqualTo("fp8 → bf16, agreed");
    assertThat(event.getActor()).isEqualTo("ann");
    assertThat(new String(records.get(0).key())).isEqualTo(event.getEventId());
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", store.url(), "--database", store.database()));
    CommandLine line =
        RegressionsMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(all.toArray(String[]::new));
  }

  private static long end(String bootstrap) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
      return consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
    }
  }

  /** Every record from an offset on up to the end at the time of the call. */
  private static List<ConsumerRecord<byte[], byte[]>> read(String bootstrap, long from) {
    long until = end(bootstrap);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrap)) {
      consumer.assign(List.of(PARTITION));
      consumer.seek(PARTITION, from);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return consumer.position(PARTITION) >= until;
              });
      return records;
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrap) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrap),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static RegressionRow row(String id, Long closed) {
    return new RegressionRow(
        id,
        NOW - 600_000,
        closed,
        NOW - 620_000,
        NOW - 30_000,
        closed == null ? "" : "recovered",
        "",
        new RegressionRow.Place("eu", "H100-SXM", "llama", "fp8", "both", "chat"),
        "d'1",
        "c1",
        "joules_per_output_token",
        2.0,
        2.5,
        new RegressionRow.Size(0.25, 0.2, 0.3),
        9.0,
        List.of("itl_engine_s: +20.0 %"),
        new RegressionRow.Extra(24.0, 18.0, null, 3.5),
        "power_cap H100-SXM in eu",
        List.of("power_cap: 700 W to 400 W"),
        List.of("n1", "n2"),
        List.of("GPU-1"),
        4,
        1);
  }
}
