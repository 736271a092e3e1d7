package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.collectors.agent.Agent;
import io.tokenwatt.collectors.agent.AgentConfig;
import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.jobs.node.NodeMeter;
import io.tokenwatt.jobs.node.NodeState;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.NodeSample;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real dcgm-exporter's page of an A100 in MIG mode: four instances, each of which repeats the
 * board's energy and power. Read by the agent over HTTP, metered by the job's own meter.
 */
class MigDumpTest {
  private static final String DUMP = "dcgm_a100_mig_4_workloads_520.prom";

  /** Instance 8, the only active one (GR_ENGINE_ACTIVE 0.408). */
  private static final String ACTIVE = "GPU-473571f2-fb37-ef7e-50fe-9885b74a23cd/8";

  private static final long SHOWN_MJ = 6_890_956;
  private static final long BOARD_MW = 112_252;
  private static final long T0 = 1_700_000_000_000L; // a window's start
  private static final int SECONDS = 30;

  @TempDir Path folder;

  @Test
  void theEnergyCounterThatFourInstancesRepeatIsCountedOnce() throws Exception {
    NodeSample dump = scraped();
    assertThat(column(dump, GpuMetric.GPU_ENERGY_MILLIJOULES))
        .as("the dump repeats the counter")
        .containsExactly(SHOWN_MJ, SHOWN_MJ, SHOWN_MJ, SHOWN_MJ);

    RecordedFacts facts = metered(second -> withEnergy(dump, SHOWN_MJ + BOARD_MW * second));

    assertThat(facts.totals(GpuMeasure.ENERGY_MJ)).hasSize(1).containsValue(BOARD_MW * SECONDS);
    assertThat(watts(facts)).isCloseTo(112.252, within(1e-9));
    assertThat(facts.total(CellMeasure.GPU_MJ)).isEqualTo(BOARD_MW * SECONDS);
  }

  @Test
  void powerAloneGivesTheWattsOfTheBoardNotOfItsInstancesTogether() throws Exception {
    NodeSample dump = scraped();
    assertThat(column(dump, GpuMetric.GPU_POWER_MILLIWATTS))
        .containsExactlyInAnyOrder(112_252, 106_463, 106_463, 112_252);

    RecordedFacts facts = metered(second -> without(dump, GpuMetric.GPU_ENERGY_MILLIJOULES));

    assertThat(watts(facts)).isCloseTo(112.252, within(0.001));
  }

  @Test
  void theBusyInstanceCarriesTheEnergyAndItsSliceOfTheTime() throws Exception {
    NodeSample dump = scraped();

    RecordedFacts facts = metered(second -> withEnergy(dump, SHOWN_MJ + BOARD_MW * second));

    assertThat(facts.total(CellMeasure.GPU_MJ, "guard")).isEqualTo(BOARD_MW * SECONDS);
    assertThat(facts.total(CellMeasure.GPU_MS)).isEqualTo(SECONDS * 1000);
    assertThat((double) facts.total(CellMeasure.GPU_MS, "guard"))
        .as("one of the five slices that exist")
        .isCloseTo(SECONDS * 1000 / 5.0, within(1.0 * SECONDS));
    assertThat(facts.total(CellMeasure.GPU_MJ, Cell.UNALLOCATED)).isZero();
  }

  /** The dump as one record of the agent. */
  private NodeSample scraped() throws Exception {
    Path file =
        Path.of(System.getProperty("tokenwatt.root", ".."))
            .resolve("../shared/corpus/exporters")
            .resolve(DUMP);
    Assumptions.assumeTrue(Files.exists(file), "no corpus here: " + DUMP);
    byte[] page = Files.readAllBytes(file);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    try {
      return firstRecord(config(server.getAddress().getPort()));
    } finally {
      server.stop(0);
    }
  }

  private AgentConfig config(int port) throws Exception {
    Path yaml = folder.resolve("agent.yaml");
    Files.writeString(
        yaml,
        """
        kafka: {bootstrap: "127.0.0.1:1"}
        node: {node: a100, region: eu, cluster: c1}
        targets:
          - {name: dcgm, url: "http://127.0.0.1:%d/metrics"}
        bindings:
          - {workload: guard, gpus: ["%s"]}
        """
            .formatted(port, ACTIVE));
    return AgentConfig.read(yaml)
        .withListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static NodeSample firstRecord(AgentConfig config) throws Exception {
    CompletableFuture<NodeSample> first = new CompletableFuture<>();
    SampleSink sink =
        new SampleSink() {
          @Override
          public void publish(NodeSample sample) {
            if (sample.getFailuresCount() == 0) { // a cold machine may miss the first ticks
              first.complete(sample);
            }
          }

          @Override
          public void close() {}
        };
    try (Agent agent = Agent.start(config, (counters, health) -> sink)) {
      return first.get(30, TimeUnit.SECONDS);
    }
  }

  private static RecordedFacts metered(IntFunction<NodeSample> atSecond) {
    RecordedFacts facts = new RecordedFacts();
    NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, facts);
    for (int second = 0; second <= SECONDS; second++) {
      long at = T0 + 1000L * second;
      NodeSample sample =
          atSecond.apply(second).toBuilder().setSeq(second + 1).setObservedAtMs(at).build();
      meter.accept(sample, at);
    }
    while (meter.nextTimerMs() <= T0 + 7_200_000) {
      meter.advance(meter.nextTimerMs());
    }
    return facts;
  }

  private static double watts(RecordedFacts facts) {
    long mj = facts.totals(GpuMeasure.ENERGY_MJ).values().iterator().next();
    long ms = facts.totals(GpuMeasure.OBSERVED_MS).values().iterator().next();
    return (double) mj / ms;
  }

  private static long[] column(NodeSample sample, GpuMetric metric) {
    return sample.getGpus().getColumnsList().stream()
        .filter(c -> c.getMetric() == metric)
        .flatMapToLong(c -> c.getValuesList().stream().mapToLong(Long::longValue))
        .toArray();
  }

  private static NodeSample without(NodeSample sample, GpuMetric metric) {
    NodeSample.Builder changed = sample.toBuilder();
    changed.getGpusBuilder().clearColumns();
    sample.getGpus().getColumnsList().stream()
        .filter(c -> c.getMetric() != metric)
        .forEach(changed.getGpusBuilder()::addColumns);
    return changed.build();
  }

  private static NodeSample withEnergy(NodeSample sample, long mj) {
    GpuColumn column =
        GpuColumn.newBuilder()
            .setMetric(GpuMetric.GPU_ENERGY_MILLIJOULES)
            .addAllValues(LongStream.generate(() -> mj).limit(4).boxed().toList())
            .build();
    NodeSample.Builder changed = without(sample, GpuMetric.GPU_ENERGY_MILLIJOULES).toBuilder();
    changed.getGpusBuilder().addColumns(column);
    return changed.build();
  }
}
