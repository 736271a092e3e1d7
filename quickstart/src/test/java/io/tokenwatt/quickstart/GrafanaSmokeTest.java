package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The smoke test of Grafana, as far as it can be told without Docker. */
class GrafanaSmokeTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("tokenwatt.root"), "deploy", "grafana", "smoke");

  @Test
  void imageAndPluginArePinned() throws IOException {
    Map<?, ?> compose = (Map<?, ?>) yaml(FOLDER.resolve("compose.yaml"));
    Map<?, ?> grafana = (Map<?, ?>) ((Map<?, ?>) compose.get("services")).get("grafana");
    assertThat((String) grafana.get("image")).matches("grafana/grafana:\\d+\\.\\d+\\.\\d+");
    assertThat((String) ((Map<?, ?>) grafana.get("environment")).get("GF_PLUGINS_PREINSTALL_SYNC"))
        .matches("grafana-clickhouse-datasource@\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void scriptNamesTheDataSourceAndThePortThatAreProvisioned() throws IOException {
    Path file = FOLDER.resolveSibling("provisioning/datasources/tokenwatt.yaml");
    Map<?, ?> sources = (Map<?, ?>) yaml(file);
    Map<?, ?> source = (Map<?, ?>) ((List<?>) sources.get("datasources")).get(0);
    assertThat(Files.readString(FOLDER.resolve("smoke.sh")))
        .contains("{uid: \"" + source.get("uid") + "\"}")
        .contains("s/port: " + ((Map<?, ?>) source.get("jsonData")).get("port") + "/");
  }

  @Test
  void shellcheckFindsNothing() throws Exception {
    String script = FOLDER.resolve("smoke.sh").toString();
    assertThat(run("bash", "-n", script)).isEmpty();
    assumeTrue(run("bash", "-c", "command -v shellcheck").endsWith("shellcheck"), "no shellcheck");
    assertThat(run("shellcheck", script)).isEmpty();
  }

  private static Object yaml(Path file) throws IOException {
    return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out =
        new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
            .strip();
    process.waitFor();
    return out;
  }
}
