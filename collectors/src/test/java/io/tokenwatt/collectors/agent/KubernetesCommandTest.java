package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.collectors.kubernetes.KubernetesSpec;
import io.tokenwatt.collectors.kubernetes.PodJson;
import io.tokenwatt.collectors.kubernetes.ScriptedApi;
import io.tokenwatt.collectors.ownership.PodRules;
import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command shows of a cluster. */
@Timeout(240)
class KubernetesCommandTest {
  @TempDir Path folder;

  private final ScriptedApi api = new ScriptedApi();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void close() {
    api.close();
  }

  private int run(String... arguments) {
    CommandLine command = AgentMain.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private String config(String kubernetes) throws IOException {
    String yaml =
        """
        node: {node: n1, region: eu}
        tick: 500ms
        kafka: {bootstrap: "nowhere:1"}
        kubernetes: {node: gpu-1, api_server: "%s", pod_resources: "off"%s}
        """
            .formatted(api.url(), kubernetes);
    return Files.writeString(folder.resolve("agent.yaml"), yaml).toString();
  }

  @Test
  void onceCheckAndDiscoverShowThePodsTheirExportersAndTheirBoards() throws IOException {
    try (Peer dcgm = Peer.text("");
        Peer vllm = Peer.text(ExporterTexts.vllm("llama", 777))) {
      PodJson chat =
          PodJson.deployed("prod", "chat", "x2k4p")
              .gpus("nvidia.com/gpu", 2)
              .port(vllm.port())
              .label("team", "search");
      dcgm.now(
          (request, answer) ->
              answer.write(
                  Peer.response(
                      "200 OK",
                      "text/plain",
                      ExporterTexts.dcgm(5_000_000, 412.5)
                          .replace(
                              "Hostname=",
                              "container=\"main\",namespace=\"prod\",pod=\"%s\",Hostname="
                                  .formatted(chat.name())))));
      api.put(chat);
      api.put(
          new PodJson("gpu-operator", "nvidia-dcgm-exporter-4b2xz")
              .image("nvcr.io/nvidia/k8s/dcgm-exporter:4.4.1")
              .port(dcgm.port()));
      api.put(new PodJson("kube-system", "proxy-1").image("kube-proxy:1.34"));
      String file = config(", owner_labels: [team]");

      assertThat(run("--config", file, "--once")).isZero();
      assertThat(out.toString())
          .contains("kubernetes  3 pods on this node")
          .contains("pod prod/" + chat.name() + "  2 boards  http://127.0.0.1:" + vllm.port())
          .contains("pod gpu-operator/nvidia-dcgm-exporter-4b2xz  no boards  http")
          .doesNotContain("kube-proxy")
          .contains("engine prod/" + chat.name() + ":" + vllm.port() + "  vllm")
          .contains(
              "workload prod/chat  boards [0, 1]  engines [0]  ownership_pod  owner search"
                  + "  kind inference  required 2");

      out.getBuffer().setLength(0);
      assertThat(run("--check", file)).isZero();
      assertThat(out.toString())
          .contains("no problems", "kubernetes  3 pods", "pod prod/" + chat.name());

      String draft =
          Discovery.draft(
              Map.of(
                  "TOKENWATT_AGENT_KUBERNETES_API_SERVER",
                  api.url().toString(),
                  "TOKENWATT_AGENT_TICK",
                  "1s",
                  "NODE_NAME",
                  "gpu-1"),
              "host-1");
      assertThat(draft)
          .contains("node: \"gpu-1\"", "kubernetes: {}")
          .contains("#     pod prod/" + chat.name() + "  2 boards");
    }
  }

  @Test
  void anApiServerThatRefusesIsShownAndIsNoMistakeOfTheFile() throws IOException {
    api.status(403);

    assertThat(run("--check", config(""))).isZero();
    assertThat(out.toString())
        .contains("has told of no pods", "HTTP 403", "verbs list and watch on pods");
  }

  private static KubernetesSpec read(String yaml, Map<String, String> environment) {
    return ConfigReader.plain()
        .read(
            "agent.yaml",
            yaml.getBytes(StandardCharsets.UTF_8),
            Path.of("."),
            root -> KubernetesYaml.read(root, "", environment))
        .orElseThrow();
  }

  @Test
  void insideAPodNothingNeedsToBeSaid() {
    Map<String, String> pod =
        Map.of(
            "KUBERNETES_SERVICE_HOST",
            "fd00::1",
            "KUBERNETES_SERVICE_PORT",
            "443",
            "NODE_NAME",
            "gpu-7");

    KubernetesSpec spec = read("kubernetes: {}", pod);

    assertThat(spec.node()).isEqualTo("gpu-7");
    assertThat(spec.server()).hasToString("https://[fd00::1]/");
    assertThat(spec.maxAge()).isEqualTo(Duration.ofMinutes(15));
    assertThat(spec.rules()).isEqualTo(PodRules.DEFAULT);
  }

  @Test
  void allProblemsAreListedAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    kubernetes:
                      token_file: /no/such/token
                      max_age: 1s
                      kinds: {Notebook: toy}
                    """,
                    Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("agent.yaml:2: kubernetes.token_file: /no/such/token cannot be read")
        .hasMessageContaining("agent.yaml:3: kubernetes.max_age")
        .hasMessageContaining("agent.yaml:4: kubernetes.kinds.Notebook")
        .hasMessageContaining("kubernetes.node: is required")
        .hasMessageContaining("kubernetes.api_server: is required outside of a pod");
  }

  @Test
  void aSlurmRuleThatNamesNoGroupOfItsPatternIsRefusedWithItsLine() {
    String yaml =
        """
        slurm:
          jobs:
            - {job: "serve-(.*)", workload: "$1", kind: inference, engine_group: "$1"}
            - {job: "train-(.*)", workload: "$2"}
            - {job: "(", kind: batch}
        """;

    assertThatThrownBy(
            () ->
                ConfigReader.plain()
                    .read(
                        "agent.yaml",
                        yaml.getBytes(StandardCharsets.UTF_8),
                        Path.of("."),
                        SlurmYaml::read))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("agent.yaml:4: slurm.jobs[1].workload: expected text with groups")
        .hasMessageContaining("agent.yaml:5: slurm.jobs[2].job: expected a pattern");
  }
}
