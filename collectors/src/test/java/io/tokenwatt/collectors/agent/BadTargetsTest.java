package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.scrape.HostilePeers;
import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One node with two good exporters among every kind of bad one. */
class BadTargetsTest {
  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("html", "not_exposition"),
          Map.entry("500", "http_status"),
          Map.entry("nothing", "bad_http"),
          Map.entry("silence", "timeout"),
          Map.entry("empty", "not_exposition"),
          Map.entry("cut", "cut_body"),
          Map.entry("gigabyte", "body_too_large"),
          Map.entry("gzip", "bad_encoding"),
          Map.entry("charset", "wrong_charset"),
          Map.entry("redirect", "redirect"),
          Map.entry("prose", "not_exposition"),
          Map.entry("stranger", "unknown_exporter"),
          Map.entry("gone", "connect"));

  private final AtomicLong taken = new AtomicLong();
  private final RecordingSink sink = new RecordingSink();
  private final Map<String, Peer> peers = new LinkedHashMap<>();

  @AfterEach
  void close() {
    peers.values().forEach(Peer::close);
  }

  private AgentConfig badNeighbours() {
    peers.put("dcgm", Peer.text(ExporterTexts.dcgm(5_000_000, 412.5)));
    peers.put("vllm", Peer.text(ExporterTexts.vllm("llama", 777)));
    peers.put("html", Peer.of(HostilePeers::html));
    peers.put("500", Peer.of(HostilePeers::status500));
    peers.put("nothing", Peer.of(HostilePeers::nothing));
    peers.put("silence", Peer.of(HostilePeers::silence));
    peers.put("empty", Peer.of(HostilePeers::emptyBody));
    peers.put("cut", Peer.of(HostilePeers::cut));
    peers.put("gigabyte", Peer.of(HostilePeers.gigabyte(taken)));
    peers.put("gzip", Peer.of(HostilePeers::gzipGarbage));
    peers.put("charset", Peer.of(HostilePeers::utf16));
    peers.put("redirect", Peer.of(HostilePeers::redirect));
    peers.put("prose", Peer.text("It works!\n"));
    peers.put("stranger", Peer.text("some_other_metric 1\n"));
    peers.put("gone", Peer.text(""));
    List<TargetSpec> targets = new ArrayList<>();
    peers.forEach((name, peer) -> targets.add(TargetSpec.of(name, peer.url())));
    peers.get("gone").close();
    return AgentConfig.of(
            List.of(NodePlan.of(NodeSpec.of("n1", "eu"), targets)), KafkaSpec.of("unused:1"))
        .withTick(Duration.ofSeconds(1))
        .withMaxBody(1 << 20);
  }

  @Test
  void everyBadTargetIsNamedWithItsReasonAndTheOthersAreUnharmed() throws Exception {
    try (Agent agent = Agent.start(badNeighbours(), (counters, health) -> sink)) {
      await().atMost(Duration.ofSeconds(120)).until(() -> sink.samples.size() >= 3);
      NodeSample sample = sink.last();

      Map<String, String> reasons =
          sample.getFailuresList().stream()
              .collect(Collectors.toMap(ScrapeFailure::getTarget, ScrapeFailure::getReason));
      assertThat(reasons).isEqualTo(EXPECTED);
      assertThat(sample.getGpus().getUuids().size()).isEqualTo(32);
      assertThat(sample.getEngines(0).getSeries(0).getValuesList()).contains(777L);
      assertThat(sample.getBindings(0).getGpuRowsList()).containsExactly(0, 1);

      Map<String, Health.Component> components = agent.health().components();
      EXPECTED.forEach(
          (target, reason) -> {
            Health.Component component = components.get("target n1/" + target);
            assertThat(component.state()).isEqualTo(Health.State.DOWN);
            assertThat(component.lastError()).startsWith(reason + ": ");
          });
      assertThat(components.get("target n1/dcgm").state()).isEqualTo(Health.State.UP);
      assertThat(get(agent, "/healthz")).contains("\"target n1/gigabyte\":{\"state\":\"down\"");
      String metrics = get(agent, "/metrics");
      EXPECTED.forEach(
          (target, reason) ->
              assertThat(metrics)
                  .containsPattern(
                      "tokenwatt_agent_scrape_failures_total\\{node=\"n1\",target=\"%s\",reason=\"%s\"} [1-9]"
                          .formatted(target, reason)));
      // Each of a few scrapes takes its megabyte and what sockets buffer, never the gigabyte.
      assertThat(taken.get() / peers.get("gigabyte").connections()).isLessThan(16 << 20);
    }
    assertThat(sink.closed).isTrue();
  }

  @Test
  void ticksAreNumberedWithoutGapsAndTheRunStaysTheSame() {
    try (Agent agent =
        Agent.start(badNeighbours().withTick(Duration.ofMillis(300)), (c, h) -> sink)) {
      await().atMost(Duration.ofSeconds(120)).until(() -> sink.samples.size() >= 5);
      assertThat(agent.statusAddress().getPort()).isPositive();
    }
    for (int i = 0; i < sink.samples.size(); i++) {
      assertThat(sink.samples.get(i).getSeq()).isEqualTo(i + 1L);
      assertThat(sink.samples.get(i).getAgentRun()).isEqualTo(sink.samples.get(0).getAgentRun());
    }
  }

  @Test
  void aTargetThatComesBackIsUpAgain() {
    Peer peer = Peer.of(HostilePeers::status500);
    peers.put("dcgm", peer);
    AgentConfig config =
        AgentConfig.of(
                List.of(
                    NodePlan.of(
                        NodeSpec.of("n1", "eu"), List.of(TargetSpec.of("dcgm", peer.url())))),
                KafkaSpec.of("unused:1"))
            .withTick(Duration.ofSeconds(1));
    try (Agent agent = Agent.start(config, (c, h) -> sink)) {
      // The very first scrapes of a cold JVM may time out before they see the 500.
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> "http_status: status 500".equals(lastError(agent)));
      assertThat(state(agent)).isEqualTo(Health.State.DOWN);
      peer.now(
          (r, out) -> out.write(Peer.response("200 OK", "text/plain", ExporterTexts.dcgm(1, 1))));
      await().atMost(Duration.ofSeconds(120)).until(() -> state(agent) == Health.State.UP);
      assertThat(lastError(agent)).as("what was wrong stays readable").isNotBlank();
    }
  }

  private static String lastError(Agent agent) {
    return agent.health().components().get("target n1/dcgm").lastError();
  }

  private static Health.State state(Agent agent) {
    return agent.health().components().get("target n1/dcgm").state();
  }

  private static String get(Agent agent, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + agent.statusAddress().getPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
