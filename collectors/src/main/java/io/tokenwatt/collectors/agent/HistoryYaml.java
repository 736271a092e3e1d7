package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.scrape.Access;
import io.tokenwatt.config.Section;
import java.util.List;

/**
 * The keys of an agent's file that say whose readings are whose: {@code node}, {@code nodes},
 * {@code targets}, {@code bindings}. Stateless.
 */
public final class HistoryYaml {
  private HistoryYaml() {}

  /**
   * @param own gives what other nodes leave out; its id may be ""
   * @param nodes those that are configured
   */
  public record Plan(NodeSpec own, List<NodePlan> nodes) {}

  /** How something with {@code bearer_token}, {@code basic} or {@code tls} is spoken to. */
  public static Access access(Section section) {
    return TargetYaml.access(section);
  }

  public static Plan read(Section root) {
    NodeSpec own = NodeYaml.own(root.section("node"), true);
    return new Plan(own, AgentYaml.nodes(root, own, true, false, AgentConfig.DEFAULT_TICK));
  }
}
