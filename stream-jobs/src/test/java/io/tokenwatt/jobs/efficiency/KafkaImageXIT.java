package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * The same contract as on the embedded broker, on the image that deploy/ uses. Run it with {@code
 * mvn -B -pl stream-jobs -am test -DexcludedTags=long -Dtest=KafkaImageXIT}. Never run by us: there
 * is no Docker here. Needs Linux: the broker shares the host's network, so that the address which
 * it advertises is known before it starts.
 */
@Tag("docker")
class KafkaImageXIT {
  static final String IMAGE = "apache/kafka:4.2.1";

  @Test
  void contractHoldsOnTheImage() throws IOException {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker answers here: images are not run");
    int port = free();
    try (GenericContainer<?> kafka = broker(port, free())) {
      kafka.start();
      TestExecutionSummary summary =
          BrokerContract.on(new Image("127.0.0.1:" + port), BrokerContract.TESTS);
      assertThat(BrokerContract.failures(summary)).isEmpty();
      assertThat(summary.getTestsSucceededCount()).isGreaterThan(BrokerContract.TESTS.size());
    }
  }

  private static GenericContainer<?> broker(int port, int controller) {
    return new GenericContainer<>(IMAGE)
        .withNetworkMode("host")
        .withEnv("KAFKA_NODE_ID", "1")
        .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
        .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@127.0.0.1:" + controller)
        .withEnv(
            "KAFKA_LISTENERS",
            "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller))
        .withEnv("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + port)
        .withEnv("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT")
        .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
        .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
        .waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1))
        .withStartupTimeout(Duration.ofMinutes(5));
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private record Image(String bootstrapServers) implements Broker {
    @Override
    public void createTopic(String name, int partitions, Map<String, String> config) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
        admin.createTopics(List.of(topic)).all().get();
      } catch (Exception e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new IllegalStateException("cannot make topic " + name, e);
        }
      }
    }
  }
}
