package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.model.proto.NodeSample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps the first record of each node instead of publishing it. Thread-safe. */
final class OneTick implements SampleSink {
  /**
   * A JVM that just started is slow: below this a tick leaves a scrape too little time at first.
   */
  private static final Duration SHORT_TICK = Duration.ofSeconds(5);

  private final Map<String, NodeSample> first = new ConcurrentHashMap<>();
  private final CountDownLatch arrived;
  private final long firstSeq;

  OneTick(int nodes, long firstSeq) {
    arrived = new CountDownLatch(nodes);
    this.firstSeq = firstSeq;
  }

  /**
   * One record per node, of a tick after the JVM is warm; fewer where a node took longer than two
   * ticks.
   */
  static List<NodeSample> of(AgentConfig config) {
    long firstSeq = config.tick().compareTo(SHORT_TICK) < 0 ? 3 : 1;
    Duration patience = config.tick().multipliedBy(firstSeq + 2).plusSeconds(2);
    OneTick sink = new OneTick(Math.max(1, config.nodes().size()), firstSeq);
    Agent agent = Agent.start(config, (counters, health) -> sink);
    try {
      sink.arrived.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      agent.close();
    }
    return sink.first.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void publish(NodeSample sample) {
    if (sample.getSeq() >= firstSeq
        && first.putIfAbsent(sample.getNode().getNode(), sample) == null) {
      arrived.countDown();
    }
  }

  @Override
  public void close() {}
}
