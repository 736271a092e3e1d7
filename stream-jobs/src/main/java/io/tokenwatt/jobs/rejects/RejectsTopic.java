package io.tokenwatt.jobs.rejects;

import io.tokenwatt.model.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads tokenwatt.rejects from a time on to its present end; joins no group, moves no offset. */
final class RejectsTopic {
  private static final Duration POLL = Duration.ofMillis(500);

  /** A consumer waits for a broker that went away without a word, for ever. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int TELL_EVERY = 50_000;

  private final Broker broker;
  private final PrintWriter progress;

  /** What is done with each; may fail as Kafka does. */
  interface Reader {
    void accept(Kept kept) throws IOException, InterruptedException;
  }

  RejectsTopic(Broker broker, PrintWriter progress) {
    this.broker = broker;
    this.progress = progress;
  }

  /**
   * Hands on the chosen records, those of one partition in its order.
   *
   * @param sinceMs inclusive, by Kafka's record time
   * @return how many records were read, chosen or not
   * @throws IOException naming the brokers if they cannot be read, or send nothing for 30 s
   */
  long read(long sinceMs, Reader reader) throws IOException, InterruptedException {
    Map<String, Object> settings = broker.settings();
    settings.put("enable.auto.commit", "false");
    settings.put("allow.auto.create.topics", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Map<TopicPartition, Long> ends = assign(consumer, sinceMs);
      long read = 0;
      long silentSince = System.nanoTime();
      while (!ends.isEmpty()) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty() && System.nanoTime() - silentSince > SILENCE.toNanos()) {
          throw broker.failed(new TimeoutException("silent for " + SILENCE.toSeconds() + " s"));
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
          Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
          if (end == null || record.offset() >= end) {
            continue; // came after this command was started
          }
          Kept kept = Kept.of(record);
          if (broker.chooses(kept)) {
            reader.accept(kept);
          }
          if (++read % TELL_EVERY == 0) {
            progress.printf("rejects: %,d read …%n", read);
            progress.flush();
          }
        }
        ends.keySet().removeIf(partition -> consumer.position(partition) >= ends.get(partition));
        silentSince = records.isEmpty() ? silentSince : System.nanoTime();
      }
      return read;
    } catch (KafkaException e) {
      throw broker.failed(e);
    }
  }

  /** Each partition that holds something since then, with its end now. */
  private static Map<TopicPartition, Long> assign(KafkaConsumer<?, ?> consumer, long sinceMs) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.REJECTS).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, sinceMs));
    Map<TopicPartition, OffsetAndTimestamp> starts = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp start = starts.get(partition);
      consumer.seek(partition, start == null ? ends.get(partition) : start.offset());
    }
    return ends;
  }
}
