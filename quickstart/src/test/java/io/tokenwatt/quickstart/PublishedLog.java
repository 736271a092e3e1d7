package io.tokenwatt.quickstart;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.model.Heartbeat;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.NodeSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the agent has written to Kafka so far.
 *
 * @param records all but heartbeats, which the jobs write
 * @param byNode each node's samples in the order of the log
 */
record PublishedLog(long records, Map<String, List<NodeSample>> byNode) {

  static PublishedLog read(String bootstrap) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.NODE_SAMPLES).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<String, List<NodeSample>> byNode = new TreeMap<>();
      long records = 0;
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var r : consumer.poll(Duration.ofMillis(200))) {
          if (!Heartbeat.is(r.key(), r.value())) {
            byNode.computeIfAbsent(r.key(), n -> new ArrayList<>()).add(decode(r.value()));
            records++;
          }
        }
      }
      return new PublishedLog(records, byNode);
    }
  }

  private static NodeSample decode(byte[] value) {
    try {
      return NodeSample.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the agent wrote what is no sample", e);
    }
  }
}
