package io.tokenwatt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.jobs.efficiency.Engines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RequiredTopicsTest {
  private final Engines engines = Engines.shared();
  private final String bootstrap = engines.kafka.bootstrapServers();

  @Test
  void whatIsThereIsSilentlyTaken() throws InterruptedException {
    engines.topic("required-there", 1, Map.of());
    RequiredTopics.check(
        bootstrap, new Properties(), List.of("required-there"), List.of("required-there"));
  }

  @Test
  void allThatIsMissingIsNamedWithWhatCreatesIt() {
    engines.topic("required-one", 1, Map.of());
    List<String> topics = List.of("required-absent", "required-one", "required-absent-too");
    assertThatThrownBy(() -> RequiredTopics.check(bootstrap, new Properties(), topics, List.of()))
        .isInstanceOf(RequiredTopics.MissingException.class)
        .hasMessageContaining("no topic required-absent, required-absent-too.")
        .hasMessageContaining("create-topics.sh " + bootstrap)
        .hasMessageContaining("--create --topic required-absent --partitions");
  }

  @Test
  void theCommandEndsBeforeItStartsAnything(@TempDir Path folder) throws IOException {
    Path yaml = folder.resolve("jobs.yaml");
    Files.writeString(
        yaml,
        "kafka: {bootstrap: \"%s\", topic: required-nowhere}\nstore: {url: \"http://127.0.0.1:1\"}\ncheckpoints: %s\n"
            .formatted(bootstrap, folder.toUri()));
    CommandLine jobs = JobsMain.commandLine();
    StringWriter err = new StringWriter();
    jobs.setErr(new PrintWriter(err, true));
    assertThat(jobs.execute("--config", yaml.toString())).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("jobs: Kafka at " + bootstrap + " has no topic required-nowhere");
  }
}
