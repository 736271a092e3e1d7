package io.tokenwatt.quickstart;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.model.Heartbeat;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.RequestEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The request events that the agent's intake has written to Kafka so far. */
final class PublishedEvents {
  private PublishedEvents() {}

  static List<RequestEvent> read(String bootstrap) throws InvalidProtocolBufferException {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.REQUEST_EVENTS).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<RequestEvent> events = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          if (!Heartbeat.is(record.key(), record.value())) {
            events.add(RequestEvent.parseFrom(record.value()));
          }
        }
      }
      return events;
    }
  }
}
