package io.tokenwatt.dashboards.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/**
 * Provisioned dashboards and each panel's query through Grafana's own API and plugin, over the rows
 * of {@link RecordedFleet}: what {@code PanelQueriesTest} asks the store directly. Run it with
 * {@code mvn -B -pl dashboards -am test -DexcludedTags=long -Dtest=GrafanaImageXIT}. Never run by
 * us: there is no Docker here. Needs Linux, curl, jq, and the network for the plugin.
 */
@Tag("docker")
class GrafanaImageXIT {
  static final String IMAGE = "grafana/grafana:13.2.3";
  static final String PLUGIN = "grafana-clickhouse-datasource@4.20.0";

  private static final Path GRAFANA =
      Path.of(System.getProperty("tokenwatt.root"), "deploy", "grafana");
  private static final String PASSWORD = "only-here";

  @Test
  void everyPanelAnswersThroughGrafana() throws Exception {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker answers here: images are not run");
    int port = free();
    try (GenericContainer<?> grafana = grafana(port)) {
      grafana.start();
      ProcessBuilder smoke = new ProcessBuilder(GRAFANA.resolve("smoke/smoke.sh").toString());
      smoke.redirectErrorStream(true);
      smoke.environment().put("SMOKE_GRAFANA_URL", "http://127.0.0.1:" + port);
      smoke.environment().put("SMOKE_GRAFANA_PASSWORD", PASSWORD);
      Process process = smoke.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      assertThat(said).contains("queries asked through Grafana, 0 failed");
    }
  }

  /** In the host's network, for the store listens on loopback. */
  private static GenericContainer<?> grafana(int port) throws IOException {
    String provisioning = "/etc/grafana/provisioning/";
    String source =
        Files.readString(GRAFANA.resolve("provisioning/datasources/tokenwatt.yaml"))
            .replace("port: 9000", "port: " + RecordedFleet.nativePort());
    return new GenericContainer<>(IMAGE)
        .withNetworkMode("host")
        .withEnv("GF_PLUGINS_PREINSTALL_SYNC", PLUGIN)
        .withEnv("GF_SERVER_HTTP_ADDR", "127.0.0.1")
        .withEnv("GF_SERVER_HTTP_PORT", String.valueOf(port))
        .withEnv("GF_SECURITY_ADMIN_PASSWORD", PASSWORD)
        .withEnv("GF_ANALYTICS_REPORTING_ENABLED", "false")
        .withEnv("TOKENWATT_CLICKHOUSE_HOST", "127.0.0.1")
        .withEnv("TOKENWATT_CLICKHOUSE_PASSWORD", "")
        .withCopyToContainer(Transferable.of(source), provisioning + "datasources/tokenwatt.yaml")
        .withCopyFileToContainer(
            MountableFile.forHostPath(GRAFANA.resolve("provisioning/dashboards")),
            provisioning + "dashboards")
        // Dashboards are waited for by the script.
        .waitingFor(Wait.forLogMessage(".*HTTP Server Listen.*", 1))
        .withStartupTimeout(Duration.ofMinutes(5));
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
