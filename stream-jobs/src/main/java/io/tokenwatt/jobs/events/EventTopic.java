package io.tokenwatt.jobs.events;

import io.tokenwatt.config.tls.KafkaFailure;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.ChangeEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topic tokenwatt.events, as a sender sees it. */
final class EventTopic {
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final String bootstrap;

  EventTopic(String bootstrap, Map<String, String> properties) {
    this.bootstrap = bootstrap;
    settings.put("max.block.ms", "10000");
    settings.put("request.timeout.ms", "10000");
    settings.put("delivery.timeout.ms", "20000");
    settings.putAll(properties);
    settings.put("bootstrap.servers", bootstrap);
    settings.put("acks", "all");
  }

  /**
   * Returns the event's id when all in-sync replicas have it.
   *
   * @throws IOException naming the brokers and the topic if they do not take it
   */
  String tell(ChangeEvent event) throws IOException, InterruptedException {
    byte[] key = event.getEventId().getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(Topics.EVENTS, key, event.toByteArray())).get();
      return event.getEventId();
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new IOException(
          "Kafka at %s does not take the event: %s. Is there a topic %s?"
              .formatted(bootstrap, KafkaFailure.words(cause), Topics.EVENTS),
          e);
    }
  }
}
