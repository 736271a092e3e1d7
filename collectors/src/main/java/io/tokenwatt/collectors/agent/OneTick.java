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
  private final Map<String, NodeSample> first = new ConcurrentHashMap<>();
  private final CountDownLatch arrived;

  OneTick(int nodes) {
    arrived = new CountDownLatch(nodes);
  }

  /** Scrapes every node once; fewer records than nodes where one took longer than two ticks. */
  static List<NodeSample> of(AgentConfig config) {
    Duration patience = config.tick().multipliedBy(3).plusSeconds(2);
    OneTick sink = new OneTick(Math.max(1, config.nodes().size()));
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
    if (first.putIfAbsent(sample.getNode().getNode(), sample) == null) {
      arrived.countDown();
    }
  }

  @Override
  public void close() {}
}
