package io.tokenwatt.collectors.discovery;

import io.tokenwatt.collectors.scrape.TargetSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds discovered targets to the configured nodes. Pure. */
final class PlanMerge {
  private PlanMerge() {}

  /**
   * The configured nodes with the targets found for them, then the nodes found; those without any
   * target are left out. Of a node that is described twice the first description counts. A target
   * whose name is taken gets its host:port appended; one that is there already, by its URL, is not
   * added.
   */
  static List<NodePlan> merge(List<NodePlan> configured, List<DiscoveredTarget> found) {
    Map<String, NodePlan> plans = new LinkedHashMap<>();
    configured.forEach(plan -> plans.put(plan.node().node(), plan));
    Map<String, List<TargetSpec>> targets = new LinkedHashMap<>();
    configured.forEach(p -> targets.put(p.node().node(), new ArrayList<>(p.targets())));
    for (DiscoveredTarget discovered : found) {
      String node = discovered.node().node();
      plans.putIfAbsent(node, NodePlan.of(discovered.node(), List.of()));
      add(discovered.target(), targets.computeIfAbsent(node, n -> new ArrayList<>()));
    }
    return plans.values().stream()
        .map(plan -> plan.withTargets(targets.get(plan.node().node())))
        .filter(plan -> !plan.targets().isEmpty())
        .toList();
  }

  private static void add(TargetSpec target, List<TargetSpec> targets) {
    if (targets.stream().anyMatch(t -> t.url().equals(target.url()))) {
      return;
    }
    String name = target.name();
    for (int attempt = 0; isTaken(name, targets); attempt++) {
      String address = target.url().host() + ":" + target.url().port();
      name = target.name() + " " + address + (attempt == 0 ? "" : target.url().encodedPath());
      if (attempt > 1) {
        name = target.url().toString();
      }
    }
    targets.add(
        new TargetSpec(
            name,
            target.url(),
            target.kind(),
            target.timeout(),
            target.access(),
            target.adapters()));
  }

  private static boolean isTaken(String name, List<TargetSpec> targets) {
    return targets.stream().anyMatch(target -> target.name().equals(name));
  }
}
