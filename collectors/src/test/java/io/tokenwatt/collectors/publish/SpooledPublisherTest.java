package io.tokenwatt.collectors.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.clock.BootClock;
import io.tokenwatt.collectors.clock.BrokerSkew;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.publish.KafkaPublisher.Spooling;
import io.tokenwatt.collectors.spool.SpoolFolder;
import io.tokenwatt.collectors.spool.SpoolSpec;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publisher with a spool and a broker that refuses, is away or comes late. */
class SpooledPublisherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static EmbeddedKafka kafka;

  @TempDir Path folder;

  private final Counters counters = new Counters();
  private final Health health = new Health(Instant::now);
  private final BrokerSkew skew = new BrokerSkew();
  private SpoolSpec spool;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @BeforeEach
  void spool() {
    spool = SpoolSpec.in(folder);
  }

  private KafkaPublisher publisher(String topic, Map<String, String> properties)
      throws IOException {
    KafkaSpec spec = new KafkaSpec(kafka.bootstrapServers(), topic, properties);
    SpoolFolder claimed = SpoolFolder.claim(folder, Duration.ZERO);
    Spooling spooling = new Spooling(spool, claimed);
    return new KafkaPublisher(
        spec, Optional.of(spooling), BootClock.read(), skew, counters, health);
  }

  private static NodeSample sample(long seq) {
    NodeIdentity node = NodeIdentity.newBuilder().setNode("n1").build();
    return NodeSample.newBuilder().setNode(node).setAgentRun(1).setSeq(seq).build();
  }

  private long failed(String reason) {
    return counters.value(PublishTally.FAILED, "reason", reason);
  }

  @Test
  void aTopicThatIsNotThereYetCostsNothingAndOneRecordThatIsTooLargeCostsItself() throws Exception {
    KafkaPublisher publisher = publisher("late-topic", Map.of());
    for (int i = 1; i <= 20; i++) {
      publisher.publish(sample(i));
    }
    await()
        .atMost(PATIENCE)
        .until(() -> health.components().get("kafka").state() == Health.State.DOWN);
    assertThat(health.status()).as("with a spool the agent does its work").isEqualTo("degraded");
    publisher.publish(sample(21).toBuilder().setAgentVersion("x".repeat(2 << 20)).build());
    publisher.publish(sample(22));
    Topic topic = Topic.create(kafka, "late-topic");

    await().atMost(PATIENCE).until(() -> counters.sum(PublishTally.PUBLISHED) >= 21);
    publisher.close();

    assertThat(failed("record_too_large")).isOne();
    assertThat(counters.sum(PublishTally.FAILED)).isOne();
    assertThat(counters.sum(PublishTally.ACCEPTED)).isEqualTo(22);
    List<Long> seqs = topic.all().stream().map(NodeSample::getSeq).toList();
    assertThat(seqs.subList(0, 20)).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    assertThat(seqs).endsWith(22L).hasSize(21);
    assertThat(skew.skewMs()).as("the broker's clock is this machine's").isZero();
  }

  /** The jobs would count them as late; a millisecond stands for the 15 minutes. */
  @Test
  void whatIsTooOldWhenKafkaIsBackIsNotSentButCounted() throws Exception {
    spool = new SpoolSpec(folder, spool.maxBytes(), Duration.ofMillis(1), spool.catchUp());
    KafkaPublisher publisher = publisher("aged-topic", Map.of());
    for (int i = 1; i <= 20; i++) {
      publisher.publish(sample(i));
    }
    // Told after a second of asking for the topic.
    await()
        .atMost(PATIENCE)
        .until(() -> health.components().get("kafka").state() == Health.State.DOWN);
    Topic topic = Topic.create(kafka, "aged-topic");
    await().atMost(PATIENCE).until(() -> failed("too_old") == 20);
    publisher.close();

    assertThat(topic.all()).isEmpty();
    assertThat(counters.sum(PublishTally.FAILED)).isEqualTo(20);
  }

  /** The producer is told to give up early, as no agent is by default. */
  @Test
  void whatTheProducerGivesUpIsSentAgainInOrder() throws Exception {
    Topic topic = Topic.create(kafka, "paused-broker");
    KafkaPublisher publisher =
        publisher(
            "paused-broker", Map.of("delivery.timeout.ms", "1500", "request.timeout.ms", "1000"));
    publisher.publish(sample(1));
    await().atMost(PATIENCE).until(() -> counters.sum(PublishTally.PUBLISHED) == 1);
    signal("STOP");
    try {
      for (int i = 2; i <= 30; i++) {
        publisher.publish(sample(i));
      }
      await()
          .atMost(PATIENCE)
          .until(() -> health.components().get("kafka").lastError().contains("tells of topic"));
    } finally {
      signal("CONT");
    }
    await().atMost(PATIENCE).until(() -> counters.sum(PublishTally.PUBLISHED) == 30);
    publisher.close();

    assertThat(counters.sum(PublishTally.RESENT)).isPositive();
    assertThat(counters.sum(PublishTally.FAILED)).isZero();
    // As the jobs do: what is not newer than what was counted is a repeat.
    List<Long> counted = new ArrayList<>(List.of(0L));
    for (NodeSample sample : topic.all()) {
      if (sample.getSeq() > counted.get(counted.size() - 1)) {
        counted.add(sample.getSeq());
      }
    }
    assertThat(counted).isEqualTo(LongStream.rangeClosed(0, 30).boxed().toList());
  }

  private static void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(kafka.pid())).start().waitFor();
  }
}
