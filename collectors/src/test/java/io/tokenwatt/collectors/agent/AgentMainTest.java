package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.ConfigReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AgentMainTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = AgentMain.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private String config(String yaml) throws IOException {
    return Files.writeString(folder.resolve("agent.yaml"), yaml).toString();
  }

  @Test
  void helpIsGivenAndWrongUsageIsTwo() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("--config", "--discover", "--check", "--once", "TOKENWATT_AGENT_");
    assertThat(run()).isEqualTo(2);
    assertThat(run("--no-such-option")).isEqualTo(2);
    assertThat(run("--once")).isEqualTo(2);
    assertThat(run("--discover", "--check", "x")).isEqualTo(2);
  }

  @Test
  void checkListsAllProblemsAndFails() throws IOException {
    String file = config("node: {nod: a}\ntick: 1\nkafka: {bootstrap: k}\n");

    assertThat(run("--check", file)).isEqualTo(1);
    assertThat(err.toString())
        .contains("4 problems", "agent.yaml:1: node.nod: unknown key", "agent.yaml:2: tick");
  }

  @Test
  void checkKnowsTheKindsOfExporters() throws IOException {
    String file =
        config(
            """
            node: {node: a}
            targets: [{name: t, url: "http://x/", kind: vlm}]
            kafka: {bootstrap: k}
            """);

    assertThat(run("--check", file)).isEqualTo(1);
    assertThat(err.toString()).contains("target a/t: kind: \"vlm\" is no exporter", "vllm");
  }

  @Test
  void aMissingFileIsNamedWithoutAStackTrace() {
    assertThat(run("--config", folder.resolve("none.yaml").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("none.yaml: cannot be read").doesNotContain("\tat ");
  }

  @Test
  void onceShowsATickToPeopleAndToJq() throws IOException {
    try (Peer dcgm = Peer.text(ExporterTexts.dcgm(5_000_000, 412.5));
        Peer vllm = Peer.text(ExporterTexts.vllm("llama", 777))) {
      String file =
          config(
              """
              node: {node: n1, region: eu}
              targets:
                - {name: dcgm, url: "%s"}
                - {name: vllm, url: "%s"}
              kafka: {bootstrap: nowhere:1}
              """
                  .formatted(dcgm.url(), vllm.url()));

      assertThat(run("--config", file, "--once")).isZero();
      assertThat(out.toString())
          .contains("node n1  region eu", "NVIDIA H100", "gpu_energy_millijoules", "5,000,000")
          .contains("engine_output_tokens", "777")
          .contains("workload llama  boards [0, 1]  engines [0]  ownership_assumed");
      out.getBuffer().setLength(0);
      assertThat(run("--config", file, "--once", "--json")).isZero();
      assertThat(out.toString())
          .startsWith("{\"node\":{\"node\":\"n1\"")
          .contains("777")
          .hasLineCount(1);
    }
  }

  @Test
  void theDiscoveredConfigurationIsOneThatTheAgentReads() {
    List<TargetSpec> found = List.of(TargetSpec.of("dcgm-9400", "http://127.0.0.1:9400/metrics"));

    String yaml = ConfigDraft.yaml("gpu-1", found);

    AgentConfig config =
        ConfigReader.plain()
            .read("draft.yaml", yaml.getBytes(StandardCharsets.UTF_8), folder, AgentYaml::config);
    assertThat(config.nodes().get(0).targets()).isEqualTo(found);
    assertThat(config.own().node()).isEqualTo("gpu-1");
  }
}
