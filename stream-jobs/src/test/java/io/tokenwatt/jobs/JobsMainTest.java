package io.tokenwatt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The main of the jar, on a cluster and without. */
class JobsMainTest {
  @TempDir Path folder;

  /** It runs in the JobManager's process: an exit would end every job of the cluster. */
  @Test
  void onAClusterAMainThatFailsThrowsItsReasonAndLeavesTheProcessAlone() {
    String missing = folder.resolve("missing.yaml").toString();
    assertThatThrownBy(() -> JobsMain.main(new String[] {"--cluster", "--config", missing}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("missing.yaml");
    assertThatThrownBy(() -> JobsMain.main(new String[] {"--cluster", "--no-such-option"}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--no-such-option");
  }

  @Test
  void withoutAConfigurationItSaysSo() {
    StringWriter err = new StringWriter();
    int code = JobsMain.commandLine().setErr(new PrintWriter(err)).execute();
    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("Missing required option: '--config=FILE'");
  }

  @Test
  void packageRefusesALibraryThatNobodyPlaced() {
    Path jar = folder.resolve("out").resolve("jobs.jar");
    StringWriter err = new StringWriter();
    // Tests have libraries on their class path that the command does not know.
    int code =
        JobsMain.commandLine().setErr(new PrintWriter(err)).execute("package", jar.toString());
    assertThat(code).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    assertThat(err.toString()).contains("JobClassPath does not say");
    assertThat(jar).doesNotExist();
  }
}
