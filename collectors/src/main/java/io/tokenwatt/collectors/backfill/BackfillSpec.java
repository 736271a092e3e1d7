package io.tokenwatt.collectors.backfill;

import io.tokenwatt.collectors.agent.HistoryYaml;
import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.scrape.Access;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.Section;
import java.nio.file.Path;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * Which Prometheus, and whose its series are.
 *
 * @param own gives what labels and nodes leave out; its id may be ""
 * @param nodes configured ones with their targets and bindings
 * @param nodeLabels labels that name a series' node, the preferred first; empty = the usual ones
 */
public record BackfillSpec(
    HttpUrl prometheus,
    Access access,
    NodeSpec own,
    List<NodePlan> nodes,
    List<String> nodeLabels,
    List<Path> exporterFolders) {

  /** Everything by labels. */
  public static BackfillSpec of(String url) {
    return new BackfillSpec(
        TargetSpec.parse(url), Access.OPEN, NodeSpec.of("", ""), List.of(), List.of(), List.of());
  }

  public BackfillSpec withPrometheus(String url) {
    return new BackfillSpec(TargetSpec.parse(url), access, own, nodes, nodeLabels, exporterFolders);
  }

  /** From keys {@code prometheus}, {@code exporters_d} and those of an agent's file. */
  public static BackfillSpec of(Section root) {
    Section prometheus = root.section("prometheus");
    HistoryYaml.Plan plan = HistoryYaml.read(root);
    return new BackfillSpec(
        url(prometheus),
        HistoryYaml.access(prometheus),
        plan.own(),
        plan.nodes(),
        prometheus.texts("node_labels"),
        root.paths("exporters_d"));
  }

  // Not by Section.parsed, whose problem would show a password in the URL.
  private static HttpUrl url(Section section) {
    String url = section.text("url", "http://127.0.0.1:9090");
    try {
      return TargetSpec.parse(url);
    } catch (IllegalArgumentException e) {
      section.reject("url", TargetSpec.problem(url, e));
      return TargetSpec.parse("http://127.0.0.1:9090");
    }
  }
}
