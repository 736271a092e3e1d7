package io.tokenwatt.quickstart.faults;

import com.google.protobuf.ByteString;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.GpuTable;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.Random;

/**
 * One node of {@link FaultLog}: a board and an engine under load, sampled once a second. Tokens
 * come at a rate that the running requests give, watts follow it. Not thread-safe.
 */
final class FaultNode {
  private final String workload;
  private final int number;
  private final byte board;
  private final Random random;
  private final long runMs;
  private long startedMs;
  private long seq;
  private double energyMj = 1e9;
  private double tokens = 1_000;
  private double prompts = 5_000;
  private long steps;
  private double stepUs;

  FaultNode(String workload, int number, int board, long startMs, long seed) {
    this.workload = workload;
    this.number = number;
    this.board = (byte) (board + 1);
    this.random = new Random(seed);
    this.runMs = startMs - 60_000;
    this.startedMs = startMs - 600_000;
  }

  String name() {
    return workload + "-" + number;
  }

  /** The engine's process is another from now on; its counters begin at 0. */
  void restart(long atMs) {
    startedMs = atMs;
    tokens = 0;
    prompts = 0;
    steps = 0;
    stepUs = 0;
  }

  /** The next second's sample. */
  NodeSample sample(long atMs, double running, double slowdown) {
    double noise = Math.exp(0.01 * random.nextGaussian());
    double rate = 40 * running / (1 + running / 60) * noise / slowdown;
    double watts = 250 + 350 * running / (running + 40) * Math.exp(0.005 * random.nextGaussian());
    tokens += rate;
    prompts += rate * 3;
    energyMj += watts * 1000;
    steps += Math.round(rate);
    stepUs += Math.round(rate) * (running / rate) * 1e6;
    return NodeSample.newBuilder()
        .setNode(identity())
        .setAgentRun(runMs)
        .setSeq(++seq)
        .setObservedAtMs(atMs)
        .setTickMs(1000)
        .setGpus(boards((long) (watts * 1000)))
        .addEngines(engine(Math.round(running)))
        .addBindings(binding())
        .build();
  }

  private NodeIdentity identity() {
    return NodeIdentity.newBuilder()
        .setNode(name())
        .setRegion("eu")
        .setCluster("c1")
        .setProvider("aws")
        .setPurchaseOption("on_demand")
        .setSiteKind("cloud")
        .build();
  }

  private GpuTable boards(long milliwatts) {
    byte[] uuid = new byte[16];
    uuid[0] = board;
    return GpuTable.newBuilder()
        .setUuids(ByteString.copyFrom(uuid))
        .addModelNames("NVIDIA H100 80GB HBM3")
        .addColumns(column(GpuMetric.GPU_ENERGY_MILLIJOULES, (long) energyMj))
        .addColumns(column(GpuMetric.GPU_POWER_MILLIWATTS, milliwatts))
        .addColumns(column(GpuMetric.GPU_SM_CLOCK_MHZ, 1980))
        .build();
  }

  private static GpuColumn column(GpuMetric metric, long value) {
    return GpuColumn.newBuilder().setMetric(metric).addValues(value).build();
  }

  private Engine engine(long running) {
    return Engine.newBuilder()
        .setInstance("engine")
        .setKind("vllm")
        .setStartedAtMs(startedMs)
        .addSeries(
            EngineSeries.newBuilder()
                .setModelName("model-of-" + workload)
                .addMetrics(EngineMetric.ENGINE_OUTPUT_TOKENS)
                .addValues((long) tokens)
                .addMetrics(EngineMetric.ENGINE_PROMPT_TOKENS)
                .addValues((long) prompts)
                .addMetrics(EngineMetric.ENGINE_RUNNING)
                .addValues(running)
                .addHistograms(
                    Histogram.newBuilder()
                        .setMeasure(LatencyMeasure.LATENCY_ITL)
                        .addBoundsNs(20_000_000)
                        .addBoundsNs(100_000_000)
                        .addCounts(0)
                        .addCounts(steps)
                        .addCounts(0)
                        .setSumUs((long) stepUs)))
        .build();
  }

  private Binding binding() {
    return Binding.newBuilder()
        .setWorkload(workload)
        .setOwner("team")
        .setKind("inference")
        .setRole("both")
        .setTask("generate")
        .setDeployment(workload + "@1")
        .setMethod(OwnershipMethod.OWNERSHIP_CONFIG)
        .addEngines(0)
        .addGpuRows(0)
        .build();
  }
}
