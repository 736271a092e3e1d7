package io.tokenwatt.collectors.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetFilesTest {
  @TempDir Path folder;

  private final Health health = new Health(Instant::now);
  private Path file;
  private TargetFiles files;

  @BeforeEach
  void start() {
    file = folder.resolve("gpus.json");
    NodeSpec own = new NodeSpec("", "eu", "", "c1", "", "", "", "", "");
    NodePlan configured =
        NodePlan.of(
            NodeSpec.of("n1", "eu"), List.of(TargetSpec.of("dcgm", "http://n1:9400/metrics")));
    files = new TargetFiles(own, List.of(configured), List.of(file), health);
  }

  /** "node region target url" of everything. */
  private List<String> lines() {
    return files.plans().stream()
        .flatMap(
            plan ->
                plan.targets().stream()
                    .map(
                        t ->
                            plan.node().node()
                                + " "
                                + plan.node().region()
                                + " "
                                + t.name()
                                + " "
                                + t.url()))
        .toList();
  }

  @Test
  void groupsNameTheirNodesByLabel() throws IOException {
    Files.writeString(
        file,
        """
        [
        \t{"targets": ["10.0.0.2:9400"], "labels": {"__node__": "n2", "region": "us", "job": "dcgm"}},
        \t{"targets": ["10.0.0.2:8000"], "labels": {"node": "n2", "job": "vllm", "team": "a"}},
        \t{"targets": ["n1:8000"], "labels": {"node": "n1", "__metrics_path__": "/m", "__scheme__": "https"}}
        ]
        """);

    assertThat(files.changes()).isPresent();
    assertThat(lines())
        .containsExactly(
            "n1 eu dcgm http://n1:9400/metrics",
            "n1 eu n1:8000 https://n1:8000/m",
            "n2 us dcgm http://10.0.0.2:9400/metrics",
            "n2 us vllm http://10.0.0.2:8000/metrics");
    assertThat(files.changes()).as("nothing new").isEmpty();
  }

  @Test
  void aTargetThatIsThereAlreadyIsNotScrapedTwiceAndNamesStayUnique() throws IOException {
    Files.writeString(
        file,
        """
        [{"targets": ["n1:9400", "n1:9401"], "labels": {"node": "n1", "job": "dcgm"}}]
        """);
    files.changes();

    assertThat(lines())
        .containsExactly(
            "n1 eu dcgm http://n1:9400/metrics", "n1 eu dcgm n1:9401 http://n1:9401/metrics");
  }

  @Test
  void aBrokenFileKeepsItsLastGoodContentAndIsNamed() throws IOException {
    Files.writeString(file, "[{\"targets\": [\"a:1\"], \"labels\": {\"node\": \"n2\"}}]");
    files.changes();
    Files.writeString(
        file,
        "[{\"targets\": [\"a:1\", \"b b:2\"], \"labels\": {\"node\": \"n2\"}}, {\"target\": []}]");

    assertThat(files.changes()).isEmpty();
    assertThat(lines()).contains("n2 eu a:1 http://a:1/metrics");
    Health.Component component = health.components().get("file_sd " + file);
    assertThat(component.state()).isEqualTo(Health.State.DOWN);
    assertThat(component.lastError())
        .contains(
            "3 problems", "gpus.json:1: [0].targets", "got \"b b:2\"", "did you mean targets?");
  }

  @Test
  void aFileThatComesLaterIsPickedUp() throws IOException {
    assertThat(files.changes()).isEmpty();
    assertThat(health.components().get("file_sd " + file).state()).isEqualTo(Health.State.DOWN);
    Files.writeString(file, "[{\"targets\": [\"a:1\"], \"labels\": {\"node\": \"n2\"}}]");

    assertThat(files.changes()).isPresent();
    assertThat(health.components().get("file_sd " + file).state()).isEqualTo(Health.State.UP);
  }

  @Test
  void aGroupWithoutANodeIsRefused() throws IOException {
    Files.writeString(file, "[{\"targets\": [\"a:1\"]}]");
    files.changes();

    assertThat(health.components().get("file_sd " + file).lastError()).contains("no node named");
  }
}
