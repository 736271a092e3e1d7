package io.tokenwatt.dashboards.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.dashboards.catalogue.Dashboards;
import io.tokenwatt.dashboards.grafana.Provisioning;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is checked in is what the source says. */
class RenderCommandTest {
  private static final Path CHECKED_IN =
      Path.of(System.getProperty("tokenwatt.root"), "deploy/grafana/provisioning");

  private final StringWriter out = new StringWriter();

  @TempDir Path folder;

  @Test
  void theFilesInTheCheckoutAreThoseOfTheSource() throws IOException {
    var files = Provisioning.of(Dashboards.all());
    for (var file : files.entrySet()) {
      assertThat(CHECKED_IN.resolve(file.getKey()))
          .as("run ./tokenwatt dashboards render in the checkout and commit")
          .hasContent(file.getValue());
    }
    try (Stream<Path> there = Files.list(CHECKED_IN.resolve("dashboards"))) {
      assertThat(there.map(file -> "dashboards/" + file.getFileName()))
          .as("nothing of a dashboard that is gone")
          .containsExactlyInAnyOrderElementsOf(files.keySet());
    }
  }

  @Test
  void renderWritesWhatCheckThenFindsAndTellsWhatDiffers() throws IOException {
    assertThat(render()).isZero();
    assertThat(render("--check")).isZero();
    Path one = folder.resolve("dashboards/tokenwatt-fleet.json");
    Files.writeString(one, Files.readString(one).replace("now-6h", "now-5h"));
    assertThat(render("--check")).isEqualTo(1);
    assertThat(out.toString()).contains("differs: " + one).contains("1 differ.");
  }

  private int render(String... more) {
    CommandLine command = DashboardsMain.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    return command.execute(
        Stream.concat(Stream.of("render", "--out", folder.toString()), List.of(more).stream())
            .toArray(String[]::new));
  }
}
