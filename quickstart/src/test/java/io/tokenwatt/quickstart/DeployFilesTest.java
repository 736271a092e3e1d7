package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.agent.AgentMain;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.model.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of deploy/single-host are what this version reads. */
class DeployFilesTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("tokenwatt.root"), "deploy", "single-host");

  @TempDir Path copies;

  /** The files that the examples name. */
  @BeforeEach
  void besideThem() throws IOException {
    String certificate = new HeldCertificate.Builder().build().certificatePem();
    for (String ca : List.of("exporter-ca.pem", "kafka-ca.pem")) {
      Files.writeString(copies.resolve(ca), certificate);
    }
    for (String secret : List.of("exporter-token", "kafka-password")) {
      Files.writeString(copies.resolve(secret), "hush");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void agentAcceptsItsExampleWithAndWithoutTheOptionalKeys(boolean optional) throws IOException {
    Files.createDirectory(copies.resolve("exporters.d"));
    Files.writeString(copies.resolve("targets.json"), "[]");
    StringWriter err = new StringWriter();
    int status =
        AgentMain.commandLine()
            .setErr(new PrintWriter(err))
            .execute("--check", copy("agent.yaml", optional).toString());
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jobsAcceptTheirExampleWithAndWithoutTheOptionalKeys(boolean optional) throws IOException {
    JobConfig config =
        ConfigReader.of("TOKENWATT_JOBS", Map.of("CLICKHOUSE_PASSWORD", "secret"))
            .read(copy("jobs.yaml", optional), JobConfig::of);
    assertThat(config.store().password()).isEqualTo("secret");
  }

  @Test
  void optionalKeysOfTheJobsShowTheirDefaults() throws IOException {
    Map<String, String> environment = Map.of("CLICKHOUSE_PASSWORD", "secret");
    ConfigReader reader = ConfigReader.of("TOKENWATT_JOBS", environment);
    JobConfig bare = reader.read(copy("jobs.yaml", false), JobConfig::of);
    JobConfig full = reader.read(copy("jobs.yaml", true), JobConfig::of);
    assertThat(full).usingRecursiveComparison().ignoringFields("kafkaProperties").isEqualTo(bare);
  }

  @Test
  void topicsAreCreatedAsTheJobNeedsThem() throws IOException {
    String script = Files.readString(FOLDER.resolve("create-topics.sh"));
    List<String> created =
        Pattern.compile("(?m)^create (\\S+)")
            .matcher(script)
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(created)
        .containsExactlyInAnyOrder(
            Topics.NODE_SAMPLES,
            Topics.REQUEST_EVENTS,
            Topics.EVENTS,
            Topics.EFFICIENCY,
            Topics.REGRESSIONS,
            Topics.REJECTS);
    for (String timed : List.of(Topics.NODE_SAMPLES, Topics.REQUEST_EVENTS, Topics.EVENTS)) {
      assertThat(script)
          .containsPattern(
              "create "
                  + Pattern.quote(timed)
                  + "[^\\n]*\\\\\\n[^\\n]*message\\.timestamp\\.type=LogAppendTime");
    }
  }

  /** Lines that start with "#+" are optional keys. */
  private Path copy(String name, boolean optional) throws IOException {
    String text = Files.readString(FOLDER.resolve(name));
    assertThat(text).contains("\n#+");
    return Files.writeString(
        copies.resolve(name), optional ? text.replaceAll("(?m)^#\\+", "") : text);
  }
}
