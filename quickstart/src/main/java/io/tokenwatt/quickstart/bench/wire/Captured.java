package io.tokenwatt.quickstart.bench.wire;

import io.tokenwatt.collectors.agent.Agent;
import io.tokenwatt.collectors.agent.AgentConfig;
import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.model.proto.NodeSample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Records that a real agent made, instead of publishing them. Thread-safe. */
final class Captured implements SampleSink {
  private static final int WARM = 3;

  private final int perNode;
  private final Set<String> nodes;
  private final Map<String, List<NodeSample>> samples = new ConcurrentHashMap<>();
  private final CountDownLatch open;

  private Captured(int perNode, Set<String> nodes) {
    this.perNode = perNode;
    this.nodes = nodes;
    this.open = new CountDownLatch(perNode * nodes.size());
  }

  /**
   * So many records of each of these nodes in which no target failed.
   *
   * @throws IOException if they do not come within two minutes
   */
  static Map<String, List<NodeSample>> of(AgentConfig config, Set<String> nodes, int perNode)
      throws IOException, InterruptedException {
    Captured sink = new Captured(perNode, nodes);
    try (Agent unused = Agent.start(config, (counters, health) -> sink)) {
      if (!sink.open.await(2, TimeUnit.MINUTES)) {
        throw new IOException(
            sink.open.getCount()
                + " records without a failed target are missing after two minutes");
      }
    }
    return sink.samples;
  }

  @Override
  public void publish(NodeSample sample) {
    if (!nodes.contains(sample.getNode().getNode())
        || sample.getSeq() <= WARM
        || sample.getFailuresCount() > 0) {
      return;
    }
    List<NodeSample> kept =
        samples.computeIfAbsent(sample.getNode().getNode(), node -> new ArrayList<>());
    if (kept.size() < perNode) {
      kept.add(sample);
      open.countDown();
    }
  }

  @Override
  public void close() {}
}
