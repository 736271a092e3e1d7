package io.tokenwatt.collectors.backfill;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.exposition.Labels;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From the labels of a Prometheus to nodes and targets, and back to the labels that the exporter
 * wrote. Pure.
 *
 * <ul>
 *   <li>A configured target whose URL has the series' {@code instance} as host:port is that target.
 *   <li>Otherwise the node is the first of the node labels that is there ({@code instance} without
 *       its port), and the target is called {@code job/instance}.
 *   <li>A configured node gives the place; else labels of the same names as in an agent's file do,
 *       and what they leave out is as on the configuration's own node.
 * </ul>
 */
final class TargetMapping {
  /** dcgm-exporter writes Hostname itself. */
  static final List<String> NODE_LABELS =
      List.of("node", "kubernetes_node", "Hostname", "hostname", "instance");

  /** Labels that say where a node is. */
  private static final List<String> PLACE =
      List.of(
          "region", "zone", "cluster", "site", "rack", "site_kind", "provider", "purchase_option");

  private static final String EXPORTED = "exported_";

  private final NodeSpec own;
  private final Map<String, NodeSpec> nodes = new HashMap<>();
  private final Map<String, SourceTarget> configured = new HashMap<>();
  private final List<String> nodeLabels;

  TargetMapping(NodeSpec own, List<NodePlan> plans, List<String> nodeLabels) {
    this.own = own;
    this.nodeLabels = nodeLabels.isEmpty() ? NODE_LABELS : List.copyOf(nodeLabels);
    for (NodePlan plan : plans) {
      nodes.put(plan.node().node(), plan.node());
      for (TargetSpec target : plan.targets()) {
        String instance = target.url().host() + ":" + target.url().port();
        configured.put(
            instance,
            new SourceTarget(
                new SourceTarget.Key("", instance),
                plan.node(),
                target.name(),
                target.kind(),
                target.adapters()));
      }
    }
  }

  /** Labels that {@link #target} looks at, besides job and instance. */
  List<String> looksAt() {
    List<String> all = new ArrayList<>(PLACE);
    all.addAll(nodeLabels);
    all.removeAll(Set.of("job", "instance"));
    return all;
  }

  /** Whose these series are; empty where no label names a node. */
  Optional<SourceTarget> target(Map<String, String> labels) {
    SourceTarget.Key key = SourceTarget.Key.of(labels);
    SourceTarget known = configured.get(key.instance());
    if (known != null) {
      return Optional.of(
          new SourceTarget(key, known.node(), known.name(), known.kind(), known.adapters()));
    }
    String node = node(labels);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    NodeSpec spec = nodes.containsKey(node) ? nodes.get(node) : place(node, labels);
    String name = key.job() + "/" + key.instance();
    return Optional.of(new SourceTarget(key, spec, name, Optional.empty(), Map.of()));
  }

  private String node(Map<String, String> labels) {
    for (String label : nodeLabels) {
      String value = labels.getOrDefault(label, "");
      if (!value.isEmpty()) {
        return label.equals("instance") ? value.replaceFirst(":\\d+$", "") : value;
      }
    }
    return "";
  }

  private NodeSpec place(String node, Map<String, String> labels) {
    return new NodeSpec(
        node,
        labels.getOrDefault("region", own.region()),
        labels.getOrDefault("zone", own.zone()),
        labels.getOrDefault("cluster", own.cluster()),
        labels.getOrDefault("site", own.site()),
        labels.getOrDefault("rack", own.rack()),
        word(labels.get("site_kind"), own.siteKind(), NodeSpec.SITE_KINDS),
        labels.getOrDefault("provider", own.provider()),
        word(labels.get("purchase_option"), own.purchaseOption(), NodeSpec.PURCHASE_OPTIONS),
        own.nodeClass(),
        own.puePpm());
  }

  private static String word(String value, String otherwise, Set<String> words) {
    return value != null && words.contains(value) ? value : otherwise;
  }

  /**
   * The labels as the exporter wrote them: without those of the target, and with the names back
   * that Prometheus changed to exported_… because its own labels have them.
   */
  static Labels asWritten(Map<String, String> stored) {
    Map<String, String> written = new java.util.TreeMap<>(stored);
    written.keySet().removeAll(Set.of("__name__", "job", "instance"));
    for (Map.Entry<String, String> label : stored.entrySet()) {
      if (label.getKey().startsWith(EXPORTED) && label.getKey().length() > EXPORTED.length()) {
        written.remove(label.getKey());
        written.put(label.getKey().substring(EXPORTED.length()), label.getValue());
      }
    }
    List<String> pairs = new ArrayList<>();
    written.forEach(
        (name, value) -> {
          pairs.add(name);
          pairs.add(value);
        });
    return Labels.of(pairs.toArray(String[]::new));
  }
}
