package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.requests.RequestsSpec;
import io.tokenwatt.collectors.spool.SpoolSpec;
import io.tokenwatt.config.ConfigReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that an agent is told.
 *
 * @param own the agent's own node: gives files of targets what their labels leave out
 * @param tick 100 ms to 5 min
 * @param nodes configured ones, ids unique; one without targets waits for files to bring some
 * @param fileSd files of targets, read again when they change
 * @param kafka empty = records go nowhere ({@code --once}, {@code --check})
 * @param listen of /metrics and /healthz; port 0 = any free one
 * @param exporterFolders with the user's own exporter descriptions
 * @param maxBody most bytes of one exporter's answer
 * @param requests how request events are taken in; empty = not at all
 * @param ownership who tells whose the boards are, besides bindings
 * @param spool where records wait on disk; empty = in memory
 */
public record AgentConfig(
    NodeSpec own,
    Duration tick,
    List<NodePlan> nodes,
    List<Path> fileSd,
    Optional<KafkaSpec> kafka,
    InetSocketAddress listen,
    List<Path> exporterFolders,
    int maxBody,
    Optional<RequestsSpec> requests,
    OwnershipSpec ownership,
    Optional<SpoolSpec> spool) {
  public static final Duration DEFAULT_TICK = Duration.ofSeconds(1);
  public static final int DEFAULT_MAX_BODY = 16 << 20;

  /** Variables {@code TOKENWATT_AGENT_…} override keys of the file. */
  public static final String ENVIRONMENT_PREFIX = "TOKENWATT_AGENT";

  public AgentConfig {
    nodes = List.copyOf(nodes);
    fileSd = List.copyOf(fileSd);
    exporterFolders = List.copyOf(exporterFolders);
    long ids = nodes.stream().map(plan -> plan.node().node()).distinct().count();
    if (ids != nodes.size()) {
      throw new IllegalArgumentException("two nodes of one id; their records would be mixed up");
    }
  }

  /** Some nodes published to Kafka once a second; everything else by default, any free port. */
  public static AgentConfig of(List<NodePlan> nodes, KafkaSpec kafka) {
    return new AgentConfig(
        nodes.isEmpty() ? NodeSpec.of("", "") : nodes.get(0).node(),
        DEFAULT_TICK,
        nodes,
        List.of(),
        Optional.of(kafka),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        List.of(),
        DEFAULT_MAX_BODY,
        Optional.empty(),
        OwnershipSpec.NONE,
        Optional.empty());
  }

  public AgentConfig withTick(Duration other) {
    return new AgentConfig(
        own,
        other,
        nodes,
        fileSd,
        kafka,
        listen,
        exporterFolders,
        maxBody,
        requests,
        ownership,
        spool);
  }

  public AgentConfig withFileSd(List<Path> files) {
    return new AgentConfig(
        own,
        tick,
        nodes,
        files,
        kafka,
        listen,
        exporterFolders,
        maxBody,
        requests,
        ownership,
        spool);
  }

  public AgentConfig withListen(InetSocketAddress address) {
    return new AgentConfig(
        own,
        tick,
        nodes,
        fileSd,
        kafka,
        address,
        exporterFolders,
        maxBody,
        requests,
        ownership,
        spool);
  }

  public AgentConfig withMaxBody(int bytes) {
    return new AgentConfig(
        own,
        tick,
        nodes,
        fileSd,
        kafka,
        listen,
        exporterFolders,
        bytes,
        requests,
        ownership,
        spool);
  }

  public AgentConfig withRequests(RequestsSpec spec) {
    return new AgentConfig(
        own,
        tick,
        nodes,
        fileSd,
        kafka,
        listen,
        exporterFolders,
        maxBody,
        Optional.of(spec),
        ownership,
        spool);
  }

  public AgentConfig withOwnership(OwnershipSpec spec) {
    return new AgentConfig(
        own, tick, nodes, fileSd, kafka, listen, exporterFolders, maxBody, requests, spec, spool);
  }

  public AgentConfig withSpool(SpoolSpec spec) {
    return new AgentConfig(
        own,
        tick,
        nodes,
        fileSd,
        kafka,
        listen,
        exporterFolders,
        maxBody,
        requests,
        ownership,
        Optional.of(spec));
  }

  /** From YAML, overridden by the process's environment. */
  public static AgentConfig read(Path file) {
    return ConfigReader.of(ENVIRONMENT_PREFIX, System.getenv()).read(file, AgentYaml::config);
  }
}
