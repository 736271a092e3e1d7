package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.collectors.spool.SpoolSpec;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpoolYamlTest {
  private static final String REST =
      """
      node: {node: n1}
      targets: [{name: t, url: "http://127.0.0.1:1/"}]
      kafka: {bootstrap: "k:1"}
      """;

  private static AgentConfig read(String yaml) {
    return ConfigReader.plain()
        .read(
            "agent.yaml",
            (REST + yaml).getBytes(StandardCharsets.UTF_8),
            Path.of("/etc/tokenwatt"),
            AgentYaml::config);
  }

  @Test
  void withoutTheSectionRecordsWaitInMemory() {
    assertThat(read("").spool()).isEmpty();
  }

  @Test
  void aFolderIsEnoughAndEverythingElseCanBeSaid() {
    assertThat(read("spool: {dir: /var/lib/tokenwatt}\n").spool())
        .contains(SpoolSpec.in(Path.of("/var/lib/tokenwatt")));
    assertThat(read("spool: {dir: here, max_bytes: 64MiB, max_age: 5m, catch_up: 20}\n").spool())
        .contains(
            new SpoolSpec(Path.of("/etc/tokenwatt/here"), 64 << 20, Duration.ofMinutes(5), 20));
  }

  @Test
  void allProblemsAreListedWithTheirLine() {
    assertThatThrownBy(
            () -> read("spool:\n  max_bytes: 1MiB\n  max_age: 1h\n  catch_up: 1\n  size: 3\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("spool.dir: is required: a folder of this agent alone")
        .hasMessageContaining("agent.yaml:5: spool.max_bytes: expected ")
        .hasMessageContaining("agent.yaml:6: spool.max_age: expected 10s to 15m")
        .hasMessageContaining("agent.yaml:7: spool.catch_up: expected 2 to 1000")
        .hasMessageContaining("agent.yaml:8: spool.size: unknown key");
  }
}
