package io.tokenwatt.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
  private static final int RECORDS = 500;

  @Test
  void recordsOutliveKillAndRestartOnTheSameAddress(@TempDir Path directory) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.keptIn(directory))) {
      String address = kafka.bootstrapServers();
      kafka.createTopic("readings", 1, Map.of("message.timestamp.type", "LogAppendTime"));
      produce(kafka, "readings");
      long killed = kafka.pid();
      kafka.kill();
      assertThat(Processes.isAlive(killed)).isFalse();
      kafka.restart();
      assertThat(kafka.bootstrapServers()).isEqualTo(address);
      assertThat(count(kafka, "readings")).isEqualTo(RECORDS);
    }
    try (EmbeddedKafka again = EmbeddedKafka.start(KafkaOptions.keptIn(directory))) {
      again.createTopic("readings", 1, Map.of());
      assertThat(count(again, "readings")).isEqualTo(RECORDS);
    }
  }

  @Test
  void throwawayBrokerMakesNoTopicByUseAndLeavesNothing() {
    EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
    assertThatThrownBy(() -> produce(kafka, "misspelt"))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
    kafka.restart();
    assertThat(kafka.dataDirectory()).isDirectory();
    kafka.close();
    assertThat(Processes.isAlive(kafka.pid())).isFalse();
    assertThat(kafka.dataDirectory()).doesNotExist();
    kafka.close();
  }

  @Test
  void aTakenPortIsNamedInTheError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      KafkaOptions options = KafkaOptions.throwaway().withPort(taken.getLocalPort());
      assertThatThrownBy(() -> EmbeddedKafka.start(options))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("kafka ended before it was ready")
          .hasMessageContaining(Integer.toString(taken.getLocalPort()))
          .hasMessageContaining("Address already in use");
    }
  }

  private static void produce(EmbeddedKafka kafka, String topic) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", 1_000);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(record(topic, 0)).get();
      for (int i = 1; i < RECORDS; i++) {
        producer.send(record(topic, i));
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, int i) {
    return new ProducerRecord<>(topic, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
  }

  private static int count(EmbeddedKafka kafka, String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      int count = 0;
      while (consumer.position(partition) < end) {
        count += consumer.poll(Duration.ofSeconds(1)).count();
      }
      return count;
    }
  }
}
