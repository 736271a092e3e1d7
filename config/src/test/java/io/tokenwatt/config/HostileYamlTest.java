package io.tokenwatt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Files that should stop the start quickly, with a reason, and never exhaust memory or stack. */
class HostileYamlTest {

  private static String refusal(byte[] yaml) {
    return Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            catchThrowableOfType(
                    ConfigException.class,
                    () ->
                        ConfigReader.plain()
                            .read("a.yaml", yaml, Path.of(""), s -> s.text("a", "")))
                .getMessage());
  }

  private static String refusal(String yaml) {
    return refusal(yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aBombOfAliasesIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 100; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a%d: &a%d [%s, %s, %s]\n".formatted(i, i, alias, alias, alias));
    }
    assertThat(refusal(bomb.toString())).contains("aliases");
  }

  @Test
  void nestingIsBounded() {
    assertThat(refusal("a: " + "[".repeat(100_000)))
        .contains("a.yaml:1: nested deeper than 50 levels");
  }

  @Test
  void aHugeFileIsRefusedUnread() {
    assertThat(refusal(new byte[2 << 20])).contains("larger than 1MiB");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    assertThat(refusal(new byte[] {(byte) 0xff, (byte) 0xfe, 0})).contains("not UTF-8");
  }

  @Test
  void brokenYamlNamesItsLine() {
    assertThat(refusal("a: 1\nb: [1,\n")).contains("a.yaml:3: not YAML");
    assertThat(refusal("a: 1\n\tb: 2\n")).contains("a.yaml:2: not YAML");
  }

  @Test
  void aListOrASecondDocumentIsRefused() {
    assertThat(refusal("- a\n")).contains("a.yaml:1: expected keys and values");
    assertThat(refusal("a: 1\n---\nb: 1\n")).contains("not YAML");
  }

  @Test
  void aKeyThatHoldsItselfEndsInAProblem() {
    assertThat(refusal("a: &a\n  b: *a\n")).contains("expected one value, got keys and values");
  }
}
