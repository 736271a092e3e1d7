package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.http.Counters;
import io.tokenwatt.collectors.publish.Topic;
import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.proto.NodeSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real agent processes that are killed, stopped and upgraded while a real broker is away. */
class KilledAgentsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String TEXT = "text/plain; version=0.0.4";
  private static final String PUBLISHED = "tokenwatt_agent_records_published_total";
  private static final String ON_DISK = "tokenwatt_agent_spool_records";
  private static final long TOKENS_PER_SCRAPE = 7;

  @TempDir Path folder;

  private final AtomicLong scrapes = new AtomicLong();

  private Path config(EmbeddedKafka kafka, Peer engine) throws IOException {
    return Files.writeString(
        folder.resolve("agent.yaml"),
        """
        node: {node: n1, region: eu}
        tick: 200ms
        listen: "127.0.0.1:0"
        targets: [{name: vllm, url: "%s", kind: vllm}]
        kafka: {bootstrap: "%s"}
        spool: {dir: spool, catch_up: 50}
        """
            .formatted(engine.url(), kafka.bootstrapServers()));
  }

  /** An engine whose counter tells how often it was asked. */
  private Peer engine() {
    return Peer.of(
        (request, out) -> {
          long tokens = TOKENS_PER_SCRAPE * scrapes.incrementAndGet();
          byte[] page = ExporterTexts.vllm("m", tokens).getBytes(StandardCharsets.UTF_8);
          out.write(Peer.response("200 OK", "Content-Type: " + TEXT, page));
        });
  }

  private AgentProcess agent(Path config, String name) throws IOException {
    return AgentProcess.start(config, folder.resolve(name + ".log"));
  }

  @Test
  void whatAnAgentHadOnDiskArrivesThroughAnyEndOfItAndInOrder() throws Exception {
    EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
    try (Peer engine = engine()) {
      Topic topic = Topic.create(kafka);
      Path config = config(kafka, engine);
      long onDisk;
      try (AgentProcess killed = agent(config, "killed")) {
        killed.awaitMetric(PUBLISHED, 5);
        kafka.kill();
        killed.awaitMetric(ON_DISK, 10);
        onDisk = killed.metric(PUBLISHED) + killed.metric(ON_DISK);
        killed.kill();
      }
      try (AgentProcess stopped = agent(config, "stopped")) {
        assertThat(stopped.metric("tokenwatt_agent_records_recovered_total")).isPositive();
        stopped.awaitMetric("tokenwatt_agent_records_accepted_total", 10);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(stopped.get("/healthz"))
                        .contains("\"status\":\"degraded\"", "\"spool\":{\"state\":\"up\""));
        assertThat(stopped.stop()).as(stopped.log()).isZero();
        assertThat(stopped.log()).contains("records are left in the spool", " 0 lost while it ran");
      }
      kafka.restart();
      try (Agent upgraded = Agent.start(AgentConfig.read(config))) {
        Counters counters = upgraded.counters();
        long recovered = counters.sum("tokenwatt_agent_records_recovered_total");
        assertThat(recovered).isGreaterThanOrEqualTo(20);
        await().atMost(PATIENCE).until(() -> counters.sum(PUBLISHED) >= recovered + 5);
        upgraded.close();
        assertThat(counters.sum("tokenwatt_agent_records_failed_total")).isZero();
      }
      assertCounters(topic.all(), onDisk);
    } finally {
      kafka.close();
    }
  }

  /**
   * @param onDisk so many records of the killed agent were on disk or in Kafka before it was killed
   */
  private void assertCounters(List<NodeSample> all, long onDisk) {
    List<List<NodeSample>> runs = runs(all);
    assertThat(runs).hasSize(3);
    for (List<NodeSample> run : runs) {
      assertThat(run.stream().map(NodeSample::getSeq).toList())
          .isEqualTo(LongStream.rangeClosed(1, run.size()).boxed().toList());
    }
    assertThat(runs.get(0)).hasSizeGreaterThanOrEqualTo((int) onDisk);
    // What the engine's counter said, in the order in which it said it: no delta is counted twice,
    // and from the first to the last none is missing.
    long told = 0;
    for (NodeSample sample : runs.stream().flatMap(List::stream).toList()) {
      // A scrape that failed is in its record.
      assertThat(sample.getEnginesCount() + sample.getFailuresCount()).isOne();
      if (sample.getEnginesCount() == 1) {
        long value = sample.getEngines(0).getSeries(0).getValues(0);
        assertThat(value).isGreaterThan(told);
        assertThat(value % TOKENS_PER_SCRAPE).isZero();
        told = value;
      }
    }
    assertThat(told).isLessThanOrEqualTo(TOKENS_PER_SCRAPE * scrapes.get());
  }

  /** Runs in the order of the topic, each without what the jobs take as a duplicate. */
  private static List<List<NodeSample>> runs(List<NodeSample> all) {
    List<List<NodeSample>> runs = new ArrayList<>();
    long run = 0;
    long seq = 0;
    for (NodeSample sample : all) {
      assertThat(sample.getAgentRun()).as("no older run after a newer").isGreaterThanOrEqualTo(run);
      if (sample.getAgentRun() > run) {
        runs.add(new ArrayList<>());
        run = sample.getAgentRun();
        seq = 0;
      }
      if (sample.getSeq() > seq) {
        runs.get(runs.size() - 1).add(sample);
        seq = sample.getSeq();
      }
    }
    return runs;
  }
}
