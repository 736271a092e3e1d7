package io.tokenwatt.quickstart.faults;

import io.tokenwatt.model.Heartbeat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What a small fleet publishes in half an hour, a pure function of seed and start: three workloads
 * of four nodes. Of {@code chat} and {@code spooled} every token gets a quarter slower for some
 * minutes, of {@code spooled} one node's samples then arrive late; {@code steady} stays as it is.
 * Ticks are lost, sent twice, and broken, and one engine restarts. A heartbeat lies in every
 * partition each second, as the jobs would have written it, and in one partition nothing else.
 */
final class FaultLog {
  private static final int NODE_PARTITIONS = 3;

  /** Where nodes are, and one in which nobody writes. */
  static final int PARTITIONS = NODE_PARTITIONS + 1;

  static final int SECONDS = 1_800;
  static final int NODES = 4;

  /** Workloads that get worse: each is to be one incident, and nothing else. */
  static final List<String> WORSE = List.of("chat", "spooled");

  private static final int WORSE_FROM = 900;
  private static final int WORSE_UNTIL = 1_400;
  private static final double WORSE_BY = 1.25;
  private static final double LOST = 1 / 300.0;
  private static final double TWICE = 1 / 300.0;
  private static final double BROKEN = 1 / 2_000.0;

  /** One record, as it is to lie in Kafka; a heartbeat's value is null. */
  record Entry(int partition, long recordMs, String key, byte[] value) {}

  private final long startMs;
  private final Random random;
  private final List<Entry> entries = new ArrayList<>();

  private FaultLog(long seed, long startMs) {
    this.startMs = startMs;
    this.random = new Random(seed);
  }

  /** In the order of record time. */
  static List<Entry> of(long seed, long startMs) {
    FaultLog log = new FaultLog(seed, startMs);
    int node = 0;
    for (String workload : List.of("chat", "steady", "spooled")) {
      for (int n = 0; n < NODES; n++) {
        log.life(new FaultNode(workload, n, node, startMs, seed + node), workload, n);
        node++;
      }
    }
    log.heartbeats();
    log.entries.sort(Comparator.comparingLong(Entry::recordMs).thenComparingInt(Entry::partition));
    return log.entries;
  }

  private void life(FaultNode node, String workload, int n) {
    Random load = new Random(workload.hashCode());
    double drift = 0;
    long lastMs = 0;
    for (int second = 0; second < SECONDS; second++) {
      drift = 0.99 * drift + 0.03 * load.nextGaussian();
      double running = 24 * Math.exp(0.3 * Math.sin(second / 700.0) + drift);
      boolean worse = second >= WORSE_FROM && second < WORSE_UNTIL && WORSE.contains(workload);
      if (workload.equals("steady") && n == 2 && second == 700) {
        node.restart(startMs + second * 1000L);
      }
      long atMs = startMs + second * 1000L + 137 + 11 * n;
      byte[] sample = node.sample(atMs, running, worse ? WORSE_BY : 1).toByteArray();
      // A node's records stay in their order, whatever its spool holds back.
      lastMs = Math.max(lastMs + 1, atMs + 40 + 1000L * spooled(workload, n, second));
      publish(node.name(), n % NODE_PARTITIONS, lastMs, sample);
    }
  }

  private void heartbeats() {
    for (int second = 0; second < SECONDS; second++) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        long recordMs = startMs + second * 1000L + 500 + partition;
        entries.add(new Entry(partition, recordMs, Heartbeat.KEY, null));
      }
    }
  }

  private static int spooled(String workload, int n, int second) {
    int from = WORSE_FROM + 100;
    int until = WORSE_FROM + 220;
    return workload.equals("spooled") && n == 3 && second >= from && second < until
        ? until - second
        : 0;
  }

  private void publish(String key, int partition, long recordMs, byte[] sample) {
    if (random.nextDouble() < LOST) {
      return;
    }
    entries.add(new Entry(partition, recordMs, key, sample));
    if (random.nextDouble() < TWICE) {
      entries.add(new Entry(partition, recordMs, key, sample));
    }
    if (random.nextDouble() < BROKEN) {
      entries.add(new Entry(partition, recordMs, key, new byte[] {9, 9, 9}));
    }
  }
}
