package io.tokenwatt.collectors.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFolderTest {
  @TempDir Path folder;

  @Test
  void itBelongsToOneAgentUntilThatEnds() throws IOException {
    Path dir = folder.resolve("a/b");
    try (SpoolFolder first = SpoolFolder.claim(dir, Duration.ZERO)) {
      assertThat(first.nextRun(5)).isEqualTo(5);
      assertThatThrownBy(() -> SpoolFolder.claim(dir, Duration.ofMillis(1)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another agent; give each a folder of its own");
    }
    SpoolFolder.claim(dir, Duration.ZERO).close();
  }

  @Test
  void aRunIsAlwaysLaterThanTheOneBeforeItAlsoIfTheClockWasSetBack() throws IOException {
    try (SpoolFolder first = SpoolFolder.claim(folder, Duration.ZERO)) {
      assertThat(first.nextRun(10_000)).isEqualTo(10_000);
      assertThat(first.nextRun(7_000)).isEqualTo(10_001);
      assertThat(first.nextRun(20_000)).isEqualTo(20_000);
      Files.writeString(folder.resolve("agent_run"), "");
      assertThat(first.nextRun(7_000)).isEqualTo(7_000);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenSaysSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> SpoolFolder.claim(file.resolve("spool"), Duration.ZERO))
        .hasMessageContaining("spool.dir ")
        .hasMessageContaining("must be writable by the agent");
  }
}
