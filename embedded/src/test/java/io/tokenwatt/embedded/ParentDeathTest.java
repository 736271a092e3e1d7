package io.tokenwatt.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ParentDeathTest {
  private record Engine(long pid, Path directory) {
    static Engine parse(String line) {
      String[] parts = line.split(" ", 2);
      return new Engine(Long.parseLong(parts[0]), Path.of(parts[1]));
    }
  }

  @Test
  void enginesEndAndTidyUpWhenTheirParentIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DoomedParent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      Engine kafka = Engine.parse(engineLine(lines));
      Engine clickHouse = Engine.parse(engineLine(lines));
      assertThat(Processes.isAlive(kafka.pid())).isTrue();
      assertThat(Processes.isAlive(clickHouse.pid())).isTrue();
      parent.destroyForcibly();
      for (Engine engine : new Engine[] {kafka, clickHouse}) {
        Processes.awaitGone(engine.pid());
        await().atMost(Duration.ofSeconds(60)).until(() -> !Files.exists(engine.directory()));
      }
    } finally {
      parent.destroyForcibly();
    }
  }

  /** The next line that is not a log line of the parent. */
  private static String engineLine(BufferedReader lines) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.matches("\\d+ /.*")) {
      line = lines.readLine();
    }
    assertThat(line).as("pid and directory of an engine").isNotNull();
    return line;
  }
}
