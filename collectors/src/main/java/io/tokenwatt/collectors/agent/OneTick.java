package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.model.proto.NodeSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Keeps a record of each node instead of publishing it. Thread-safe. */
final class OneTick implements SampleSink {
  /**
   * A JVM that just started is slow: below this a tick leaves a scrape too little time at first.
   */
  private static final Duration SHORT_TICK = Duration.ofSeconds(5);

  private static final long UNDECIDED = Long.MAX_VALUE;

  /** Whoever waits for pods longer than this takes what there is. */
  private static final Duration PODS = Duration.ofSeconds(12);

  /** What is found is scraped from the next tick on, warm from the one behind it. */
  private static final int TICKS_AFTER_PODS = 3;

  private final Map<String, NodeSample> first = new ConcurrentHashMap<>();
  private final CountDownLatch arrived;
  private final long podsUntil = System.nanoTime() + PODS.toNanos();
  private final long firstSeq;
  private long keptFrom;
  private volatile BooleanSupplier podsKnown = () -> false;

  /**
   * @param samples one per node, sorted by node
   * @param surroundings what Kubernetes told; "" = nobody asked it
   */
  record Seen(List<NodeSample> samples, String surroundings) {}

  private OneTick(int nodes, long firstSeq, boolean pods) {
    arrived = new CountDownLatch(nodes);
    this.firstSeq = firstSeq;
    keptFrom = pods ? UNDECIDED : firstSeq;
  }

  /**
   * One record per node, of a tick after the JVM is warm and pods were asked; fewer where a node
   * took longer than two ticks.
   */
  static Seen of(AgentConfig config) {
    long firstSeq = config.tick().compareTo(SHORT_TICK) < 0 ? 3 : 1;
    boolean pods = config.ownership().kubernetes().isPresent();
    Duration patience = config.tick().multipliedBy(firstSeq + 2).plusSeconds(2);
    if (pods) {
      patience = patience.plus(PODS).plus(config.tick().multipliedBy(TICKS_AFTER_PODS));
    }
    OneTick sink = new OneTick(Math.max(1, config.nodes().size()), firstSeq, pods);
    Agent agent = Agent.start(config, (counters, health) -> sink);
    try {
      agent.kubernetes().ifPresent(node -> sink.podsKnown = node::isSettled);
      sink.arrived.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      Optional<String> told =
          agent.kubernetes().map(node -> Surroundings.of(node, agent.health()).text());
      return new Seen(sink.samples(), told.orElse(""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Seen(sink.samples(), "");
    } finally {
      agent.close();
    }
  }

  private List<NodeSample> samples() {
    return first.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void publish(NodeSample sample) {
    if (isKept(sample.getSeq()) && first.putIfAbsent(sample.getNode().getNode(), sample) == null) {
      arrived.countDown();
    }
  }

  private synchronized boolean isKept(long seq) {
    if (keptFrom == UNDECIDED && (podsKnown.getAsBoolean() || System.nanoTime() - podsUntil >= 0)) {
      keptFrom = Math.max(firstSeq, seq + TICKS_AFTER_PODS);
    }
    return seq >= keptFrom;
  }

  @Override
  public void close() {}
}
