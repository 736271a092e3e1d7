package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.scrape.TargetSpec;
import java.util.List;

/** Writes a configuration that {@link AgentYaml} reads, to start from. Pure. */
final class ConfigDraft {
  private ConfigDraft() {}

  /** Comments say what to fill in. */
  static String yaml(String node, List<TargetSpec> targets) {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        """
        # Written by `tokenwatt agent --discover`; check it with `tokenwatt agent --check FILE`.
        node:
          node: "%s"   # unique in the fleet
          # region: eu-central-1
          # cluster: serving-1
          # site_kind: cloud            # cloud, on_prem, edge
          # provider: my-cloud
          # purchase_option: on_demand  # on_demand, reserved, spot, owned
        tick: 1s
        kafka:
          bootstrap: "127.0.0.1:9092"
        """
            .formatted(node));
    if (targets.isEmpty()) {
      return yaml + "# No exporter answered on the usual ports of this machine.\ntargets: []\n";
    }
    yaml.append("targets:\n");
    for (TargetSpec target : targets) {
      yaml.append(
          "  - {name: \"%s\", url: \"%s\"%s}\n"
              .formatted(target.name(), target.url(), kind(target)));
    }
    return yaml.toString();
  }

  /**
   * @param seen what Kubernetes told, for people
   */
  static String kubernetes(String seen) {
    return "# Pods of this node are followed; exporters in them need no entry under targets. Seen now:\n"
        + seen.replaceAll("(?m)^(?=.)", "#   ")
        + "kubernetes: {}\n";
  }

  private static String kind(TargetSpec target) {
    return target.kind().map(kind -> ", kind: \"" + kind + "\"").orElse("");
  }
}
