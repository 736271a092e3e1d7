package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.alerts.notify.Target;
import io.tokenwatt.config.Secret;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's prometheus-alertmanager as the receiver; skipped where it is not installed. */
class RealAlertmanagerTest {
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  @TempDir Path folder;

  @Test
  void itShowsWhatFiresOnceAndForgetsItWhenItEnds() throws Exception {
    Optional<Path> binary = binary();
    assumeTrue(binary.isPresent(), "no prometheus-alertmanager here");
    int port = freePort();
    Path config =
        Files.writeString(
            folder.resolve("am.yml"), "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
    Process process =
        new ProcessBuilder(
                binary.get().toString(),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("data"),
                "--cluster.listen-address=",
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("am.log").toFile())
            .start();
    try {
      check("http://127.0.0.1:" + port);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void check(String url) throws IOException, InterruptedException {
    await().atMost(DEADLINE).ignoreExceptions().until(() -> get(url + "/-/ready") != null);
    StoreConfig database = RunDatabase.fresh();
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(
        rules.resolve("probe.yaml"), RunDatabase.rule("probe-high", "page", "every: 1s"));
    ReceiverConfig receiver =
        ReceiverConfig.alertmanager("am", Target.of(new Secret(url + "/api/v2/alerts")));
    RunConfig simple = RunConfig.of(database, "test", List.of(receiver));
    try (AlertsRun run = AlertsRun.start(simple.withRules(RuleFiles.in(rules)))) {
      RunDatabase.probe(database, "eu", "2");
      RunDatabase.probe(database, "us", "3");
      await().atMost(DEADLINE).until(() -> alerts(url).size() == 2);
      JsonNode alert = alerts(url).get(0);
      assertThat(alert.path("labels").path("alertname").asText()).isEqualTo("probe-high");
      assertThat(alert.path("labels").path("severity").asText()).isEqualTo("page");
      assertThat(alert.path("annotations").path("safe_action").asText()).isEqualTo("Sit down.");
      RunDatabase.probe(database, "eu", "-1");
      await().atMost(DEADLINE).until(() -> alerts(url).size() == 1);
      assertThat(alerts(url).get(0).path("labels").path("region").asText()).isEqualTo("us");
      assertThat(run.working()).isTrue();
    }
  }

  private static JsonNode alerts(String url) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(url + "/api/v2/alerts"));
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Optional<Path> binary() {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory, "prometheus-alertmanager"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
