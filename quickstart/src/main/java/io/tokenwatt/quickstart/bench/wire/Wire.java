package io.tokenwatt.quickstart.bench.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.quickstart.bench.LogSegments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes as the agent does, one record per batch, and weighs what the broker keeps. */
final class Wire implements AutoCloseable {
  private final EmbeddedKafka kafka;
  private final Producer<byte[], byte[]> producer;
  private int topics;

  Wire(EmbeddedKafka kafka) {
    this.kafka = kafka;
    this.producer =
        new KafkaProducer<>(
            KafkaSpec.of(kafka.bootstrapServers()).producerProperties(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Bytes of each record's batch in the log segment, headers included.
   *
   * @throws IllegalStateException if a record, read alone, is not what was sent
   */
  List<Integer> bytes(List<NodeSample> samples)
      throws IOException, InterruptedException, ExecutionException {
    String topic = "wire-" + topics++;
    kafka.createTopic(topic, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    for (NodeSample sample : samples) {
      byte[] key = sample.getNode().getNode().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, key, sample.toByteArray())).get();
    }
    requireEqual(topic, samples);
    List<Integer> batches = LogSegments.batches(kafka.dataDirectory(), topic);
    if (batches.size() != samples.size()) {
      throw new IllegalStateException(
          samples.size() + " records in " + batches.size() + " batches; one each is measured");
    }
    return batches;
  }

  private void requireEqual(String topic, List<NodeSample> samples)
      throws InvalidProtocolBufferException {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    TopicPartition partition = new TopicPartition(topic, 0);
    List<NodeSample> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          read.add(NodeSample.parseFrom(record.value()));
        }
      }
    }
    if (!read.equals(samples)) {
      throw new IllegalStateException("WRONG RESULT: records of " + topic + " are not those sent");
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
