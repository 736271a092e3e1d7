package io.tokenwatt.quickstart.fleet;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The fleet as a Prometheus file_sd document (JSON): a group per target whose labels name the node
 * and its place. Prometheus reads it too. Who owns which boards is not in this format; see {@link
 * AgentText}. Stateless.
 */
public final class FileSdText {
  private FileSdText() {}

  public static String json(List<SimulatedNode> nodes) {
    return nodes.stream()
        .flatMap(node -> node.targets().stream().map(target -> group(node.place(), target)))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String group(NodePlace place, SimulatedTarget target) {
    return """
          {"targets": ["%s"], "labels": {"__kind__": "%s", "name": "%s", "node": "%s", \
        "region": "%s", "zone": "%s", "cluster": "%s", "site": "%s", "rack": "%s", \
        "site_kind": "%s", "provider": "%s", "purchase_option": "%s", "node_class": "%s"}}"""
        .formatted(
            target.url().getAuthority(),
            target.kind(),
            target.name(),
            place.node(),
            place.region(),
            place.zone(),
            place.cluster(),
            place.site(),
            place.rack(),
            place.siteKind(),
            place.provider(),
            place.purchaseOption(),
            place.nodeClass());
  }
}
