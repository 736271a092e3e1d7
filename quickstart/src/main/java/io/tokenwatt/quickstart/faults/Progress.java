package io.tokenwatt.quickstart.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the job is: records that a completed checkpoint covers, and so are stored. Sampled a few
 * times a second from the group's committed offsets.
 */
final class Progress implements AutoCloseable {
  private static final int WAIT_MS = 2_000;
  private static final long EVERY_MS = 200;

  /**
   * @param atNanos of {@link System#nanoTime}
   */
  record Seen(long atNanos, long records) {}

  private final Admin admin;
  private final String topic;
  private final String group;
  private final List<Seen> seen = new ArrayList<>();
  private final Thread sampler = new Thread(this::sample, "progress");
  private volatile boolean ended;

  Progress(String bootstrap, String topic, String group) {
    this.topic = topic;
    this.group = group;
    this.admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "request.timeout.ms",
                WAIT_MS,
                "default.api.timeout.ms",
                WAIT_MS));
    sampler.setDaemon(true);
    sampler.start();
  }

  private void sample() {
    while (!ended) {
      try {
        long records = committed();
        synchronized (seen) {
          seen.add(new Seen(System.nanoTime(), records));
          seen.notifyAll();
        }
        TimeUnit.MILLISECONDS.sleep(EVERY_MS);
      } catch (ExecutionException | TimeoutException away) {
        // Kafka does not answer: nothing is known, and nothing is said.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private long committed() throws ExecutionException, TimeoutException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get(WAIT_MS, TimeUnit.MILLISECONDS)
        .entrySet()
        .stream()
        .filter(e -> e.getKey().topic().equals(topic) && e.getValue() != null)
        .mapToLong(e -> e.getValue().offset())
        .sum();
  }

  /** Records in the topic now. */
  long published() throws ExecutionException, TimeoutException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, FaultLog.PARTITIONS)
            .boxed()
            .collect(Collectors.toMap(p -> new TopicPartition(topic, p), p -> OffsetSpec.latest()));
    return admin.listOffsets(ends).all().get(WAIT_MS, TimeUnit.MILLISECONDS).values().stream()
        .mapToLong(result -> result.offset())
        .sum();
  }

  /** Waits until a checkpoint covers so many records; false = it did not come in time. */
  boolean await(long records, Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    synchronized (seen) {
      while (seen.isEmpty() || seen.get(seen.size() - 1).records() < records) {
        long leftMs = (until - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
          return false;
        }
        seen.wait(leftMs);
      }
      return true;
    }
  }

  List<Seen> all() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  @Override
  public void close() throws InterruptedException {
    ended = true;
    sampler.join();
    admin.close(Duration.ZERO);
  }
}
