package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenwatt.collectors.agent.AgentMain;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.model.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overlay secured: who may do what in Kafka, and how agents and jobs say who they are. */
class KafkaUsersTest {
  private static final String SECURED = "overlays/secured";
  private static final String BOOTSTRAP = "kafka-kafka-bootstrap.kafka.svc:9093";

  @TempDir Path folder;

  @Test
  void agentsWriteWhatTheyReadAndJobsReadIt() {
    Map<String, String> agent = rights("tokenwatt-agent");
    assertThat(agent.keySet())
        .containsExactlyInAnyOrder(
            "topic " + Topics.NODE_SAMPLES,
            "topic " + Topics.REQUEST_EVENTS,
            "topic " + Topics.EVENTS,
            "topic " + Topics.REJECTS);
    assertThat(agent.values()).containsOnly("[Describe, Write]");
    Map<String, String> jobs = rights("tokenwatt-jobs");
    for (String read : new String[] {Topics.NODE_SAMPLES, Topics.REQUEST_EVENTS, Topics.EVENTS}) {
      assertThat(jobs.get("topic " + read)).contains("Describe", "Read");
    }
    for (String timed : new String[] {Topics.NODE_SAMPLES, Topics.REQUEST_EVENTS}) {
      assertThat(jobs.get("topic " + timed)).as("heartbeats").contains("Write");
    }
    for (String made : new String[] {Topics.EFFICIENCY, Topics.REGRESSIONS, Topics.REJECTS}) {
      assertThat(jobs).containsEntry("topic " + made, "[Describe, Write]");
    }
    assertThat(jobs).containsEntry("group tokenwatt-*", "[Describe, Read]").hasSize(7);
  }

  /** "topic NAME" or "group PREFIX*" → what may be done with it. */
  private static Map<String, String> rights(String user) {
    Map<String, String> rights = new TreeMap<>();
    JsonNode spec = only("KafkaUser", user).tree().path("spec");
    assertThat(spec.at("/authentication/type").asText()).isEqualTo("scram-sha-512");
    for (JsonNode acl : spec.at("/authorization/acls")) {
      JsonNode resource = acl.path("resource");
      String star = resource.path("patternType").asText().equals("prefix") ? "*" : "";
      TreeSet<String> operations = new TreeSet<>();
      acl.path("operations").forEach(operation -> operations.add(operation.asText()));
      rights.put(
          resource.path("type").asText() + " " + resource.path("name").asText() + star,
          operations.toString());
    }
    return rights;
  }

  @Test
  void aFieldThatIsNoneIsFoundAtAnyDepth() {
    ObjectNode tree = only("KafkaUser", "tokenwatt-jobs").tree().deepCopy();
    assertThat(StrimziSchemas.problems(new Manifest(tree))).isEmpty();
    ((ObjectNode) tree.at("/spec/authorization/acls/0/resource")).put("nmae", "x");
    assertThat(StrimziSchemas.problems(new Manifest(tree)))
        .containsExactly("spec.Authorization.Acls[].Resource.nmae is no field");
  }

  @Test
  void agentAndJobsSpeakTlsAndSayWhoTheyAre() throws IOException {
    Pod agent = Pod.of(SECURED, "DaemonSet", "tokenwatt-agent", "agent");
    Pod jobs = Pod.of(SECURED, "FlinkDeployment", "tokenwatt-jobs", "flink-main-container");
    for (Pod pod : new Pod[] {agent, jobs}) {
      assertThat(pod.environment()).containsEntry("KAFKA_BOOTSTRAP", BOOTSTRAP);
      assertThat(pod.container().path("volumeMounts").toString()).contains("/run/secrets/kafka");
      String secret = "tokenwatt-kafka-" + (pod == agent ? "agent" : "jobs");
      assertThat(pod.manifest().podSpec().path("volumes").toString()).contains(secret);
    }
    Files.writeString(
        folder.resolve("ca.crt"), new HeldCertificate.Builder().build().certificatePem());
    Files.writeString(folder.resolve("password"), Pod.GIVEN);
    JobConfig config =
        ConfigReader.of("TOKENWATT_JOBS", jobs.environment())
            .read(here(jobs, "/etc/tokenwatt/jobs.yaml"), JobConfig::of);
    assertThat(config.kafkaProperties().get("security.protocol")).isEqualTo("SASL_SSL");
    assertThat(config.kafkaProperties().get("sasl.mechanism")).isEqualTo("SCRAM-SHA-512");
    assertThat(config.kafkaProperties().get("sasl.jaas.config")).contains("\"tokenwatt-jobs\"");
    Path file = here(agent, "/etc/tokenwatt/agent.yaml");
    String text =
        Files.readString(file)
            .replace("${env:KAFKA_BOOTSTRAP}", BOOTSTRAP)
            .replace("${env:NODE_NAME}", "node")
            .replace(
                "kubernetes: {}", "targets: [{name: a, url: \"http://127.0.0.1:9400/metrics\"}]");
    Files.writeString(file, text);
    StringWriter said = new StringWriter();
    AgentMain.commandLine().setErr(new PrintWriter(said)).execute("--check", file.toString());
    assertThat(said.toString()).isEmpty();
  }

  /** The mounted file, with this folder for that of the Secret. */
  private Path here(Pod pod, String mounted) throws IOException {
    Path file = pod.file(mounted, folder);
    String text = Files.readString(file);
    assertThat(text).contains("/run/secrets/kafka/ca.crt", "/run/secrets/kafka/password");
    return Files.writeString(file, text.replace("/run/secrets/kafka", folder.toString()));
  }

  /** The same files as without TLS, but for these two lines. */
  @Test
  void filesDifferFromTheBasesInTlsAndLoginOnly() throws IOException {
    for (String name : new String[] {"agent.yaml", "jobs.yaml"}) {
      String plain = Files.readString(Kubectl.FOLDER.resolve("base/config").resolve(name));
      String secured =
          Files.readString(Kubectl.FOLDER.resolve("components/kafka-tls").resolve(name));
      assertThat(secured.replaceAll("(?m)^  (tls|sasl): .*\n", "")).isEqualTo(plain);
      assertThat(secured).isNotEqualTo(plain);
    }
  }

  private static Manifest only(String kind, String name) {
    return Kubectl.kustomize(SECURED).stream()
        .filter(manifest -> manifest.kind().equals(kind) && manifest.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
