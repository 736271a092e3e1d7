package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.Problem;
import java.util.ArrayList;
import java.util.List;

/** Checks what only the catalogue can tell: that configured kinds exist. */
final class TargetKinds {
  private TargetKinds() {}

  /**
   * @throws ConfigException naming every target of an unknown kind
   */
  static void check(AgentConfig config, ExporterCatalogue catalogue) {
    List<String> known = catalogue.all().stream().map(Exporter::kind).sorted().toList();
    List<Problem> problems = new ArrayList<>();
    for (NodePlan plan : config.nodes()) {
      for (TargetSpec target : plan.targets()) {
        if (target.kind().isPresent() && catalogue.byName(target.kind().get()).isEmpty()) {
          String where = "target " + plan.node().node() + "/" + target.name();
          String message =
              "\"" + target.kind().get() + "\" is no exporter; known: " + String.join(", ", known);
          problems.add(new Problem(where, 0, "kind", message));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
