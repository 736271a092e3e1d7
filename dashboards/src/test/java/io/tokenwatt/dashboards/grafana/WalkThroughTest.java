package io.tokenwatt.dashboards.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README tells which panel answers which question; those panels are there. */
class WalkThroughTest {
  private static final Path README =
      Path.of(System.getProperty("tokenwatt.root"), "dashboards/README.md");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  @Test
  void everyPanelThatAnAnswerNamesIsThere() throws IOException {
    List<String> titles =
        Rendered.dashboards().stream()
            .flatMap(dashboard -> Rendered.all(dashboard).stream())
            .map(panel -> panel.get("title").asText())
            .toList();
    List<String> answers =
        Files.readAllLines(README).stream().filter(line -> line.startsWith("| **")).toList();
    assertThat(answers).hasSizeGreaterThan(10);
    for (String answer : answers) {
      List<String> named = QUOTED.matcher(answer).results().map(MatchResult::group).toList();
      assertThat(named).as(answer).isNotEmpty();
      for (String quoted : named) {
        String title = quoted.substring(1, quoted.length() - 1);
        assertThat(titles).as(answer).anyMatch(there -> there.startsWith(title));
      }
    }
  }
}
