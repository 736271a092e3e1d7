package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatYamlTest {
  @TempDir Path folder;

  private JobConfig read(String more) throws IOException {
    Path file = folder.resolve("jobs.yaml");
    String head = "kafka:\n  bootstrap: k:9092\ncheckpoints: file:///c\n";
    Files.writeString(file, head + more);
    return ConfigReader.of("TOKENWATT_JOBS", Map.of()).read(file, JobConfig::of);
  }

  @Test
  void withHeartbeatsSilenceMeansNothingForLongerThanAnOutage() throws IOException {
    assertThat(read("").heartbeat()).isEqualTo(Duration.ofSeconds(1));
    assertThat(read("").idleAfter()).isEqualTo(Duration.ofMinutes(30));
    assertThat(read("idle_after: 2h\n").idleAfter()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void withoutThemItIsAllThereIs() throws IOException {
    assertThat(read("heartbeat: off\n").heartbeat()).isZero();
    assertThat(read("heartbeat: off\n").idleAfter()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theyAreWrittenWhereTimeIsTakenFrom() throws IOException {
    assertThat(read("").timedTopics())
        .containsExactly("tokenwatt.node-samples", "tokenwatt.request-events");
    assertThat(read("requests: {enabled: false}\n").timedTopics())
        .containsExactly("tokenwatt.node-samples");
  }

  @Test
  void anotherValueIsRefusedWithItsLine() {
    for (String value : new String[] {"on", "0s", "99ms", "61s"}) {
      assertThatThrownBy(() -> read("heartbeat: " + value + "\n"))
          .as(value)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("jobs.yaml:4")
          .hasMessageContaining("heartbeat");
    }
  }
}
