package io.tokenwatt.quickstart.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.agent.Agent;
import io.tokenwatt.collectors.agent.AgentConfig;
import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent, pointed at the fleet by the YAML that the fleet prints, records what was served. */
class AgentReadsFleetTest {
  private final ConcurrentLinkedQueue<NodeSample> samples = new ConcurrentLinkedQueue<>();

  @Test
  void recordsHoldTheServedCounters(@TempDir Path folder) throws Exception {
    try (Fleet fleet = Fleet.start(FleetOptions.of(11))) {
      Path yaml = folder.resolve("agent.yaml");
      Files.writeString(yaml, AgentText.yaml(fleet.nodes(), "127.0.0.1:1"));
      AgentConfig config = AgentConfig.read(yaml).withListen(new InetSocketAddress("127.0.0.1", 0));
      try (Agent agent = Agent.start(config, (counters, health) -> sink())) {
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> nodesSeen() == 19);
      }
      for (SimulatedNode node : fleet.nodes()) {
        List<NodeSample> own =
            samples.stream().filter(s -> s.getNode().getNode().equals(node.name())).toList();
        own.forEach(sample -> check(sample, node));
      }
    }
  }

  private void check(NodeSample sample, SimulatedNode node) {
    assertThat(sample.getNode().getRegion()).isEqualTo(node.place().region());
    assertThat(sample.getNode().getPurchaseOption()).isEqualTo(node.place().purchaseOption());
    if (sample.getGpus().getColumnsCount() > 0) {
      assertThat(
              sample.getBindingsList().stream()
                  .filter(b -> b.getMethod() != OwnershipMethod.OWNERSHIP_SLURM))
          .extracting(b -> b.getWorkload() + " " + b.getGpuRowsCount())
          .containsExactlyInAnyOrderElementsOf(
              node.bindings().stream().map(b -> b.workload() + " " + b.gpus().size()).toList());
      Set<Set<Long>> served =
          node.truth().boards().stream()
              .map(boards -> Set.copyOf(boards.energyMj().values()))
              .collect(Collectors.toSet());
      assertThat(served).as(node.name()).contains(energies(sample));
    }
    for (Engine engine : sample.getEnginesList()) {
      if (engine.getSeriesCount() > 0) {
        Set<List<Long>> served =
            node.truth().engine(engine.getInstance()).stream()
                .map(scrape -> List.of(scrape.outputTokens(), scrape.promptTokens()))
                .collect(Collectors.toSet());
        assertThat(served)
            .as(node.name() + " " + engine.getInstance())
            .contains(
                List.of(
                    sum(engine, EngineMetric.ENGINE_OUTPUT_TOKENS),
                    sum(engine, EngineMetric.ENGINE_PROMPT_TOKENS)));
      }
    }
  }

  private static Set<Long> energies(NodeSample sample) {
    GpuColumn column =
        sample.getGpus().getColumnsList().stream()
            .filter(c -> c.getMetric() == GpuMetric.GPU_ENERGY_MILLIJOULES)
            .findFirst()
            .orElseThrow();
    return Set.copyOf(new HashSet<>(column.getValuesList()));
  }

  private static long sum(Engine engine, EngineMetric metric) {
    return engine.getSeriesList().stream().mapToLong(series -> value(series, metric)).sum();
  }

  private static long value(EngineSeries series, EngineMetric metric) {
    return IntStream.range(0, series.getMetricsCount())
        .filter(i -> series.getMetrics(i) == metric)
        .mapToLong(series::getValues)
        .sum();
  }

  private long nodesSeen() {
    return samples.stream()
        .filter(s -> s.getGpus().getColumnsCount() > 0)
        .filter(s -> s.getEnginesList().stream().allMatch(e -> e.getSeriesCount() > 0))
        .map(s -> s.getNode().getNode())
        .distinct()
        .count();
  }

  private SampleSink sink() {
    return new SampleSink() {
      @Override
      public void publish(NodeSample sample) {
        samples.add(sample);
      }

      @Override
      public void close() {}
    };
  }
}
