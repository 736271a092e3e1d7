package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.discovery.LoopbackProbe;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.kubernetes.KubernetesSpec;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.ConfigReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code --discover} prints: exporters on loopback and, inside a cluster, in this node's pods.
 */
final class Discovery {
  private Discovery() {}

  /**
   * @param environment tells whether this is a pod
   * @param host the node's name where nothing better is known
   */
  static String draft(Map<String, String> environment, String host) {
    ExporterCatalogue catalogue = ExporterCatalogue.standard();
    List<TargetSpec> loopback = new LoopbackProbe(catalogue).find();
    boolean server =
        environment.containsKey(AgentConfig.ENVIRONMENT_PREFIX + "_KUBERNETES_API_SERVER");
    if (!server && !environment.containsKey("KUBERNETES_SERVICE_HOST")) {
      return ConfigDraft.yaml(host, loopback);
    }
    String node = environment.getOrDefault("NODE_NAME", host);
    Optional<KubernetesSpec> spec =
        new ConfigReader(AgentConfig.ENVIRONMENT_PREFIX, kubernetes(environment))
            .read(
                "environment",
                "kubernetes: {}\n".getBytes(StandardCharsets.UTF_8),
                Path.of("."),
                root -> KubernetesYaml.read(root, node, environment));
    Surroundings seen = Surroundings.look(spec.orElseThrow(), loopback, catalogue);
    return ConfigDraft.yaml(node, loopback) + ConfigDraft.kubernetes(seen.text());
  }

  // Overrides of other keys are for the configuration to come.
  private static Map<String, String> kubernetes(Map<String, String> environment) {
    String prefix = AgentConfig.ENVIRONMENT_PREFIX + "_";
    return environment.entrySet().stream()
        .filter(
            e -> !e.getKey().startsWith(prefix) || e.getKey().startsWith(prefix + "KUBERNETES_"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
