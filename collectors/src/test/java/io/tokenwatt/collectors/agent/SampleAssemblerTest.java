package io.tokenwatt.collectors.agent;

import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exporters.GpuId;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.ownership.BindingSpec;
import io.tokenwatt.collectors.ownership.BoardRef;
import io.tokenwatt.collectors.ownership.Knowledge;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SampleAssemblerTest {
  private static final SampleHeader HEADER =
      new SampleHeader(
          NodeIdentity.newBuilder().setNode("n1").build(), 1000, 7, 2000, 1000, 500, "1.0");

  private static TargetReading dcgm(String target, int... boards) {
    List<GpuRowReading> rows = new ArrayList<>();
    for (int board : boards) {
      rows.add(
          new GpuRowReading(
              new GpuId(board, 0),
              0,
              "",
              "H100",
              board,
              Map.of(),
              Map.of(GPU_POWER_MILLIWATTS, 1L)));
    }
    return new TargetReading(
        target, "dcgm", rows, Optional.empty(), List.of(), "580.95", List.of());
  }

  private static TargetReading engine(String target, String model) {
    Engine engine =
        Engine.newBuilder()
            .setInstance(target)
            .setKind("vllm")
            .addSeries(EngineSeries.newBuilder().setModelName(model))
            .build();
    return new TargetReading(
        target, "vllm", List.of(), Optional.of(engine), List.of(), "", List.of());
  }

  private static NodeSample assemble(
      EngineMemory memory, List<BindingSpec> bindings, TargetReading... readings) {
    return SampleAssembler.assemble(
            HEADER,
            List.of(readings),
            List.of(),
            Knowledge.of(bindings),
            memory.engines(),
            memory.driver())
        .sample();
  }

  private static EngineMemory memory(TargetReading... readings) {
    EngineMemory memory = new EngineMemory();
    memory.learn(List.of(readings), Set.of("vllm-a", "vllm-b", "dcgm"));
    return memory;
  }

  @Test
  void twoExportersOfOneNodeFillOneTable() {
    NodeSample sample = assemble(memory(), List.of(), dcgm("d1", 0, 1), dcgm("d2", 2));

    assertThat(sample.getGpus().getUuids().size()).isEqualTo(48);
    assertThat(sample.getGpus().getColumns(0).getValuesCount()).isEqualTo(3);
  }

  @Test
  void theHeaderAndTheFailuresTravel() {
    ScrapeFailure failure =
        ScrapeFailure.newBuilder().setTarget("x").setReason("timeout").setDetail("slow").build();
    NodeSample sample =
        SampleAssembler.assemble(
                HEADER, List.of(), List.of(failure), Knowledge.of(List.of()), Map.of(), "")
            .sample();

    assertThat(sample)
        .isEqualTo(
            NodeSample.newBuilder()
                .setNode(NodeIdentity.newBuilder().setNode("n1"))
                .setAgentRun(1000)
                .setSeq(7)
                .setObservedAtMs(2000)
                .setTickMs(1000)
                .setBootedAtMs(500)
                .setAgentVersion("1.0")
                .addFailures(failure)
                .build());
  }

  @Test
  void aFailedScrapeChangesNeitherTheOwnersNorTheDeployment() {
    EngineMemory memory = memory(dcgm("dcgm", 0, 1), engine("vllm-a", "llama"));
    NodeSample before = assemble(memory, List.of(), dcgm("dcgm", 0, 1), engine("vllm-a", "llama"));
    memory.learn(List.of(dcgm("dcgm", 0, 1)), Set.of("vllm-a", "dcgm"));
    NodeSample during = assemble(memory, List.of(), dcgm("dcgm", 0, 1));

    assertThat(during.getBindings(0))
        .isEqualTo(before.getBindings(0).toBuilder().clearEngines().build());
    assertThat(before.getBindings(0).getDeployment()).startsWith("llama@");
  }

  @Test
  void anEngineThatIsNoTargetAnyMoreIsForgotten() {
    EngineMemory memory = memory(engine("vllm-a", "llama"), engine("vllm-b", "qwen"));
    memory.learn(List.of(), Set.of("vllm-a"));

    assertThat(memory.engines()).containsOnlyKeys("vllm-a");
  }

  @Test
  void everyEngineIsInExactlyOneBindingAndNoBoardOfOneClaimantInAnother() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      Map<String, TargetReading> engines = new LinkedHashMap<>();
      for (int i = 0; i < random.nextInt(4); i++) {
        engines.put("e" + i, engine("e" + i, "m" + random.nextInt(2)));
      }
      List<TargetReading> readings = new ArrayList<>(engines.values());
      readings.add(dcgm("dcgm", 0, 1, 2, 3));
      EngineMemory memory = new EngineMemory();
      memory.learn(readings, Set.of("e0", "e1", "e2", "e3"));

      NodeSample sample =
          assemble(memory, specs(engines, random), readings.toArray(TargetReading[]::new));

      assertThat(sample.getBindingsList().stream().flatMap(b -> b.getEnginesList().stream()))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(
              Stream.iterate(0, i -> i + 1).limit(sample.getEnginesCount()).toList());
      assertThat(
              sample.getBindingsList().stream().map(Binding::getGpuRowsList).flatMap(List::stream))
          .as("seed %d", seed)
          .doesNotHaveDuplicates();
    }
  }

  /** Each engine by itself bound to a board of its own, to no board, or not at all. */
  private static List<BindingSpec> specs(Map<String, TargetReading> engines, Random random) {
    List<BindingSpec> specs = new ArrayList<>();
    int board = 0;
    for (String engine : engines.keySet()) {
      int kind = random.nextInt(3);
      if (kind > 0) {
        List<BoardRef> boards = kind == 1 ? List.of(BoardRef.parse("" + board++)) : List.of();
        specs.add(BindingSpec.of("w" + board, boards, List.of(engine)));
      }
    }
    return specs;
  }
}
