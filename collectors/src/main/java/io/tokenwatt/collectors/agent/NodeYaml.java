package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.config.Section;
import java.util.Collection;
import java.util.TreeSet;

/** The shape of {@code node} and of the items of {@code nodes}. Stateless. */
final class NodeYaml {
  private NodeYaml() {}

  /**
   * @param optional other nodes may do without this one
   */
  static NodeSpec own(Section section, boolean optional) {
    String node = optional ? section.text("node", "") : section.text("node");
    return place(section, node, NodeSpec.of("", ""));
  }

  /** What it leaves out is as on the agent's own node. */
  static NodeSpec other(Section section, NodeSpec own) {
    return place(section, section.text("node"), own);
  }

  private static NodeSpec place(Section section, String node, NodeSpec otherwise) {
    return new NodeSpec(
        node,
        section.text("region", otherwise.region()),
        section.text("zone", otherwise.zone()),
        section.text("cluster", otherwise.cluster()),
        section.text("site", otherwise.site()),
        section.text("rack", otherwise.rack()),
        word(section, "site_kind", otherwise.siteKind(), NodeSpec.SITE_KINDS),
        section.text("provider", otherwise.provider()),
        word(section, "purchase_option", otherwise.purchaseOption(), NodeSpec.PURCHASE_OPTIONS),
        section.text("node_class", otherwise.nodeClass()),
        section.has("pue")
            ? Math.round(section.number("pue", 1, 1, 5) * 1_000_000)
            : otherwise.puePpm());
  }

  private static String word(
      Section section, String key, String otherwise, Collection<String> words) {
    return section.choice(key, otherwise, new TreeSet<>(words));
  }
}
