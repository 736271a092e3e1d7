package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.scrape.HostilePeers;
import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.model.proto.NodeSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLifeTest {
  private static final Duration TICK = Duration.ofMillis(200);

  @TempDir Path folder;

  private final RecordingSink sink = new RecordingSink();

  private static NodePlan node(String name, Peer peer) {
    return NodePlan.of(
        NodeSpec.of(name, "eu"), List.of(TargetSpec.of("t" + peer.port(), peer.url())));
  }

  private static AgentConfig config(NodePlan... nodes) {
    return AgentConfig.of(List.of(nodes), KafkaSpec.of("127.0.0.1:1")).withTick(TICK);
  }

  private List<Long> seqsOf(String node) {
    return sink.samples.stream()
        .filter(sample -> sample.getNode().getNode().equals(node))
        .map(NodeSample::getSeq)
        .toList();
  }

  @Test
  void aFileBringsNodesWhileTheAgentRunsAndSequencesGoOn() throws IOException {
    Path file = Files.writeString(folder.resolve("sd.yaml"), "[]");
    try (Peer dcgm = Peer.text(ExporterTexts.dcgm(1, 1));
        Peer vllm = Peer.text(ExporterTexts.vllm("m", 1));
        Agent agent =
            Agent.start(config(node("n1", dcgm)).withFileSd(List.of(file)), (c, h) -> sink)) {
      await().atMost(Duration.ofSeconds(90)).until(() -> seqsOf("n1").size() >= 2);
      Files.writeString(
          file,
          """
          - targets: ["127.0.0.1:%1$d"]
            labels: {node: n1, region: us}
          - targets: ["127.0.0.1:%1$d"]
            labels: {node: n2, region: us}
          """
              .formatted(vllm.port()));
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> seqsOf("n2").size() >= 2 && sink.last().getEnginesCount() == 1);
      Files.writeString(file, "[]\n\n");
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> !agent.health().components().toString().contains("target n2/"));
    }
    for (String node : List.of("n1", "n2")) {
      List<Long> seqs = seqsOf(node);
      for (int i = 0; i < seqs.size(); i++) {
        assertThat(seqs.get(i)).isEqualTo(i + 1L);
      }
    }
    assertThat(sink.samples)
        .filteredOn(s -> s.getNode().getNode().equals("n2"))
        .isNotEmpty()
        .allMatch(s -> s.getNode().getRegion().equals("us"));
  }

  @Test
  void aSlowNodeDoesNotHoldAnother() {
    try (Peer silent = Peer.of(HostilePeers::silence);
        Peer dcgm = Peer.text(ExporterTexts.dcgm(1, 1));
        Agent agent =
            Agent.start(config(node("slow", silent), node("quick", dcgm)), (c, h) -> sink)) {
      await().atMost(Duration.ofSeconds(90)).until(() -> seqsOf("quick").size() >= 10);
      // A record each, though the silent one ends each of its ticks by its time-out.
      await().atMost(Duration.ofSeconds(90)).until(() -> seqsOf("slow").size() >= 8);
      assertThat(agent.counters().value(AgentTally.OVERRUNS, "node", "quick"))
          .as("ticks left out by the one that answers")
          .isLessThanOrEqualTo(agent.counters().value(AgentTally.OVERRUNS, "node", "slow"));
    }
  }

  @Test
  void closingEndsSoonWhereNothingAnswers() {
    try (Peer silent = Peer.of(HostilePeers::silence)) {
      Agent agent = Agent.start(config(node("n1", silent)).withTick(Duration.ofMinutes(1)));
      Agent busy = Agent.start(config(node("n1", silent)));
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> busy.counters().sum("tokenwatt_agent_records_accepted_total") >= 3);

      long start = System.nanoTime();
      busy.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      long accepted = busy.counters().sum("tokenwatt_agent_records_accepted_total");
      assertThat(busy.counters().sum("tokenwatt_agent_records_failed_total")).isEqualTo(accepted);
      agent.close();
    }
  }

  @Test
  void whatCannotStartSaysWhy() {
    try (Peer peer = Peer.text("")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> config(node("n1", peer), node("n1", peer)))
          .withMessageContaining("two nodes of one id");
      try (Agent agent = Agent.start(config(node("n1", peer)), (c, h) -> sink)) {
        AgentConfig samePort = config(node("n2", peer)).withListen(agent.statusAddress());
        assertThatThrownBy(() -> Agent.start(samePort, (c, h) -> new RecordingSink()))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining("cannot listen on");
      }
    }
  }
}
