package io.tokenwatt.config.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.config.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {
  @TempDir Path folder;

  @BeforeEach
  void secret() throws IOException {
    Files.writeString(folder.resolve("password"), "a \"quoted\\ secret\n");
  }

  private Map<String, String> read(String yaml) {
    return ConfigReader.plain()
        .read(
            "jobs.yaml",
            yaml.getBytes(StandardCharsets.UTF_8),
            folder,
            root -> KafkaSecurity.properties(root.section("kafka")));
  }

  private List<String> problems(String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> read(yaml)).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void nothingAskedForIsNothingSet() {
    assertThat(read("kafka: {}")).isEmpty();
  }

  @Test
  void aLoginTravelsOverTlsOnly() {
    assertThat(read("kafka: {tls: {}, sasl: {user: u, password: \"${file:password}\"}}"))
        .containsOnly(
            Map.entry("security.protocol", "SASL_SSL"),
            Map.entry("sasl.mechanism", "SCRAM-SHA-512"),
            Map.entry(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required"
                    + " username=\"u\" password=\"a \\\"quoted\\\\ secret\";"));
    assertThat(problems("kafka:\n  sasl: {user: u, password: \"${file:password}\"}"))
        .containsExactly(
            "jobs.yaml:2: kafka.sasl: needs tls beside it; write tls: {} for the platform's certificates");
  }

  @Test
  void noPropertyTurnsTlsOff() {
    assertThat(problems("kafka:\n  tls: {}\n  properties:\n    security.protocol: PLAINTEXT"))
        .containsExactly(
            "jobs.yaml:4: kafka.properties.security.protocol: is set by kafka.tls or kafka.sasl; give one of them");
  }

  @Test
  void secretsStandInFilesOrTheEnvironment() {
    assertThat(
            problems(
                """
                kafka:
                  tls: {}
                  sasl:
                    mechanism: gssapi
                    password: open
                  properties:
                    ssl.truststore.password: open
                """))
        .containsExactly(
            "jobs.yaml:4: kafka.sasl.mechanism: expected one of plain, scram-sha-256, scram-sha-512, got \"gssapi\"",
            "jobs.yaml:4: kafka.sasl.user: is required",
            "jobs.yaml:5: kafka.sasl.password: a secret must not stand in the file; write ${env:NAME} or ${file:/run/secrets/name}",
            "jobs.yaml:7: kafka.properties.ssl.truststore.password: a secret must not stand in the file; write ${env:NAME} or ${file:/run/secrets/name}");
  }

  @Test
  void printedItShowsNamesOnly() {
    String shown =
        read("kafka: {tls: {}, sasl: {user: u, password: \"${file:password}\"}}").toString();
    assertThat(shown).contains("sasl.jaas.config").doesNotContain("quoted");
  }

  @Test
  void aCertificateNeedsItsKey() {
    assertThat(problems("kafka:\n  tls:\n    key: password"))
        .hasSize(2)
        .anyMatch(p -> p.endsWith("kafka.tls.key: certificate and key are given together"))
        .anyMatch(p -> p.contains("holds no key"))
        .noneMatch(p -> p.contains("quoted"));
  }
}
