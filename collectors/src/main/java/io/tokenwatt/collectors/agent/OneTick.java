package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.kubernetes.KubernetesNode;
import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.model.proto.NodeSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps a record of each node instead of publishing it. Thread-safe. */
final class OneTick implements SampleSink {
  /**
   * A JVM that just started is slow: below this a tick leaves a scrape too little time at first.
   */
  private static final Duration SHORT_TICK = Duration.ofSeconds(5);

  private static final Duration PODS = Duration.ofSeconds(12);

  private final Map<String, NodeSample> first = new ConcurrentHashMap<>();
  private final CountDownLatch arrived;
  private final long firstSeq;
  private volatile boolean waiting;

  /**
   * @param samples one per node, sorted by node
   * @param surroundings what Kubernetes told; "" = nobody asked it
   */
  record Seen(List<NodeSample> samples, String surroundings) {}

  OneTick(int nodes, long firstSeq) {
    arrived = new CountDownLatch(nodes);
    this.firstSeq = firstSeq;
  }

  /**
   * One record per node, of a tick after the JVM is warm and pods were asked; fewer where a node
   * took longer than two ticks.
   */
  static Seen of(AgentConfig config) {
    long firstSeq = config.tick().compareTo(SHORT_TICK) < 0 ? 3 : 1;
    Duration patience = config.tick().multipliedBy(firstSeq + 2).plusSeconds(2);
    OneTick sink = new OneTick(Math.max(1, config.nodes().size()), firstSeq);
    sink.waiting = config.ownership().kubernetes().isPresent();
    Agent agent = Agent.start(config, (counters, health) -> sink);
    try {
      if (sink.waiting) {
        settle(agent.kubernetes().orElseThrow(), config.tick());
        sink.waiting = false;
      }
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

  // Then the targets found are scraped from the next tick on, warm from the one behind it.
  private static void settle(KubernetesNode node, Duration tick) throws InterruptedException {
    long deadline = System.nanoTime() + PODS.toNanos();
    while (!node.isSettled() && System.nanoTime() - deadline < 0) {
      Thread.sleep(20);
    }
    Thread.sleep(tick.multipliedBy(3).toMillis());
  }

  private List<NodeSample> samples() {
    return first.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void publish(NodeSample sample) {
    boolean counts = !waiting && sample.getSeq() >= firstSeq;
    if (counts && first.putIfAbsent(sample.getNode().getNode(), sample) == null) {
      arrived.countDown();
    }
  }

  @Override
  public void close() {}
}
