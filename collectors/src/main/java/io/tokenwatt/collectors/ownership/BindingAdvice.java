package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.exporters.GpuRowReading;
import java.util.List;

/** The YAML lines that would resolve what could not be. Values in, text out. */
public final class BindingAdvice {
  private BindingAdvice() {}

  /**
   * A {@code bindings} entry per engine without boards and per board in dispute, to be completed
   * with boards out of those listed.
   */
  public static String yaml(String node, Owners owners, List<GpuRowReading> rows) {
    StringBuilder yaml = new StringBuilder("bindings:\n");
    owners.unresolved().forEach(engine -> yaml.append(entry(node, engine)));
    owners.disagreements().forEach(dispute -> yaml.append(entry(node, dispute)));
    yaml.append("# boards of ").append(node).append(" to share out:\n");
    rows.stream()
        .map(BoardRef::textOf)
        .distinct()
        .forEach(board -> yaml.append("#   ").append(board).append('\n'));
    return yaml.toString();
  }

  private static String entry(String node, Disagreement dispute) {
    return "  # %s\n  - {workload: \"%s\", node: \"%s\", gpus: [\"%s\"]}\n"
        .formatted(dispute, "", node, dispute.board());
  }

  private static String entry(String node, KnownEngine engine) {
    return "  - {workload: \"%s\", node: \"%s\", engines: [\"%s\"], gpus: []}\n"
        .formatted(engine.workload(), node, engine.target());
  }
}
