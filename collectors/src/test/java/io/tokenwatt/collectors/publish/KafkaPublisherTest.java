package io.tokenwatt.collectors.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.clock.BootClock;
import io.tokenwatt.collectors.clock.BrokerSkew;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaPublisherTest {
  private final Counters counters = new Counters();
  private final Health health = new Health(Instant::now);

  private static String closedPort() {
    Peer gone = Peer.text("");
    gone.close();
    return "127.0.0.1:" + gone.port();
  }

  private KafkaPublisher publisher(KafkaSpec kafka) {
    return new KafkaPublisher(
        kafka, Optional.empty(), BootClock.read(), new BrokerSkew(), counters, health);
  }

  private static NodeSample sample(long seq) {
    NodeIdentity node = NodeIdentity.newBuilder().setNode("n1").build();
    return NodeSample.newBuilder().setNode(node).setSeq(seq).build();
  }

  @Test
  void withoutABrokerRecordsWaitAndTheEndCountsEachOfThemWithinFiveSeconds() {
    KafkaSpec spec =
        new KafkaSpec(
            closedPort(), "t", Map.of("max.block.ms", "300", "request.timeout.ms", "300"));
    KafkaPublisher publisher = publisher(spec);
    for (int i = 1; i <= 50; i++) {
      publisher.publish(sample(i));
    }
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> health.components().get("kafka").state() == Health.State.DOWN);
    assertThat(health.components().get("kafka").lastError()).contains("tells of topic t ");
    assertThat(health.status()).isEqualTo("down");
    assertThat(counters.sum(PublishTally.FAILED)).isZero();

    long start = System.nanoTime();
    publisher.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(counters.value(PublishTally.FAILED, "reason", "closed")).isEqualTo(50);
    assertThat(counters.sum(PublishTally.ACCEPTED)).isEqualTo(50);
  }

  @Test
  void whatFindsNoRoomMakesTheOldestGiveWayAndIsCounted() {
    KafkaPublisher publisher = publisher(KafkaSpec.of(closedPort()));
    NodeSample large = sample(1).toBuilder().setAgentVersion("x".repeat(4 << 20)).build();
    for (int i = 0; i < 6; i++) {
      publisher.publish(large);
    }
    assertThat(counters.value(PublishTally.FAILED, "reason", "memory_full")).isEqualTo(3);
    publisher.close();
    assertThat(counters.sum(PublishTally.FAILED)).isEqualTo(6);
  }

  @Test
  void propertiesThatWouldBreakOrderAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KafkaSpec("b:1", "t", Map.of("acks", "1")))
        .withMessageContaining("acks");
  }
}
