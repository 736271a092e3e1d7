package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.config.Problem;
import io.tokenwatt.config.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentYamlTest {

  private static AgentConfig read(String yaml) {
    return ConfigReader.of("TOKENWATT_AGENT", Map.of("TOKEN", "t0ken"))
        .read(
            "agent.yaml",
            yaml.getBytes(StandardCharsets.UTF_8),
            Path.of("/etc/tw"),
            AgentYaml::config);
  }

  private static List<String> problems(String yaml) {
    ConfigException refused = catchThrowableOfType(ConfigException.class, () -> read(yaml));
    assertThat(refused).as("the configuration must be refused").isNotNull();
    return refused.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void theWholeShapeIsRead() {
    AgentConfig config =
        read(
            """
            node: {node: gpu-1, region: eu, site_kind: on_prem, purchase_option: owned}
            nodes:
              - {node: gpu-2, rack: r7}
            tick: 2s
            targets:
              - {name: dcgm, url: "http://127.0.0.1:9400/metrics", kind: dcgm, timeout: 500ms}
              - {name: vllm, url: "http://127.0.0.1:8000/metrics", bearer_token: "${env:TOKEN}"}
              - {name: dcgm, url: "http://gpu-2:9400/metrics", node: gpu-2}
            bindings:
              - {workload: chat, owner: team-a, engines: [vllm], gpus: [0, GPU-1/3], members: 2}
              - {workload: training, node: gpu-2, kind: training, gpus: [all]}
            file_sd: [sd/gpus.json]
            kafka:
              bootstrap: k1:9092,k2:9092
              properties: {security.protocol: SSL}
            listen: 0.0.0.0:9999
            exporters_d: [exporters.d]
            max_body: 4MiB
            """);

    assertThat(config.tick()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.nodes()).extracting(p -> p.node().node()).containsExactly("gpu-1", "gpu-2");
    NodePlan first = config.nodes().get(0);
    assertThat(first.targets()).extracting(TargetSpec::name).containsExactly("dcgm", "vllm");
    assertThat(first.targets().get(0).timeout()).contains(Duration.ofMillis(500));
    assertThat(first.targets().get(1).access().bearer()).contains(new Secret("t0ken"));
    assertThat(first.bindings().get(0).gpus().orElseThrow()).hasToString("[0, GPU-1/3]");
    NodePlan second = config.nodes().get(1);
    assertThat(second.node().region()).as("as on the agent's own node").isEqualTo("eu");
    assertThat(second.node().rack()).isEqualTo("r7");
    assertThat(second.bindings().get(0).kind()).isEqualTo("training");
    assertThat(config.fileSd()).containsExactly(Path.of("/etc/tw/sd/gpus.json"));
    assertThat(config.kafka().orElseThrow().bootstrap()).isEqualTo("k1:9092,k2:9092");
    assertThat(config.listen().getPort()).isEqualTo(9999);
    assertThat(config.maxBody()).isEqualTo(4 << 20);
  }

  @Test
  void littleIsRequiredAndTheRestHasDefaults() {
    AgentConfig config =
        read(
            """
            node: {node: gpu-1}
            targets: [{name: dcgm, url: "http://127.0.0.1:9400/metrics"}]
            kafka: {bootstrap: "k:9092"}
            """);

    assertThat(config.tick()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.listen())
        .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9090));
    assertThat(config.maxBody()).isEqualTo(16 << 20);
    assertThat(config.nodes().get(0).targets().get(0).kind()).isEmpty();
  }

  @Test
  void everyProblemIsListedWithItsLine() {
    assertThat(
            problems(
                """
                node: {regoin: eu, site_kind: moon}
                tick: 1
                targets:
                  - {name: a, url: "ftp://x/"}
                  - {name: a, url: "http://me:pw@x/", timeout: 700ms}
                  - {name: b, url: "http://x/", bearer_token: hunter2, node: other}
                bindings:
                  - {workload: w, engines: [c], gpus: [/2]}
                  - {owner: nobody}
                kafka: {properties: {acks: "1"}}
                listen: here
                """))
        .containsExactlyInAnyOrder(
            "agent.yaml:1: node.node: is required",
            "agent.yaml:1: node.regoin: unknown key; did you mean region?",
            "agent.yaml:1: node.site_kind: expected one of cloud, edge, on_prem, got \"moon\"",
            "agent.yaml:2: tick: expected a duration such as 500ms, 1s, 5m or 7d, got \"1\"",
            "agent.yaml:4: targets[0].url: expected a URL such as http://127.0.0.1:9400/metrics,"
                + " got \"ftp://x/\"",
            "agent.yaml:5: targets[1].url: credentials belong into basic, not into the URL",
            "agent.yaml:5: targets[1].timeout: expected 10ms to 500ms, got \"700ms\"",
            "agent.yaml:5: targets[1].name: \"a\" is already a target of this node",
            "agent.yaml:6: targets[2].bearer_token: a secret must not stand in the file; write"
                + " ${env:NAME} or ${file:/run/secrets/name}",
            "agent.yaml:6: targets[2].node: \"other\" is not under nodes",
            "agent.yaml:8: bindings[0].engines: \"c\" is no target of this node",
            "agent.yaml:8: bindings[0].gpus: expected a board as GPU-5fd4…, GPU-5fd4…/3 (instance"
                + " 3), 0 (index) or all, got \"/2\"",
            "agent.yaml:9: bindings[1].gpus: a binding names gpus, engines or both",
            "agent.yaml:9: bindings[1].workload: is required where no engine can give its name",
            "agent.yaml:10: kafka.bootstrap: is required",
            "agent.yaml:10: kafka.properties: acks is set by the agent and cannot be changed",
            "agent.yaml:11: listen: expected host:port such as 127.0.0.1:9090, got \"here\"");
  }

  @Test
  void twoNodesOfOneIdAreRefused() {
    assertThat(
            problems(
                """
                node: {node: a}
                nodes: [{node: a}]
                targets: [{name: t, url: "http://x/"}]
                kafka: {bootstrap: "k:1"}
                """))
        .containsExactly("agent.yaml:2: nodes[0].node: \"a\" is already a node of this agent");
  }

  @Test
  void anEngineBelongsToOneBinding() {
    assertThat(
            problems(
                """
                node: {node: a}
                targets: [{name: t, url: "http://x/"}]
                bindings:
                  - {workload: w, engines: [t]}
                  - {workload: v, engines: [t]}
                kafka: {bootstrap: "k:1"}
                """))
        .containsExactly("agent.yaml:5: bindings[1].engines: \"t\" is already in another binding");
  }

  @Test
  void aTargetOfNoNodeIsRefusedAlsoWhereFilesBringNodes() {
    assertThat(
            problems(
                """
                file_sd: [sd.json]
                targets: [{name: t, url: "http://x/"}]
                kafka: {bootstrap: "k:1"}
                """))
        .containsExactly("agent.yaml:2: targets[0].node: is required where node.node is not given");
  }

  @Test
  void nothingToScrapeIsSaidWithTheWayOut() {
    assertThat(problems("node: {node: a}\nkafka: {bootstrap: \"k:1\"}\n").get(0))
        .contains("nothing to scrape", "agent --discover");
  }
}
