package io.tokenwatt.quickstart.bench.agent;

import io.tokenwatt.quickstart.bench.page.EnginePage;
import java.util.ArrayList;
import java.util.List;

/**
 * Which exporters are scraped, once a second.
 *
 * @param nodes each with {@code engines} engines
 * @param boards whether each node has eight boards too
 */
record Setup(String name, int nodes, int engines, boolean boards) {
  /** One agent for a rack or a region: 200 targets of 240 series. */
  static final Setup FLEET = new Setup("fleet agent", 25, 8, false);

  /** One agent on its node: eight engines and their boards. */
  static final Setup NODE = new Setup("node agent", 1, 8, true);

  /** One exporter: its node, its name there and its path. */
  record Target(String node, String name, String path) {}

  int targets() {
    return nodes * (engines + (boards ? 1 : 0));
  }

  int series() {
    return targets() * EnginePage.SERIES;
  }

  List<Target> all() {
    List<Target> all = new ArrayList<>();
    for (int n = 1; n <= nodes; n++) {
      for (int e = 1; e <= engines; e++) {
        all.add(new Target("n" + n, "e" + e, "/engine/" + (n * 100 + e)));
      }
      if (boards) {
        all.add(new Target("n" + n, "boards", "/boards/" + n));
      }
    }
    return all;
  }

  /** For {@code ./tokenwatt agent}. */
  String agentYaml(int port, String bootstrap) {
    StringBuilder yaml = new StringBuilder("tick: 1s\nlisten: \"127.0.0.1:0\"\n");
    yaml.append("kafka: {bootstrap: \"").append(bootstrap).append("\"}\n");
    yaml.append("node: {node: n1, region: local}\n");
    if (nodes > 1) {
      yaml.append("nodes:\n");
    }
    for (int n = 2; n <= nodes; n++) {
      yaml.append("  - {node: n").append(n).append("}\n");
    }
    yaml.append("targets:\n");
    for (Target target : all()) {
      yaml.append("  - {name: ").append(target.name).append(", node: ").append(target.node);
      yaml.append(", url: \"http://127.0.0.1:").append(port).append("/ours");
      yaml.append(target.path).append("\"}\n");
    }
    return yaml.toString();
  }

  /** For vmagent, and any Prometheus. */
  String prometheusYaml(int port) {
    StringBuilder yaml =
        new StringBuilder("global: {scrape_interval: 1s, scrape_timeout: 500ms}\n");
    yaml.append("scrape_configs:\n- job_name: bench\n  static_configs:\n");
    for (Target target : all()) {
      yaml.append("  - targets: ['127.0.0.1:").append(port).append("']\n");
      yaml.append("    labels: {__metrics_path__: /theirs").append(target.path);
      yaml.append(", node: ").append(target.node);
      yaml.append(", instance: ").append(target.node).append('-').append(target.name);
      yaml.append("}\n");
    }
    return yaml.toString();
  }
}
