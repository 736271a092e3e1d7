package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.kubernetes.KubernetesSpec;
import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.requests.RequestsSpec;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.Section;
import io.tokenwatt.config.tls.KafkaSecurity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shape of the agent's YAML; docs name the same keys. Stateless. */
final class AgentYaml {
  private AgentYaml() {}

  static AgentConfig config(Section root) {
    List<Path> fileSd = root.paths("file_sd");
    Duration tick =
        root.duration(
            "tick", AgentConfig.DEFAULT_TICK, Duration.ofMillis(100), Duration.ofMinutes(5));
    boolean others = root.has("nodes") || root.has("file_sd");
    NodeSpec own = NodeYaml.own(root.section("node"), others);
    // file_sd and pods name their targets later; until then an unknown name may be one of them.
    boolean closed = !root.has("file_sd") && !root.has("kubernetes");
    List<NodePlan> nodes = nodes(root, own, others, closed, tick);
    Optional<RequestsSpec> requests = RequestsYaml.read(root);
    Optional<KubernetesSpec> kubernetes = KubernetesYaml.read(root, own.node(), System.getenv());
    boolean found = !fileSd.isEmpty() || kubernetes.map(KubernetesSpec::targets).orElse(false);
    if (!found && requests.isEmpty() && root.sections("targets").isEmpty()) {
      root.reject(
          "targets",
          "nothing to scrape: name targets, file_sd or kubernetes (try agent --discover)");
    }
    return new AgentConfig(
        own,
        tick,
        nodes,
        fileSd,
        kafka(root.section("kafka")),
        root.parsed(
            "listen",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 9090),
            AgentYaml::address),
        root.paths("exporters_d"),
        (int) root.bytes("max_body", AgentConfig.DEFAULT_MAX_BODY, 1 << 10, 1 << 30),
        requests,
        new OwnershipSpec(kubernetes, SlurmYaml.read(root)),
        SpoolYaml.read(root));
  }

  /**
   * @param others the agent's own node may have no id
   * @param closed bindings may name configured targets only
   */
  static List<NodePlan> nodes(
      Section root, NodeSpec own, boolean others, boolean closed, Duration tick) {
    Map<String, NodeSpec> specs = new LinkedHashMap<>();
    specs.put(own.node(), own);
    for (Section section : root.sections("nodes")) {
      NodeSpec node = NodeYaml.other(section, own);
      if (specs.putIfAbsent(node.node(), node) != null) {
        section.reject("node", "\"" + node.node() + "\" is already a node of this agent");
      }
    }
    // Where node.node itself is missing that is said already, once.
    if (own.node().isEmpty() && others) {
      specs.remove("");
    }
    Map<String, List<TargetSpec>> targets = new LinkedHashMap<>();
    for (Section section : root.sections("targets")) {
      String node = nodeOf(section, own, specs);
      TargetYaml.add(section, tick, targets.computeIfAbsent(node, n -> new ArrayList<>()));
    }
    Map<String, List<BindingSpec>> bindings = new LinkedHashMap<>();
    for (Section section : root.sections("bindings")) {
      String node = nodeOf(section, own, specs);
      List<TargetSpec> known = targets.getOrDefault(node, List.of());
      List<BindingSpec> earlier = bindings.computeIfAbsent(node, n -> new ArrayList<>());
      BindingYaml.add(section, closed ? Optional.of(known) : Optional.empty(), earlier);
    }
    return specs.values().stream()
        .filter(spec -> !spec.node().isEmpty())
        .map(spec -> plan(spec, targets, bindings))
        .toList();
  }

  private static NodePlan plan(
      NodeSpec spec,
      Map<String, List<TargetSpec>> targets,
      Map<String, List<BindingSpec>> bindings) {
    return new NodePlan(
        spec,
        targets.getOrDefault(spec.node(), List.of()),
        bindings.getOrDefault(spec.node(), List.of()));
  }

  private static String nodeOf(Section section, NodeSpec own, Map<String, NodeSpec> specs) {
    String node = section.text("node", own.node());
    if (!specs.containsKey(node)) {
      String problem =
          node.isEmpty()
              ? "is required where node.node is not given"
              : "\"" + node + "\" is not under nodes";
      section.reject("node", problem);
    }
    return node;
  }

  private static Optional<KafkaSpec> kafka(Section section) {
    String bootstrap = section.text("bootstrap");
    String topic = section.text("topic", KafkaSpec.of("").topic());
    Map<String, String> properties = new LinkedHashMap<>(KafkaSecurity.properties(section));
    for (String fixed : KafkaSpec.FIXED) {
      if (properties.remove(fixed) != null) {
        section.reject("properties", fixed + " is set by the agent and cannot be changed");
      }
    }
    return Optional.of(new KafkaSpec(bootstrap, topic, properties));
  }

  static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535 || host.isEmpty()) {
      throw new IllegalArgumentException("expected host:port such as 127.0.0.1:9090");
    }
    return new InetSocketAddress(host.replaceAll("^\\[|]$", ""), Integer.parseInt(port));
  }
}
