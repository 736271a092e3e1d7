package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.TargetFiles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** All nodes of an agent; follows files of targets. Ticks on one thread. */
final class NodeFleet {
  private final AgentParts parts;
  private final TargetFiles files;
  private final ConcurrentMap<String, NodeTicker> nodes = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> sequences = new HashMap<>();
  private Map<String, NodePlan> wanted = Map.of();

  /**
   * @throws IllegalArgumentException if a target's certificates cannot be read
   */
  NodeFleet(AgentParts parts, TargetFiles files) {
    this.parts = parts;
    this.files = files;
    files.changes();
    want(files.plans());
    settle();
    parts.counters().gauge("tokenwatt_agent_nodes", "Nodes scraped by this agent.", nodes::size);
  }

  /** Starts a tick of every node and returns at once. */
  void tick() {
    files.changes().ifPresent(this::want);
    settle();
    nodes.values().forEach(NodeTicker::tick);
  }

  boolean isIdle() {
    return nodes.values().stream().allMatch(NodeTicker::isIdle);
  }

  void stop() {
    nodes.values().forEach(NodeTicker::stop);
  }

  private void want(List<NodePlan> plans) {
    Map<String, NodePlan> byNode = new LinkedHashMap<>();
    plans.forEach(plan -> byNode.put(plan.node().node(), plan));
    wanted = byNode;
  }

  // A node in the middle of a tick is changed at the next, so that its records stay in order.
  private void settle() {
    Set<String> left = new HashSet<>();
    Iterator<NodeTicker> running = nodes.values().iterator();
    while (running.hasNext()) {
      NodeTicker ticker = running.next();
      NodePlan plan = wanted.get(ticker.plan().node().node());
      if (!ticker.plan().equals(plan) && ticker.isIdle()) {
        left.addAll(ticker.components());
        running.remove();
      }
    }
    wanted.forEach((node, plan) -> nodes.computeIfAbsent(node, n -> ticker(plan)));
    nodes.values().forEach(ticker -> left.removeAll(ticker.components()));
    left.forEach(parts.health()::forget);
  }

  private NodeTicker ticker(NodePlan plan) {
    AtomicLong seq = sequences.computeIfAbsent(plan.node().node(), n -> new AtomicLong());
    return new NodeTicker(plan, parts, seq);
  }
}
