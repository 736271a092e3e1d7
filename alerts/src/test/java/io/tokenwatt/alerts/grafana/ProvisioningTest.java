package io.tokenwatt.alerts.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.AlertsMain;
import io.tokenwatt.alerts.RuleFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is checked in is what the rules say. */
class ProvisioningTest {
  private static final Path ROOT = Path.of(System.getProperty("tokenwatt.root"));
  private static final Path CHECKED_IN = ROOT.resolve("deploy/grafana/provisioning");
  private static final String AGAIN =
      "run ./tokenwatt alerts render --runbooks alerts/RUNBOOKS.md in the checkout and commit";

  private final StringWriter out = new StringWriter();

  @TempDir Path folder;

  @Test
  void theFilesInTheCheckoutAreThoseOfTheRules() throws IOException {
    for (var file : Rendered.texts().entrySet()) {
      assertThat(CHECKED_IN.resolve(file.getKey())).as(AGAIN).hasContent(file.getValue());
    }
    try (Stream<Path> files = Files.walk(CHECKED_IN)) {
      Set<String> paths =
          files
              .filter(Files::isRegularFile)
              .map(file -> CHECKED_IN.relativize(file).toString())
              .collect(Collectors.toSet());
      assertThat(paths).containsAll(Rendered.texts().keySet());
    }
  }

  @Test
  void theRunbooksInTheCheckoutAreThoseOfTheRules() {
    assertThat(ROOT.resolve("alerts/RUNBOOKS.md"))
        .as(AGAIN)
        .hasContent(RunbookText.of(RuleFiles.shipped()));
  }

  @Test
  void renderWritesWhatCheckThenFindsAndTellsWhatDiffers() throws IOException {
    assertThat(render()).isZero();
    assertThat(render("--check")).isZero();
    Path rules = folder.resolve("alerting/rules.yaml");
    Files.writeString(rules, Files.readString(rules).replace("KeepLast", "Alerting"));
    assertThat(render("--check")).isEqualTo(1);
    assertThat(out.toString()).contains("differs: " + rules).contains("1 differ.");
  }

  private int render(String... more) {
    CommandLine command = AlertsMain.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    return command.execute(
        Stream.concat(Stream.of("render", "--out", folder.toString()), List.of(more).stream())
            .toArray(String[]::new));
  }
}
