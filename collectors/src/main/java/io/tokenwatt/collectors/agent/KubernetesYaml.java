package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.kubernetes.KubernetesSpec;
import io.tokenwatt.collectors.ownership.PodRules;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The shape of {@code kubernetes}. Inside a pod nothing of it is required. Stateless. */
final class KubernetesYaml {
  private static final List<String> KINDS = List.of("inference", "training", "batch", "other");
  private static final HttpUrl NONE = TargetSpec.parse("http://127.0.0.1/");

  private KubernetesYaml() {}

  /**
   * @param environment gives NODE_NAME and where a pod's API server is
   * @param node the agent's own; its name in Kubernetes where nothing else gives one
   */
  static Optional<KubernetesSpec> read(Section root, String node, Map<String, String> environment) {
    if (!root.has("kubernetes")) {
      return Optional.empty();
    }
    Section section = root.section("kubernetes");
    String name = section.text("node", environment.getOrDefault("NODE_NAME", node));
    if (name.isBlank()) {
      section.reject("node", "is required: the node's name in Kubernetes, as from NODE_NAME");
    }
    return Optional.of(
        new KubernetesSpec(
            name,
            server(section, environment),
            file(section, "token_file", "token"),
            file(section, "ca", "ca.crt"),
            section.duration(
                "max_age",
                KubernetesSpec.DEFAULT_MAX_AGE,
                Duration.ofSeconds(10),
                Duration.ofHours(24)),
            podResources(section),
            section.flag("targets", true),
            rules(section)));
  }

  private static HttpUrl server(Section section, Map<String, String> environment) {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    String address = host.contains(":") ? "[" + host + "]" : host;
    String within = host.isEmpty() ? "" : "https://" + address + ":" + port;
    String url = section.text("api_server", within);
    if (url.isEmpty()) {
      section.reject("api_server", "is required outside of a pod, such as https://10.0.0.1:6443");
      return NONE;
    }
    try {
      return TargetSpec.parse(url);
    } catch (IllegalArgumentException e) {
      section.reject("api_server", TargetSpec.problem(url, e));
      return NONE;
    }
  }

  // A service account's files are there or not; a file that is named must be.
  private static Optional<Path> file(Section section, String key, String ofAccount) {
    Optional<Path> named = section.path(key);
    if (named.isPresent() && !Files.isReadable(named.get())) {
      section.reject(key, named.get() + " cannot be read");
      return Optional.empty();
    }
    return named.or(
        () ->
            Optional.of(KubernetesSpec.SERVICE_ACCOUNT.resolve(ofAccount))
                .filter(Files::isReadable));
  }

  private static Optional<Path> podResources(Section section) {
    if (section.text("pod_resources", "").equals("off")) {
      return Optional.empty();
    }
    return section
        .path("pod_resources")
        .or(() -> Optional.of(KubernetesSpec.POD_RESOURCES).filter(Files::exists));
  }

  private static PodRules rules(Section section) {
    PodRules usual = PodRules.DEFAULT;
    Map<String, String> kinds = new HashMap<>(usual.kinds());
    Section told = section.section("kinds");
    told.keys().forEach(key -> kinds.put(key, told.choice(key, "other", KINDS)));
    return new PodRules(
        before(section, "owner_labels", usual.owner()),
        before(section, "workload_labels", usual.workload()),
        before(section, "role_labels", usual.role()),
        before(section, "pair_labels", usual.pair()),
        before(section, "model_labels", usual.model()),
        kinds);
  }

  private static List<String> before(Section section, String key, List<String> usual) {
    List<String> labels = new ArrayList<>(section.texts(key));
    labels.addAll(usual);
    return labels;
  }
}
