package io.tokenwatt.quickstart;

import io.tokenwatt.collectors.agent.AgentConfig;
import io.tokenwatt.quickstart.fleet.AgentText;
import io.tokenwatt.quickstart.fleet.SimulatedNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the agent's YAML into the data folder and reads it back: what the quickstart runs is what
 * {@code ./tokenwatt agent} would run with that file.
 */
final class AgentSetup {
  private AgentSetup() {}

  /** With an intake for the simulated gateway on a free port. */
  static AgentConfig simulated(
      List<SimulatedNode> nodes, String bootstrap, Path data, int statusPort) {
    String yaml = AgentText.yaml(nodes, bootstrap) + AgentText.requests(0);
    return read(yaml, data, statusPort);
  }

  /** Exporters given by URL: all of one node, named after their host. */
  static AgentConfig targets(List<URI> targets, String bootstrap, Path data, int statusPort) {
    StringBuilder yaml = new StringBuilder("tick: 1s\n");
    yaml.append("kafka:\n  bootstrap: \"").append(bootstrap).append("\"\n");
    yaml.append("node:\n  node: \"").append(nodeName(targets.get(0))).append("\"\n");
    yaml.append("  region: local\n  cluster: quickstart\ntargets:\n");
    for (int i = 0; i < targets.size(); i++) {
      yaml.append("  - {name: \"target-").append(i + 1).append("\", url: \"");
      yaml.append(targets.get(i)).append("\"}\n");
    }
    return read(yaml.toString(), data, statusPort);
  }

  /** Targets from Prometheus' file_sd files. */
  static AgentConfig files(Path file, String bootstrap, Path data, int statusPort) {
    String yaml =
        "tick: 1s\nkafka:\n  bootstrap: \""
            + bootstrap
            + "\"\nnode:\n  region: local\n  cluster: quickstart\nfile_sd:\n  - \""
            + file.toAbsolutePath()
            + "\"\n";
    return read(yaml, data, statusPort);
  }

  private static AgentConfig read(String yaml, Path data, int statusPort) {
    try {
      Path file = data.resolve("agent.yaml");
      Files.writeString(file, yaml);
      return AgentConfig.read(file)
          .withListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), statusPort));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the agent's configuration", e);
    }
  }

  private static String nodeName(URI target) {
    String host = target.getHost();
    if (host == null || host.equals("localhost") || host.startsWith("127.")) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
    return host;
  }
}
