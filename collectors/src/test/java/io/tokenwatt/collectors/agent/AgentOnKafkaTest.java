package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.publish.Topic;
import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.proto.NodeSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From exporter text over HTTP to records of a real broker. */
class AgentOnKafkaTest {
  private static final String TEXT = "text/plain; version=0.0.4";
  private static final String PUBLISHED = "tokenwatt_agent_records_published_total";
  private static final String FAILED = "tokenwatt_agent_records_failed_total";

  private EmbeddedKafka kafka;
  private Topic topic;

  @BeforeEach
  void start() {
    kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
    topic = Topic.create(kafka);
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  private AgentConfig config(List<NodePlan> nodes) {
    return AgentConfig.of(nodes, KafkaSpec.of(kafka.bootstrapServers()))
        .withTick(Duration.ofMillis(200));
  }

  private static NodePlan node(String name, Peer... peers) {
    List<TargetSpec> targets =
        Arrays.stream(peers).map(p -> TargetSpec.of("t" + p.port(), p.url())).toList();
    return NodePlan.of(NodeSpec.of(name, "eu"), targets);
  }

  /** Sequence numbers by node, in the order in which they lie in the topic. */
  private static Map<String, List<Long>> order(List<ConsumerRecord<String, byte[]>> records) {
    Map<String, List<Long>> seqs = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      NodeSample sample = Topic.sample(record);
      assertThat(record.key()).isEqualTo(sample.getNode().getNode());
      seqs.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(sample.getSeq());
    }
    return seqs;
  }

  private static void assertWithoutGaps(Map<String, List<Long>> order) {
    order.forEach(
        (node, seqs) -> {
          for (int i = 0; i < seqs.size(); i++) {
            assertThat(seqs.get(i)).as("record %d of %s", i, node).isEqualTo(i + 1L);
          }
        });
  }

  @Test
  void eachNodeHasOneRecordPerTickInOrderCompressedWithZstd() {
    try (Peer dcgm = Peer.text(ExporterTexts.dcgm(5_000_000, 412.5));
        Peer vllm = Peer.text(ExporterTexts.vllm("llama", 777))) {
      long published;
      try (Agent agent = Agent.start(config(List.of(node("n1", dcgm, vllm), node("n2", dcgm))))) {
        await().atMost(Duration.ofSeconds(60)).until(() -> agent.counters().sum(PUBLISHED) >= 20);
        agent.close();
        published = agent.counters().sum(PUBLISHED);
        assertThat(agent.counters().sum(FAILED)).isZero();
        assertThat(agent.counters().sum("tokenwatt_agent_records_accepted_total"))
            .isEqualTo(published);
      }
      List<ConsumerRecord<String, byte[]>> records = topic.read(n -> n >= published);

      assertThat(records).hasSize((int) published);
      Map<String, List<Long>> order = order(records);
      assertThat(order).containsOnlyKeys("n1", "n2");
      assertWithoutGaps(order);
      assertThat(topic.compression()).containsExactly(CompressionType.ZSTD);
    }
  }

  @Test
  void aBrokerThatIsKilledAndComesBackCostsNoRecord() {
    try (Peer dcgm = Peer.text(ExporterTexts.dcgm(5_000_000, 412.5));
        Agent agent = Agent.start(config(List.of(node("n1", dcgm))))) {
      await().atMost(Duration.ofSeconds(60)).until(() -> agent.counters().sum(PUBLISHED) >= 5);
      kafka.kill();
      long ticks = agent.counters().sum("tokenwatt_agent_ticks_total");
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> agent.counters().sum("tokenwatt_agent_ticks_total") >= ticks + 10);
      kafka.restart();
      long before = agent.counters().sum(PUBLISHED);
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> waited(agent) && published(agent) > before);
      agent.close();

      long published = published(agent);
      assertThat(agent.counters().sum(FAILED)).isZero();
      assertWithoutGaps(order(topic.read(n -> n >= published)));
    }
  }

  private static long published(Agent agent) {
    return agent.counters().sum(PUBLISHED);
  }

  private static boolean waited(Agent agent) {
    return agent.counters().sum("tokenwatt_agent_records_accepted_total") - published(agent) <= 2;
  }

  /** One record per batch, the batch's headers included, as DESIGN.md section 9 has it. */
  @Test
  void aBusyNodesRecordTakesAtMostThreeBytesPerLineRead() {
    long seed = System.nanoTime();
    BusyNode node = new BusyNode(seed);
    try (Peer dcgm = Peer.of((r, out) -> out.write(Peer.response("200 OK", TEXT, node.dcgm())));
        Peer vllm = Peer.of((r, out) -> out.write(Peer.response("200 OK", TEXT, vllm(seed))))) {
      Agent agent =
          Agent.start(config(List.of(node("n1", dcgm, vllm))).withTick(Duration.ofSeconds(1)));
      await().atMost(Duration.ofSeconds(60)).until(() -> published(agent) >= 10);
      agent.close();
      long published = published(agent);
      topic.read(n -> n >= published);
      double lines = agent.counters().sum("tokenwatt_agent_samples_total");

      System.out.printf(
          "seed %d: %d records of %.0f lines, %d bytes each, %.2f bytes per line%n",
          seed, published, lines / published, topic.bytes() / published, topic.bytes() / lines);
      assertThat(topic.bytes() / lines).as("seed %d", seed).isLessThanOrEqualTo(3.0);
    }
  }

  // A generator is for one thread, and each exporter answers on its own.
  private static String vllm(long seed) {
    return new BusyNode(seed ^ System.nanoTime()).vllm();
  }
}
