package io.tokenwatt.jobs.rejects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwatt.jobs.efficiency.Engines;
import io.tokenwatt.jobs.efficiency.KafkaEnds;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.RejectedRecord;
import io.tokenwatt.jobs.node.ChangingNode;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** On a real Kafka; records as the jobs keep them aside. */
class RejectsCommandTest {
  private final Engines engines = Engines.shared();
  private final String id = "rejects-" + UUID.randomUUID();
  private final String samples = "rejects-samples-" + UUID.randomUUID();

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void topic() {
    engines.topic(samples, 2, Map.of());
  }

  private Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap", engines.kafka.bootstrapServers(), "--key", id));
    all.addAll(List.of("--samples-topic", samples));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = RejectsMain.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(all.toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }

  private void keep(String topic, String reason, byte[] value) {
    Map<String, Object> settings = Map.of("bootstrap.servers", engines.kafka.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      RawRecord record = new RawRecord(id, value, 1, topic, 0, 7);
      producer.send(KafkaEnds.keptAside(new RejectedRecord(record, reason, "said so")));
    }
  }

  private byte[] event() {
    return ChangeEvent.newBuilder()
        .setEventId(id)
        .setKind(ChangeKind.CHANGE_NOTE)
        .setTimeMs(1)
        .setTitle("a note")
        .build()
        .toByteArray();
  }

  private byte[] sample() {
    var first = ChangingNode.life(1, 40).get(0);
    return first.toBuilder().setNode(first.getNode().toBuilder().setNode(id)).build().toByteArray();
  }

  /** Records of our key in a topic. */
  private List<ConsumerRecord<byte[], byte[]>> sent(String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", engines.kafka.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> ours = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (id.equals(new String(record.key(), StandardCharsets.UTF_8))) {
            ours.add(record);
          }
        }
      }
      return ours;
    }
  }

  @Test
  void whatIsReadNowGoesBackAsItCameAndNothingElseDoes() {
    byte[] event = event();
    byte[] sample = sample();
    keep(Topics.EVENTS, "bad_kind", event);
    keep(Topics.EVENTS, "not_protobuf", new byte[] {1, 2, 3});
    keep(samples, "bad_gpu_table", sample);
    keep(samples, "late", sample);
    keep(Topics.EFFICIENCY, "bad_kind", event);

    Outcome dry = run("replay", "--dry-run");
    assertThat(dry.code).as(dry.err).isZero();
    assertThat(dry.out).contains("would send 1 to " + samples);
    assertThat(sent(Topics.EVENTS)).isEmpty();

    Outcome done = run("replay");
    assertThat(done.code).as(done.err).isZero();
    assertThat(done.out)
        .contains("sent 1 to " + Topics.EVENTS)
        .contains("sent 1 to " + samples)
        .contains("left 1, unreadable: not_protobuf")
        .contains("left 1, decided: late")
        .contains("left 1, foreign: bad_kind");
    assertThat(sent(Topics.EVENTS)).singleElement().satisfies(r -> assertSame(r, event));
    assertThat(sent(samples)).singleElement().satisfies(r -> assertSame(r, sample));
    assertThat(sent(Topics.EFFICIENCY)).isEmpty();
  }

  private static void assertSame(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    assertThat(record.value()).isEqualTo(value);
    assertThat(record.headers().lastHeader("replayed-from").value()).isNotEmpty();
  }

  @Test
  void aListSaysWhatHappenedAndWhatWouldNow() throws Exception {
    keep(Topics.EVENTS, "bad_kind", event());
    keep(Topics.EVENTS, "not_protobuf", "\u001b[2J".getBytes(StandardCharsets.UTF_8));
    keep(Topics.REQUEST_EVENTS, "bad_time", new byte[0]);

    Outcome table = run("list");
    assertThat(table.code).as(table.err).isZero();
    assertThat(table.out.lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(250));
    assertThat(table.out).contains("readable").contains("unreadable").contains("not_kept");
    assertThat(table.out).contains("said so").doesNotContain("\u001b");
    assertThat(table.err).contains("3 of ");

    Outcome json =
        run("list", "--format", "json", "--payload", "--reason", "bad_kind", "--last", "1h");
    JsonNode only = new ObjectMapper().readTree(json.out);
    assertThat(only.path("now").asText()).isEqualTo("readable");
    assertThat(only.path("origin").asText()).isEqualTo("0:7");
    assertThat(only.path("key").asText()).isEqualTo(id);
    assertThat(only.path("payload").binaryValue()).isEqualTo(event());
    assertThat(run("list", "--topic", "elsewhere").out.lines()).hasSize(1);
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNamed() {
    StringWriter err = new StringWriter();
    CommandLine command = RejectsMain.commandLine().setErr(new PrintWriter(err));
    String[] away = {
      "list", "--bootstrap", "127.0.0.1:1", "--property", "default.api.timeout.ms=500"
    };
    assertThat(command.execute(away)).isEqualTo(1);
    assertThat(err.toString()).contains("Kafka at 127.0.0.1:1").contains(Topics.REJECTS);
    assertThat(command.execute("list", "--bootstrap", "127.0.0.1:1", "--last", "soon"))
        .isEqualTo(2);
  }
}
