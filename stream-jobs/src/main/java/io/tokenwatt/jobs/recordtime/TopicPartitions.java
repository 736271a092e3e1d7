package io.tokenwatt.jobs.recordtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * How many partitions topics have. Asks without making a topic that is not there, which a
 * producer's question may do. Not thread-safe.
 */
final class TopicPartitions implements AutoCloseable {
  static final Duration LOOK_EVERY = Duration.ofSeconds(30);
  private static final int WAIT_MS = 5_000;

  private final Admin admin;
  private final List<String> topics;
  private final Map<String, Integer> known = new HashMap<>();
  private long lookAtNanos = System.nanoTime();

  TopicPartitions(String bootstrap, List<String> topics, Properties kafka) {
    this.admin = Admin.create(properties(bootstrap, kafka));
    this.topics = List.copyOf(topics);
  }

  private static Properties properties(String bootstrap, Properties kafka) {
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put("bootstrap.servers", bootstrap);
    properties.put("client.id", "tokenwatt-heartbeats");
    properties.put("request.timeout.ms", WAIT_MS);
    properties.put("default.api.timeout.ms", WAIT_MS);
    return properties;
  }

  /**
   * As it was told last, within {@link #LOOK_EVERY}; 0 = there is no such topic, or nobody told.
   *
   * @throws KafkaException if Kafka does not tell; what is known stays
   */
  int of(String topic) {
    if (System.nanoTime() - lookAtNanos >= 0) {
      // The next second asks again only where nothing is known: an outage must not cost beats.
      lookAtNanos = System.nanoTime() + LOOK_EVERY.toNanos();
      look();
    }
    return known.getOrDefault(topic, 0);
  }

  private void look() {
    Map<String, KafkaFuture<TopicDescription>> told =
        admin.describeTopics(topics).topicNameValues();
    for (String topic : topics) {
      try {
        known.put(
            topic, told.get(topic).get(2L * WAIT_MS, TimeUnit.MILLISECONDS).partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw refused(topic, e.getCause());
        }
        known.remove(topic);
      } catch (TimeoutException e) {
        throw refused(topic, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw refused(topic, e);
      }
    }
  }

  private KafkaException refused(String topic, Throwable cause) {
    if (!known.containsKey(topic)) {
      lookAtNanos = System.nanoTime();
    }
    return new KafkaException("its partitions are not known: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
