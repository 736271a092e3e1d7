package io.tokenwatt.jobs.efficiency;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A broker that is slow to answer for one partition: a poll that holds its records from a given
 * time on does not return until the test lets it. The job's other threads go on.
 */
public final class StalledFetch implements ConsumerInterceptor<byte[], byte[]> {
  private static final Map<TopicPartition, Stall> STALLS = new ConcurrentHashMap<>();

  private record Stall(long fromMs, CountDownLatch begun, CountDownLatch over) {}

  /** Holds a partition's records of {@code fromMs} and later; once per partition of a topic. */
  public static CountDownLatch of(TopicPartition partition, long fromMs, CountDownLatch over) {
    Stall stall = new Stall(fromMs, new CountDownLatch(1), over);
    STALLS.put(partition, stall);
    return stall.begun;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      Stall stall = STALLS.get(partition);
      if (stall == null) {
        continue;
      }
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        if (record.timestamp() >= stall.fromMs) {
          hold(stall);
          break;
        }
      }
    }
    return records;
  }

  private static void hold(Stall stall) {
    stall.begun.countDown();
    try {
      stall.over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}

  @Override
  public void configure(Map<String, ?> configs) {}
}
