package io.tokenwatt.quickstart.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FleetMainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void writesTheAgentsConfigurationAndFileSd(@TempDir Path folder) throws Exception {
    Path yaml = folder.resolve("agent.yaml");
    Path json = folder.resolve("targets.json");
    int exit = run("--for", "10ms", "--agent-config", "" + yaml, "--file-sd", "" + json);
    assertThat(exit).isZero();
    assertThat(Files.readString(yaml))
        .contains("e1-h100", "region: \"ap-south\"", "GPU-", "engines: [\"vllm-code\"]");
    assertThat(Files.readString(json)).contains("\"node\": \"c5-a100\"", "\"__kind__\": \"dcgm\"");
    assertThat(out.toString()).contains("20 nodes");
  }

  @Test
  void aWrongDurationIsNamedAndExitsWithTwo() {
    assertThat(run("--for", "three minutes")).isEqualTo(2);
    assertThat(err.toString()).contains("--for three minutes", "5m");
  }

  private int run(String... args) {
    return new CommandLine(new FleetMain())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}
