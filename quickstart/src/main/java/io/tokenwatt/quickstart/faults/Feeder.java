package io.tokenwatt.quickstart.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Appends a log to a topic while time goes by, in order and each record once, however long Kafka is
 * away: what was not taken yet waits here.
 */
final class Feeder {
  private static final int PATIENCE_MS = 3_600_000;

  private Feeder() {}

  /**
   * Returns at once.
   *
   * @param lasting so long the whole log takes; zero = as fast as it goes
   * @return done when Kafka has acknowledged every record
   */
  static CompletableFuture<Void> start(
      String bootstrap, String topic, List<FaultLog.Entry> log, Duration lasting) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                feed(bootstrap, topic, log, lasting);
                done.complete(null);
              } catch (Exception e) {
                done.completeExceptionally(e);
              }
            },
            "feeder");
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private static void feed(
      String bootstrap, String topic, List<FaultLog.Entry> log, Duration lasting) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      long begun = System.nanoTime();
      for (int i = 0; i < log.size(); i++) {
        long dueNanos = begun + lasting.toNanos() / log.size() * i;
        long aheadMs = (dueNanos - System.nanoTime()) / 1_000_000;
        if (aheadMs > 20) {
          TimeUnit.MILLISECONDS.sleep(aheadMs); // the pace of the log
        }
        FaultLog.Entry e = log.get(i);
        byte[] key = e.key().getBytes(StandardCharsets.UTF_8);
        sent.add(
            producer.send(
                new ProducerRecord<>(topic, e.partition(), e.recordMs(), key, e.value())));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "acks",
            "all",
            "enable.idempotence",
            true,
            // While a new topic's partition comes up, a second batch may overtake a refused first.
            "max.in.flight.requests.per.connection",
            1,
            "linger.ms",
            20,
            "request.timeout.ms",
            5_000,
            "delivery.timeout.ms",
            PATIENCE_MS,
            "max.block.ms",
            PATIENCE_MS);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
