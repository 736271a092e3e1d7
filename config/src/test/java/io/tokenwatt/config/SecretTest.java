package io.tokenwatt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir Path folder;

  private Optional<Secret> token(Map<String, String> env, String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return ConfigReader.of("TW", env).read("a.yaml", bytes, folder, s -> s.secret("token"));
  }

  private String refusal(Map<String, String> env, String yaml) {
    return catchThrowableOfType(ConfigException.class, () -> token(env, yaml)).getMessage();
  }

  @Test
  void aSecretComesFromTheEnvironmentOrAFileWithoutItsNewline() throws IOException {
    Files.writeString(folder.resolve("t"), "from-file\n");

    assertThat(token(Map.of("T", "from-env"), "token: ${env:T}")).contains(new Secret("from-env"));
    assertThat(token(Map.of("TW_TOKEN", "direct"), "")).contains(new Secret("direct"));
    assertThat(token(Map.of(), "token: ${file:t}")).contains(new Secret("from-file"));
    assertThat(token(Map.of(), "token: ${env:T:-none}")).contains(new Secret("none"));
    assertThat(token(Map.of(), "")).isEmpty();
  }

  @Test
  void aSecretInTheFileInClearIsRefusedWithoutShowingIt() {
    assertThat(refusal(Map.of(), "token: hunter2"))
        .contains("a.yaml:1: token: a secret must not stand in the file")
        .doesNotContain("hunter2");
  }

  @Test
  void aMissingVariableOrFileIsNamed() {
    assertThat(refusal(Map.of(), "token: ${env:T}")).contains("environment variable T is not set");
    assertThat(refusal(Map.of(), "token: ${file:none}")).contains("none cannot be read");
    assertThat(refusal(Map.of(), "token: ${vault:x}")).contains("expected ${env:NAME}");
  }

  @Test
  void aFilledInValueIsNeverShownInAProblem() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                ConfigReader.of("TW", Map.of("T", "hunter2"))
                    .read(
                        "a.yaml",
                        "port: ${env:T}".getBytes(StandardCharsets.UTF_8),
                        folder,
                        s -> s.integer("port", 1, 1, 9)));

    assertThat(refused.getMessage()).contains("got \"${env:T}\"").doesNotContain("hunter2");
  }

  @Test
  void printingHidesTheValue() {
    record Login(String user, Secret password) {}

    assertThat(new Login("me", new Secret("hunter2")))
        .hasToString("Login[user=me, password=(secret)]");
  }

  @Test
  void aDoubledDollarIsAPlainOne() {
    assertThat(
            ConfigReader.plain()
                .<String>read(
                    "a.yaml",
                    "a: $${env:T} $5".getBytes(StandardCharsets.UTF_8),
                    folder,
                    s -> s.text("a")))
        .isEqualTo("${env:T} $5");
  }
}
