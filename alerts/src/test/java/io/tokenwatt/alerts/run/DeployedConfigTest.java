package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration in deploy/kubernetes is what `alerts run` reads. */
class DeployedConfigTest {
  private static final Path FILE =
      Path.of(System.getProperty("tokenwatt.root"), "deploy/kubernetes/base/config/alerts.yaml");

  @TempDir Path folder;

  @Test
  void isReadWithItsSecretsFromFiles() throws IOException {
    for (String secret : List.of("slack-webhook-url", "heartbeat-url")) {
      Files.writeString(folder.resolve(secret), "https://receiver.example/" + secret + "\n");
    }
    Files.writeString(
        folder.resolve("pagerduty-routing-key"), "R012345678901234567890123456789A\n");
    String text = Files.readString(FILE).replace("/run/secrets/tokenwatt", folder.toString());
    RunConfig config =
        ConfigReader.of(
                RunYaml.PREFIX,
                Map.of("CLICKHOUSE_URL", "http://clickhouse:8123", "CLICKHOUSE_PASSWORD", "x"))
            .read(Files.writeString(folder.resolve("alerts.yaml"), text), RunYaml::config);
    assertThat(config.receivers())
        .extracting(ReceiverConfig::name)
        .containsExactly("oncall", "team");
    assertThat(config.heartbeat()).isPresent();
    assertThat(config.rules()).isNotEmpty();
  }
}
