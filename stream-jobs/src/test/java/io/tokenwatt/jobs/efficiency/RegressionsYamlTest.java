package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.regression.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegressionsYamlTest {
  @TempDir Path folder;

  private JobConfig.Regressions read(String section) throws IOException {
    Path file = folder.resolve("jobs.yaml");
    String head = "kafka:\n  bootstrap: k:9092\ncheckpoints: file:///c\n";
    Files.writeString(file, head + section);
    return ConfigReader.of("TOKENWATT_JOBS", Map.of()).read(file, JobConfig::of).regressions();
  }

  @Test
  void withoutTheSectionRegressionsAreFoundWithTheUsualTuning() throws IOException {
    assertThat(read("")).isEqualTo(new JobConfig.Regressions(true, Tuning.DEFAULT));
  }

  @Test
  void aShortWarmUpIsRoundedUpToWindows() throws IOException {
    assertThat(read("regressions:\n  warm_up: 95s\n").tuning().warmUpWindows()).isEqualTo(10);
    assertThat(JobConfig.Regressions.ON.withWarmUp(Duration.ofSeconds(90)).tuning())
        .isEqualTo(Tuning.DEFAULT.withWarmUpWindows(9));
    assertThat(read("regressions:\n  enabled: false\n").enabled()).isFalse();
  }

  @Test
  void everyProblemIsListedWithItsLine() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    regressions:
                      warm_up: 79s
                      min_size: 2
                      gone_after: 30
                      page_above: 500
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("jobs.yaml:5")
        .hasMessageContaining("regressions.warm_up")
        .hasMessageContaining("jobs.yaml:6")
        .hasMessageContaining("regressions.min_size")
        .hasMessageContaining("jobs.yaml:7")
        .hasMessageContaining("regressions.gone_after")
        .hasMessageContaining("jobs.yaml:8")
        .hasMessageContaining("regressions.page_above");
  }
}
