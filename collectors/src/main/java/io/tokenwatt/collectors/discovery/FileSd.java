package io.tokenwatt.collectors.discovery;

import io.tokenwatt.collectors.scrape.Access;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.config.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Prometheus' file_sd format, YAML or JSON: a list of {@code targets} with {@code labels}.
 * Labels that mean something here: {@code __node__} or {@code node} (the default: the agent's own
 * node), region, zone, cluster, site, rack, site_kind, provider, purchase_option (defaults: the
 * agent's own node's), {@code __scheme__}, {@code __metrics_path__}, {@code __kind__} (exporter),
 * {@code name} or {@code job} (the target's name; host:port where it would be there twice). Others
 * are passed over.
 */
final class FileSd {
  private final NodeSpec own;

  /**
   * @param own where labels are absent
   */
  FileSd(NodeSpec own) {
    this.own = own;
  }

  /**
   * @throws io.tokenwatt.config.ConfigException listing all problems of the file
   */
  List<DiscoveredTarget> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".json")) {
      // JSON may be indented with tabs, which YAML refuses; inside JSON's texts there are none.
      bytes =
          new String(bytes, StandardCharsets.UTF_8)
              .replace('\t', ' ')
              .getBytes(StandardCharsets.UTF_8);
    }
    Path folder = file.toAbsolutePath().getParent();
    return ConfigReader.plain().readList(name, bytes, folder, this::group).stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<DiscoveredTarget> group(Section group) {
    Map<String, String> labels = group.textMap("labels");
    List<String> addresses = group.texts("targets");
    NodeSpec node = node(labels);
    if (node.node().isBlank()) {
      group.reject("labels", "no node named; add the label __node__ or configure node");
      return List.of();
    }
    List<DiscoveredTarget> targets = new ArrayList<>();
    for (String address : addresses) {
      try {
        targets.add(new DiscoveredTarget(node, target(address, labels)));
      } catch (IllegalArgumentException e) {
        group.reject("targets", TargetSpec.problem(address, e));
      }
    }
    return targets;
  }

  private static TargetSpec target(String address, Map<String, String> labels) {
    String scheme = labels.getOrDefault("__scheme__", "http");
    String path = labels.getOrDefault("__metrics_path__", "/metrics");
    String name = labels.getOrDefault("name", labels.getOrDefault("job", address));
    return new TargetSpec(
        name,
        TargetSpec.parse(scheme + "://" + address + path),
        Optional.ofNullable(labels.get("__kind__")),
        Optional.empty(),
        Access.OPEN);
  }

  private NodeSpec node(Map<String, String> labels) {
    return new NodeSpec(
        labels.getOrDefault("__node__", labels.getOrDefault("node", own.node())),
        labels.getOrDefault("region", own.region()),
        labels.getOrDefault("zone", own.zone()),
        labels.getOrDefault("cluster", own.cluster()),
        labels.getOrDefault("site", own.site()),
        labels.getOrDefault("rack", own.rack()),
        labels.getOrDefault("site_kind", own.siteKind()),
        labels.getOrDefault("provider", own.provider()),
        labels.getOrDefault("purchase_option", own.purchaseOption()),
        labels.getOrDefault("node_class", own.nodeClass()),
        own.puePpm());
  }
}
