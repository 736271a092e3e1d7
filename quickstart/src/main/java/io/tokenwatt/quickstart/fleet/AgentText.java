package io.tokenwatt.quickstart.fleet;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The fleet as the configuration of one agent: YAML for {@code ./tokenwatt agent}. One agent stands
 * for all nodes here; in a real fleet each node has its own. Stateless.
 */
public final class AgentText {
  private AgentText() {}

  /**
   * @param bootstrap the Kafka brokers, host:port
   */
  public static String yaml(List<SimulatedNode> nodes, String bootstrap) {
    StringBuilder out = new StringBuilder();
    out.append("# The simulated fleet. Ports change with each start of it.\n");
    out.append("tick: 1s\nkafka:\n  bootstrap: ").append(quoted(bootstrap)).append("\nnodes:\n");
    nodes.forEach(node -> node(out, node));
    out.append("targets:\n");
    nodes.forEach(node -> node.targets().forEach(target -> target(out, node.name(), target)));
    out.append("bindings:\n");
    nodes.forEach(node -> node.bindings().forEach(binding -> binding(out, node.name(), binding)));
    out.append("# Slurm's jobs of this fleet are told by dcgm-exporter's label hpc_job.\nslurm:\n");
    out.append("  jobs:\n    - {job: \".*\", owner: \"research\", kind: training}\n");
    return out.toString();
  }

  /**
   * The section that lets the agent take in what the simulated gateway tells.
   *
   * @param port on loopback; 0 = a free one
   */
  public static String requests(int port) {
    return "requests:\n  listen: \"127.0.0.1:"
        + port
        + "\"\n  # The simulated customers are invented; yours deserve a tenant_key.\n"
        + "  plain_tenants: true\n";
  }

  private static void node(StringBuilder out, SimulatedNode node) {
    NodePlace place = node.place();
    if (!node.peculiarity().isEmpty()) {
      out.append("  # ").append(node.peculiarity()).append('\n');
    }
    out.append("  - {node: ").append(quoted(place.node()));
    out.append(", region: ").append(quoted(place.region()));
    out.append(", zone: ").append(quoted(place.zone()));
    out.append(", cluster: ").append(quoted(place.cluster()));
    out.append(", site: ").append(quoted(place.site()));
    out.append(", rack: ").append(quoted(place.rack())).append(",\n     site_kind: ");
    out.append(place.siteKind()).append(", provider: ").append(quoted(place.provider()));
    out.append(", purchase_option: ").append(place.purchaseOption());
    if (!place.nodeClass().isEmpty()) {
      out.append(", node_class: ").append(quoted(place.nodeClass()));
    }
    if (place.pue() > 0) {
      out.append(", pue: ").append(place.pue());
    }
    out.append("}\n");
  }

  private static void target(StringBuilder out, String node, SimulatedTarget target) {
    out.append("  - {node: ").append(quoted(node));
    out.append(", name: ").append(quoted(target.name()));
    out.append(", url: ").append(quoted(target.url().toString()));
    out.append(", kind: ").append(target.kind()).append("}\n");
  }

  private static void binding(StringBuilder out, String node, SimulatedBinding binding) {
    out.append("  - node: ").append(quoted(node)).append('\n');
    out.append("    workload: ").append(quoted(binding.workload())).append('\n');
    out.append("    owner: ").append(quoted(binding.owner())).append('\n');
    word(out, "kind", binding.kind(), "inference");
    word(out, "role", binding.role(), "both");
    word(out, "task", binding.task(), "generate");
    out.append("    model: ").append(quoted(binding.model())).append('\n');
    out.append("    engines: ").append(list(binding.engines())).append('\n');
    out.append("    gpus: ").append(list(binding.gpus())).append('\n');
    if (binding.members() > 1) {
      out.append("    members: ").append(binding.members()).append('\n');
      out.append("    boards_required: ").append(binding.boardsRequired()).append('\n');
    }
    word(out, "engine_group", binding.engineGroup(), "");
    word(out, "pair_group", binding.pairGroup(), "");
  }

  /** What is as it is by default is not written. */
  private static void word(StringBuilder out, String key, String value, String byDefault) {
    if (!value.equals(byDefault)) {
      out.append("    ").append(key).append(": ").append(quoted(value)).append('\n');
    }
  }

  private static String list(List<String> texts) {
    return texts.stream().map(AgentText::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  /** None of the fleet's words holds a quote, a backslash or a control character. */
  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
