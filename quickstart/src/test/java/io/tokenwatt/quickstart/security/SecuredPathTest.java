package io.tokenwatt.quickstart.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.agent.Agent;
import io.tokenwatt.collectors.agent.AgentConfig;
import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.JobsLauncher;
import io.tokenwatt.jobs.JobsMain;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.model.Topics;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agent, jobs and store over TLS, with logins; and what each says where something is wrong. */
class SecuredPathTest {
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final String PUBLISHED = "tokenwatt_agent_records_published_total";

  @TempDir private static Path folder;
  private static SecuredEngines engines;
  private CapturedLog log;

  @BeforeAll
  static void open() throws IOException {
    engines = new SecuredEngines(folder);
    Files.writeString(folder.resolve("sasl"), SecuredEngines.SASL_PASSWORD);
    Files.writeString(folder.resolve("store"), SecuredEngines.STORE_PASSWORD);
    Files.writeString(folder.resolve("wrong"), "wrong-password-4713");
    HeldCertificate agent = engines.authority.client("agent");
    engines.authority.certificate("agent", agent);
    engines.authority.key("agent", agent);
    engines.stranger.ca();
    HeldCertificate other = engines.stranger.client("agent");
    engines.stranger.certificate("agent", other);
    engines.stranger.key("agent", other);
  }

  @AfterAll
  static void close() {
    engines.close();
  }

  @BeforeEach
  void listen() {
    log = new CapturedLog();
  }

  @AfterEach
  void nothingSecretWasLogged() throws IOException {
    try (CapturedLog logged = log) {
      String key = Files.readString(folder.resolve("authority").resolve("agent-key.pem"));
      logged.assertHides(
          List.of(
              SecuredEngines.SASL_PASSWORD,
              SecuredEngines.STORE_PASSWORD,
              "pass\\\\word",
              "wrong-password",
              key.lines().skip(1).findFirst().orElseThrow()),
          "Config");
    }
  }

  private static Agent agent(String bootstrap, Map<String, String> properties) {
    TargetSpec nobody = TargetSpec.of("nobody", "http://127.0.0.1:1/metrics");
    return Agent.start(
        AgentConfig.of(
                List.of(NodePlan.of(NodeSpec.of("n1", "eu"), List.of(nobody))),
                new KafkaSpec(bootstrap, Topics.NODE_SAMPLES, properties))
            .withTick(Duration.ofMillis(200)));
  }

  @Test
  void anAgentWithACertificateAndJobsWithPasswordsBringRowsIntoTheStore() throws Exception {
    Map<String, String> mutual =
        engines.kafka(
            "tls: {ca: authority/ca.pem, certificate: authority/agent.pem, key: authority/agent-key.pem}");
    try (Agent agent = agent(engines.kafka.bootstrapServers(engines.mutual), mutual)) {
      await().atMost(DEADLINE).until(() -> agent.counters().sum(PUBLISHED) >= 3);
    }
    poison(mutual);
    try (TlsDoor door = TlsDoor.open(engines.authority.server(), engines.clickHouse.httpPort());
        Store all = new Store(StoreConfig.of(engines.clickHouse.httpUrl()))) {
      JobConfig config =
          ConfigReader.plain().read(jobs("sasl", "authority", door.url()), JobConfig::of);
      assertThat(config.toString()).doesNotContain("4711").doesNotContain("4712");
      JobClient job = JobsLauncher.start(config);
      try {
        await()
            .atMost(DEADLINE)
            .until(
                () ->
                    all.rows("SELECT toInt64(count()) FROM tokenwatt.rejects").get(0).getLong(1)
                        > 0);
      } finally {
        job.cancel().get(60, TimeUnit.SECONDS);
      }
    }
  }

  /** No sample: it is rejected at once, where windows would take their time. */
  private static void poison(Map<String, String> properties) throws Exception {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.put("bootstrap.servers", engines.kafka.bootstrapServers(engines.mutual));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] value = "no sample".getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Topics.NODE_SAMPLES, value)).get(60, TimeUnit.SECONDS);
    }
  }

  private static Path jobs(String passwordFile, String ca, String store) throws IOException {
    return Files.writeString(
        folder.resolve("jobs.yaml"),
        """
        kafka:
          bootstrap: "%s"
          tls: {ca: %s/ca.pem}
          sasl: {user: jobs, password: "${file:%s}"}
        store:
          url: %s
          user: jobs
          password: ${file:store}
          tls: {ca: authority/ca.pem}
        checkpoints: %s
        checkpoint_interval: 500ms
        parallelism: 1
        """
            .formatted(
                engines.kafka.bootstrapServers(engines.sasl),
                ca,
                passwordFile,
                store,
                folder.resolve("checkpoints").toUri()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mutual   | tls: {ca: stranger/ca.pem}  | not signed by a trusted CA; give the CA's certificate as kafka.tls.ca
          mutual   | tls: {}                     | not signed by a trusted CA
          expired  | tls: {ca: authority/ca.pem} | the server's certificate has expired
          misnamed | tls: {ca: authority/ca.pem} | the server's certificate is for another name
          mutual   | tls: {ca: authority/ca.pem} | the server refuses our certificate
          mutual   | tls: {ca: authority/ca.pem, certificate: stranger/agent.pem, key: stranger/agent-key.pem} | the server refuses our certificate
          sasl     | {tls: {ca: authority/ca.pem}, sasl: {user: jobs, password: "${file:wrong}"}}   | the login is refused
          sasl     | {tls: {ca: authority/ca.pem}, sasl: {user: nobody, password: "${file:sasl}"}} | the login is refused
          plain    | {tls: {ca: authority/ca.pem}, properties: {max.block.ms: 2000}}               | TLS on one side only
          mutual   | properties: {max.block.ms: 2000}                                              | TLS on one side only
          """)
  void theAgentSaysWhatIsWrongAndSendsNothing(String door, String yaml, String said) {
    String bootstrap =
        switch (door) {
          case "mutual" -> engines.kafka.bootstrapServers(engines.mutual);
          case "sasl" -> engines.kafka.bootstrapServers(engines.sasl);
          case "expired" -> engines.kafka.bootstrapServers(engines.expired);
          case "misnamed" -> engines.kafka.bootstrapServers(engines.misnamed);
          default -> engines.kafka.bootstrapServers();
        };
    String plain = yaml.startsWith("{") ? yaml.substring(1, yaml.length() - 1) : yaml;
    try (Agent agent =
        agent(bootstrap, engines.kafka(plain.replaceAll("}, (sasl|properties):", "}\n$1:")))) {
      await()
          .atMost(DEADLINE)
          .untilAsserted(
              () ->
                  assertThat(agent.health().components().get("kafka").lastError())
                      .contains(said)
                      .contains(bootstrap));
      assertThat(agent.counters().sum(PUBLISHED)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wrong | authority | the login is refused
          sasl  | stranger  | not signed by a trusted CA
          """)
  void jobsDoNotStartWhereKafkaAndTheyDoNotTrustEachOther(String password, String ca, String said)
      throws IOException {
    StringWriter err = new StringWriter();
    int code =
        JobsMain.commandLine()
            .setErr(new PrintWriter(err))
            .execute("--config", jobs(password, ca, "https://localhost:1").toString());
    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("Kafka at localhost:", said)
        .doesNotContain("4711")
        .doesNotContain("wrong-password");
  }
}
