package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwatt.collectors.agent.AgentMain;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.JobsMain;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.quickstart.documents.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rendered pods are given is read by this version's own parsers. */
class PodsTest {
  private static final String WHOLE = "overlays/whole";

  @TempDir Path folder;

  /** In a process of its own: the agent reads its environment. */
  @Test
  void agentAcceptsItsFileAndEnvironment() throws Exception {
    Pod pod = Pod.of(WHOLE, "DaemonSet", "tokenwatt-agent", "agent");
    List<String> arguments = pod.arguments();
    assertThat(arguments).hasSize(2).startsWith("--config");
    Path file = pod.file(arguments.get(1), folder);
    String said = check(pod.environment(), file);
    assertThat(said).contains(file + ": no problems").contains("kubernetes pods");
  }

  @Test
  void agentRefusesAPlaceThatIsNone() throws Exception {
    Pod pod = Pod.of("base", "DaemonSet", "tokenwatt-agent", "agent");
    Map<String, String> environment = pod.environment();
    environment.put("TOKENWATT_AGENT_NODE_SITE_KIND", "moon");
    assertThat(check(environment, pod.file("/etc/tokenwatt/agent.yaml", folder))).contains("moon");
  }

  private static String check(Map<String, String> environment, Path file)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(AgentMain.class.getName(), "--check", file.toString()));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().clear();
    process.environment().putAll(environment);
    // Every pod is given these; nobody answers here.
    process.environment().put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
    process.environment().put("KUBERNETES_SERVICE_PORT", "1");
    Process running = process.start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    running.waitFor();
    return said;
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/existing", WHOLE})
  void jobsAcceptTheirFileAndEnvironment(String rendered) throws IOException {
    Pod pod = Pod.of(rendered, "FlinkDeployment", "tokenwatt-jobs", "flink-main-container");
    JsonNode job = pod.manifest().tree().at("/spec/job");
    assertThat(job.path("entryClass").asText()).isEqualTo(JobsMain.class.getName());
    List<String> arguments = new ArrayList<>();
    job.path("args").forEach(argument -> arguments.add(argument.asText()));
    assertThat(arguments).hasSize(3).startsWith("--cluster", "--config");
    JobConfig config =
        ConfigReader.of("TOKENWATT_JOBS", pod.environment())
            .read(pod.file(arguments.get(2), folder), JobConfig::of);
    assertThat(config.store().password()).isEqualTo(Pod.GIVEN);
    assertThat(config.checkpoints())
        .isEqualTo(
            pod.manifest()
                .tree()
                .at("/spec/flinkConfiguration")
                .path("execution.checkpointing.dir")
                .asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/existing", WHOLE})
  void commandsOfTheToolsAreUnderstood(String rendered) throws Exception {
    Commands commands = Commands.ofTheScript();
    for (Pod pod :
        List.of(
            Pod.of(rendered, "Job", "tokenwatt-schema", "schema"),
            Pod.of(rendered, "Deployment", "tokenwatt-alerts", "alerts"))) {
      List<String> words = pod.arguments();
      assertThat(pod.container().path("image").asText()).contains("tools");
      commands
          .parser(words.get(0))
          .parseArgs(words.subList(1, words.size()).toArray(new String[0]));
    }
  }

  @Test
  void probesAndPoliciesNameThePortsThatAreListenedOn() throws IOException {
    Pod agent = Pod.of(WHOLE, "DaemonSet", "tokenwatt-agent", "agent");
    Pod alerts = Pod.of(WHOLE, "Deployment", "tokenwatt-alerts", "alerts");
    for (Pod pod : List.of(agent, alerts)) {
      List<String> words = pod.arguments();
      String text = java.nio.file.Files.readString(pod.file(words.get(words.size() - 1), folder));
      int port = pod.container().at("/ports/0/containerPort").asInt();
      assertThat(text).contains("listen: 0.0.0.0:" + port + "\n");
      for (String probe : List.of("readinessProbe", "livenessProbe")) {
        assertThat(pod.container().path(probe).at("/httpGet/port").asText())
            .isEqualTo(pod.container().at("/ports/0/name").asText());
      }
      Manifest metrics =
          pod.rendered().stream()
              .filter(each -> each.name().equals("tokenwatt-metrics"))
              .findFirst()
              .orElseThrow();
      assertThat(metrics.tree().findValuesAsText("port")).contains(String.valueOf(port));
    }
  }
}
