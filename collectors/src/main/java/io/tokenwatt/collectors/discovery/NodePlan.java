package io.tokenwatt.collectors.discovery;

import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.util.List;

/**
 * What an agent does for one node: all targets in one tick, one record.
 *
 * @param targets with names unique on the node
 */
public record NodePlan(NodeSpec node, List<TargetSpec> targets, List<BindingSpec> bindings) {
  public NodePlan {
    targets = List.copyOf(targets);
    bindings = List.copyOf(bindings);
    long names = targets.stream().map(TargetSpec::name).distinct().count();
    if (names != targets.size()) {
      throw new IllegalArgumentException("node " + node.node() + ": two targets of one name");
    }
  }

  public static NodePlan of(NodeSpec node, List<TargetSpec> targets) {
    return new NodePlan(node, targets, List.of());
  }

  NodePlan withTargets(List<TargetSpec> others) {
    return new NodePlan(node, others, bindings);
  }
}
