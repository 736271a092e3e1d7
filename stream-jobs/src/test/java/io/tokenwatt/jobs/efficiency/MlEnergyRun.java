package io.tokenwatt.jobs.efficiency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.GpuTable;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One published run of the ML.ENERGY leaderboard v2, as counters of a node would have shown it: a
 * steady state of so many requests.
 *
 * @param name of the run, its node and its region
 * @param boards tensor x pipeline parallel
 */
record MlEnergyRun(
    String name,
    String model,
    String gpu,
    int boards,
    double joulesPerRequest,
    double tokensPerSecond,
    double tokensPerRequest,
    double batch) {
  static final String FILE = "traces/mlenergy_v2/llm_text_generation.jsonl";
  static final int REQUESTS = 1000;
  private static final int SAMPLES = 200;

  static List<MlEnergyRun> read(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<MlEnergyRun> runs = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode run = json.readTree(line);
      runs.add(
          new MlEnergyRun(
              "run-" + runs.size(),
              run.get("Model").asText(),
              run.get("GPU").asText(),
              run.get("TP").asInt() * run.get("PP").asInt(),
              run.get("Energy/req (J)").asDouble(),
              run.get("Token tput (tok/s)").asDouble(),
              run.get("Avg Output Tokens").asDouble(),
              run.get("Avg BS (reqs)").asDouble()));
    }
    return runs;
  }

  /** By the leaderboard's own definition: energy per request over tokens per request. */
  double joulesPerToken() {
    return joulesPerRequest / tokensPerRequest;
  }

  long durationMs() {
    return Math.round(REQUESTS * tokensPerRequest / tokensPerSecond * 1000);
  }

  /** Counters sampled at even steps, 5 to 9 s, from their baseline to their last value. */
  List<NodeSample> samples(long fromMs) {
    List<NodeSample> samples = new ArrayList<>();
    for (int i = 0; i <= SAMPLES; i++) {
      double part = (double) i / SAMPLES;
      samples.add(sample(i + 1, fromMs + durationMs() * i / SAMPLES, part));
    }
    return samples;
  }

  private NodeSample sample(int seq, long atMs, double part) {
    long energyMj = Math.round(part * REQUESTS * joulesPerRequest * 1000);
    GpuColumn.Builder energy = GpuColumn.newBuilder().setMetric(GpuMetric.GPU_ENERGY_MILLIJOULES);
    ByteBuffer uuids = ByteBuffer.allocate(boards * 16);
    for (int board = 0; board < boards; board++) {
      // The boards' counters add up to the run's, whatever the rounding.
      energy.addValues(7_000_000_000L + (energyMj + board) / boards);
      uuids.putLong(name.hashCode()).putLong(board);
    }
    Map<EngineMetric, Long> counters =
        Map.of(
            EngineMetric.ENGINE_OUTPUT_TOKENS,
            Math.round(part * REQUESTS * tokensPerRequest),
            EngineMetric.ENGINE_REQUESTS_FINISHED,
            Math.round(part * REQUESTS),
            EngineMetric.ENGINE_RUNNING,
            Math.round(batch));
    EngineSeries.Builder series = EngineSeries.newBuilder().setModelName(model);
    counters.forEach((metric, value) -> series.addMetrics(metric).addValues(value));
    return NodeSample.newBuilder()
        .setNode(NodeIdentity.newBuilder().setNode(name).setRegion(name).setCluster("mlenergy"))
        .setAgentRun(1)
        .setSeq(seq)
        .setObservedAtMs(atMs)
        .setTickMs(10_000)
        .setGpus(
            GpuTable.newBuilder()
                .setUuids(ByteString.copyFrom(uuids.flip()))
                .addModelNames(gpu)
                .addColumns(energy))
        .addEngines(Engine.newBuilder().setInstance("vllm").setKind("vllm").addSeries(series))
        .addBindings(
            Binding.newBuilder()
                .setWorkload(model)
                .setKind("inference")
                .setTask("generate")
                .setMethod(OwnershipMethod.OWNERSHIP_CONFIG)
                .addAllGpuRows(IntStream.range(0, boards).boxed().toList())
                .addEngines(0))
        .build();
  }
}
