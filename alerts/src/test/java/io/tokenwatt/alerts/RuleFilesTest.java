package io.tokenwatt.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("tokenwatt.root"), "alerts", "rules");

  @TempDir Path folder;

  @Test
  void everyShippedFileIsValidListedAndNamedAfterItsRule() throws IOException {
    List<Rule> rules = RuleFiles.in(SHIPPED);
    try (Stream<Path> files = Files.list(SHIPPED)) {
      List<String> names =
          files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".yaml")).toList();
      assertThat(Files.readAllLines(SHIPPED.resolve("INDEX")))
          .containsExactlyInAnyOrderElementsOf(names);
      assertThat(rules)
          .extracting(rule -> rule.name() + ".yaml")
          .containsExactlyInAnyOrderElementsOf(names);
    }
    assertThat(RuleFiles.shipped()).containsExactlyInAnyOrderElementsOf(rules);
  }

  @Test
  void aBrokenFileListsAllItsProblemsWithTheirLines() throws IOException {
    Files.writeString(
        folder.resolve("bad.yaml"),
        """
        name: Bad Rule
        severity: loud
        over: 5
        sql: DROP TABLE system.one; SELECT now() FROM system.users
        threshold:
          above: 1
          below: 2
        labels: [value]
        colour: red
        runbook:
          first_query: SELECT 1
          escalation: someone
        """);
    assertThatThrownBy(() -> RuleFiles.in(folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("bad.yaml:1: name: expected words")
        .hasMessageContaining("summary: is required")
        .hasMessageContaining("bad.yaml:2: severity: expected one of ticket, page")
        .hasMessageContaining("bad.yaml:3: over: ")
        .hasMessageContaining("bad.yaml:4: sql: must be a query")
        .hasMessageContaining("bad.yaml:4: sql: must be one statement")
        .hasMessageContaining("bad.yaml:4: sql: reads system.users")
        .hasMessageContaining("bad.yaml:4: sql: asks the clock")
        .hasMessageContaining("bad.yaml:5: threshold: give one of above and below")
        .hasMessageContaining("bad.yaml:8: labels: \"value\" is the number")
        .hasMessageContaining("bad.yaml:9: colour: ")
        .hasMessageContaining("runbook.safe_action: is required");
  }

  @Test
  void twoRulesOfOneNameAndAFolderWithoutRulesAreRefused() throws IOException {
    assertThatThrownBy(() -> RuleFiles.in(folder)).hasMessageContaining("no rule to check");
    assertThatThrownBy(() -> RuleFiles.in(folder.resolve("absent")))
        .hasMessageContaining("cannot list this folder");
    Files.copy(SHIPPED.resolve("idle-waste.yaml"), folder.resolve("a.yaml"));
    Files.copy(SHIPPED.resolve("idle-waste.yaml"), folder.resolve("b.yaml"));
    assertThatThrownBy(() -> RuleFiles.in(folder))
        .hasMessageContaining("b.yaml")
        .hasMessageContaining("idle-waste is already in");
  }
}
