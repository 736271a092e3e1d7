package io.tokenwatt.collectors.requests;

import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.agent.RecordingSink;
import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.publish.EventPublisher;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.config.Secret;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.model.proto.RequestEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** An intake on free ports, publishing to one partition of a real broker. */
final class Intake implements AutoCloseable {
  final Counters counters = new Counters();
  final Health health = new Health(Instant::now);
  final ServerMemory servers;
  final RequestServer server;
  final Sender sender;
  private final String bootstrap;
  private final String topic;

  Intake(EmbeddedKafka kafka, String topic, Optional<Secret> token, List<ServedByRule> rules)
      throws IOException {
    this.topic = topic;
    this.bootstrap = kafka.bootstrapServers();
    kafka.createTopic(topic, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    RequestsSpec spec =
        new RequestsSpec(
            any,
            token,
            Optional.of(new Secret("key")),
            Vantage.GATEWAY,
            64 << 10,
            topic,
            rules,
            Told.NOTHING);
    servers = new ServerMemory(new RecordingSink(), rules);
    server =
        new RequestServer(
            spec,
            "agent-1",
            servers,
            new EventPublisher(KafkaSpec.of(bootstrap), topic),
            counters,
            health);
    sender = new Sender(server.address());
  }

  List<RequestEvent> events(int n) {
    return records(topic, records -> records.size() >= n).stream()
        .map(
            record -> {
              try {
                RequestEvent event = RequestEvent.parseFrom(record.value());
                if (!event.getEventId().equals(record.key())) {
                  throw new AssertionError("key " + record.key());
                }
                return event;
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  List<ConsumerRecord<String, byte[]>> records(
      String from, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(from, 0)));
      consumer.seekToBeginning(consumer.assignment());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return enough.test(records);
              });
    }
    return records;
  }

  long outcome(String outcome) {
    return counters.value(IntakeTally.EVENTS, "outcome", outcome);
  }

  @Override
  public void close() {
    server.close();
  }
}
