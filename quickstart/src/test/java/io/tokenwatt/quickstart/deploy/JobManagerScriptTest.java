package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the JobManager of deploy/compose starts, with an entry point that prints its arguments. */
class JobManagerScriptTest {
  private static final String FIRST = "standalone-job --job-classname io.tokenwatt.jobs.JobsMain ";
  private static final String LAST = "--cluster --config /etc/tokenwatt/jobs.yaml\n";

  @TempDir Path folder;

  @BeforeEach
  void entryPoint() throws IOException {
    Path script = Files.writeString(folder.resolve("entrypoint"), "#!/bin/sh\necho \"$@\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void startsFromNothingTheFirstTime() throws Exception {
    assertThat(run()).isEqualTo(FIRST + LAST);
  }

  @Test
  void resumesAtTheNewestCheckpointThatIsComplete() throws Exception {
    checkpoint("aa/chk-9", 1_000, true);
    checkpoint("bb/chk-2", 2_000, true);
    checkpoint("bb/chk-3", 3_000, false);
    String newest = folder.resolve("checkpoints/bb/chk-2").toString();
    assertThat(run())
        .isEqualTo(
            "resuming from "
                + newest
                + "\n"
                + FIRST
                + "--fromSavepoint file://"
                + newest
                + " "
                + LAST);
  }

  private void checkpoint(String name, long millis, boolean complete) throws IOException {
    Path checkpoint = Files.createDirectories(folder.resolve("checkpoints").resolve(name));
    Path file = Files.writeString(checkpoint.resolve(complete ? "_metadata" : "state"), "");
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
  }

  private String run() throws Exception {
    Path script = Compose.FOLDER.resolve("jobmanager.sh");
    ProcessBuilder builder = new ProcessBuilder(List.of("bash", script.toString()));
    builder.redirectErrorStream(true);
    builder.environment().put("FLINK_ENTRYPOINT", folder.resolve("entrypoint").toString());
    builder.environment().put("TOKENWATT_CHECKPOINTS", folder.resolve("checkpoints").toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
