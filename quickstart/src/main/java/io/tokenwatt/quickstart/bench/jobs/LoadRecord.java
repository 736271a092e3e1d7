package io.tokenwatt.quickstart.bench.jobs;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.GpuTable;
import io.tokenwatt.model.proto.LatencyMeasure;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Writes a {@link LoadNode} as the agent's NodeSample: what never changes is written once per node,
 * only numbers at each tick. The same bytes as Protobuf's own writer gives. Not thread-safe.
 */
final class LoadRecord {
  static final List<LatencyMeasure> MEASURES =
      List.of(
          LatencyMeasure.LATENCY_TTFT,
          LatencyMeasure.LATENCY_ITL,
          LatencyMeasure.LATENCY_E2E,
          LatencyMeasure.LATENCY_QUEUE);

  private static final int[] BOUNDS = {1, 2, 3, 3};

  private static final List<EngineMetric> SCALARS =
      List.of(
          EngineMetric.ENGINE_OUTPUT_TOKENS,
          EngineMetric.ENGINE_PROMPT_TOKENS,
          EngineMetric.ENGINE_PROMPT_TOKENS_CACHED,
          EngineMetric.ENGINE_REQUESTS_FINISHED,
          EngineMetric.ENGINE_REQUESTS_ABORTED,
          EngineMetric.ENGINE_RUNNING,
          EngineMetric.ENGINE_WAITING,
          EngineMetric.ENGINE_KV_CACHE_USED_PPM,
          EngineMetric.ENGINE_PREEMPTIONS);

  private static final List<GpuMetric> COLUMNS =
      List.of(
          GpuMetric.GPU_ENERGY_MILLIJOULES,
          GpuMetric.GPU_POWER_MILLIWATTS,
          GpuMetric.GPU_POWER_LIMIT_MILLIWATTS,
          GpuMetric.GPU_UTIL_PPM,
          GpuMetric.GPU_GR_ENGINE_ACTIVE_PPM,
          GpuMetric.GPU_SM_ACTIVE_PPM,
          GpuMetric.GPU_SM_OCCUPANCY_PPM,
          GpuMetric.GPU_TENSOR_ACTIVE_PPM,
          GpuMetric.GPU_DRAM_ACTIVE_PPM,
          GpuMetric.GPU_MEMORY_USED_KIB,
          GpuMetric.GPU_MEMORY_FREE_KIB,
          GpuMetric.GPU_SM_CLOCK_MHZ,
          GpuMetric.GPU_MEMORY_CLOCK_MHZ,
          GpuMetric.GPU_TEMPERATURE_MILLICELSIUS,
          GpuMetric.GPU_MEMORY_TEMPERATURE_MILLICELSIUS,
          GpuMetric.GPU_PCIE_TX_BYTES_PER_SECOND,
          GpuMetric.GPU_PCIE_RX_BYTES_PER_SECOND,
          GpuMetric.GPU_NVLINK_TX_BYTES_PER_SECOND,
          GpuMetric.GPU_NVLINK_RX_BYTES_PER_SECOND,
          GpuMetric.GPU_XID_LAST,
          GpuMetric.GPU_THROTTLE_REASONS_BITMASK,
          GpuMetric.GPU_POWER_THROTTLE_MICROSECONDS,
          GpuMetric.GPU_THERMAL_THROTTLE_MICROSECONDS,
          GpuMetric.GPU_ECC_UNCORRECTED);

  /** Series lines behind one record: more than the goal asks for. */
  static final int VALUES = COLUMNS.size() * LoadPlan.BOARDS + SCALARS.size() + 87 + 4;

  private final LoadNode node;
  private final ByteString head;
  private final ByteString boards;
  private final ByteString engine;
  private final ByteString series;
  private final ByteString tail;

  /**
   * @param runMs the agent's start
   */
  LoadRecord(LoadNode node, long runMs) {
    this.node = node;
    int cell = LoadPlan.cell(node.number);
    head =
        NodeSample.newBuilder().setNode(identity(cell)).setAgentRun(runMs).build().toByteString();
    boards = boards().toByteString();
    engine =
        Engine.newBuilder()
            .setInstance("engine")
            .setKind("vllm")
            .setStartedAtMs(runMs - 3_600_000)
            .putInfo("tensor_parallel_size", "8")
            .build()
            .toByteString();
    series =
        EngineSeries.newBuilder()
            .setModelName("meta-llama/Llama-3.1-70B-Instruct")
            .addAllMetrics(SCALARS)
            .build()
            .toByteString();
    tail = NodeSample.newBuilder().addBindings(binding(cell)).build().toByteString();
  }

  private NodeIdentity identity(int cell) {
    return NodeIdentity.newBuilder()
        .setNode(LoadPlan.node(node.number))
        .setRegion(LoadPlan.region(cell))
        .setZone(LoadPlan.region(cell) + "a")
        .setCluster("cluster-" + cell % 10)
        .setSite("site-" + cell % 10)
        .setRack("rack-" + node.number / 8)
        .setSiteKind("on_prem")
        .setProvider("own")
        .setPurchaseOption("owned")
        .build();
  }

  private GpuTable boards() {
    ByteBuffer ids = ByteBuffer.allocate(16 * LoadPlan.BOARDS);
    GpuTable.Builder table = GpuTable.newBuilder().addModelNames("NVIDIA H100 80GB HBM3");
    for (int board = 0; board < LoadPlan.BOARDS; board++) {
      ids.putLong(0x1234_5678_9ABC_DEF0L * (node.number + 1)).putLong(board + 1L);
      table.addIndexOfRow(board);
    }
    return table.setUuids(UnsafeByteOperations.unsafeWrap(ids.array())).build();
  }

  private static Binding binding(int cell) {
    Binding.Builder binding =
        Binding.newBuilder()
            .setWorkload(LoadPlan.workload(cell))
            .setOwner("team-" + cell % 50)
            .setKind("inference")
            .setRole("both")
            .setTask("generate")
            .setDeployment(LoadPlan.workload(cell) + "@1")
            .setMethod(OwnershipMethod.OWNERSHIP_CONFIG)
            .addEngines(0);
    for (int board = 0; board < LoadPlan.BOARDS; board++) {
      binding.addGpuRows(board);
    }
    return binding.build();
  }

  /** The node's record at a tick that it has been advanced to. */
  byte[] bytes(long tick, long observedAtMs, Scratch scratch) throws IOException {
    CodedOutputStream out = scratch.open(Scratch.RECORD);
    out.writeRawBytes(head);
    out.writeInt64(NodeSample.SEQ_FIELD_NUMBER, node.seq);
    out.writeInt64(NodeSample.OBSERVED_AT_MS_FIELD_NUMBER, observedAtMs);
    out.writeInt32(NodeSample.TICK_MS_FIELD_NUMBER, LoadPlan.TICK_MS);
    scratch.message(out, NodeSample.GPUS_FIELD_NUMBER, Scratch.TABLE, t -> table(t, tick, scratch));
    scratch.message(out, NodeSample.ENGINES_FIELD_NUMBER, Scratch.TABLE, e -> engine(e, scratch));
    out.writeRawBytes(tail);
    return scratch.bytes(Scratch.RECORD);
  }

  private void table(CodedOutputStream out, long tick, Scratch scratch) throws IOException {
    out.writeRawBytes(boards);
    for (GpuMetric metric : COLUMNS) {
      scratch.message(
          out,
          GpuTable.COLUMNS_FIELD_NUMBER,
          Scratch.COLUMN,
          column -> {
            column.writeEnum(1, metric.getNumber());
            scratch.message(
                column,
                3,
                Scratch.VALUES,
                values -> {
                  for (int board = 0; board < LoadPlan.BOARDS; board++) {
                    values.writeSInt64NoTag(reading(metric, board, tick));
                  }
                });
          });
    }
    out.writeString(GpuTable.DRIVER_VERSION_FIELD_NUMBER, "570.86.15");
  }

  private long reading(GpuMetric metric, int board, long tick) {
    int watts = node.watts[board];
    return switch (metric) {
      case GPU_ENERGY_MILLIJOULES -> node.energyMj[board];
      case GPU_POWER_MILLIWATTS -> watts * 1_000L;
      case GPU_POWER_LIMIT_MILLIWATTS -> 700_000;
      case GPU_UTIL_PPM -> 10_000L * (watts / 8);
      case GPU_GR_ENGINE_ACTIVE_PPM, GPU_SM_ACTIVE_PPM -> 1_200L * watts;
      case GPU_SM_OCCUPANCY_PPM -> 300L * watts;
      case GPU_TENSOR_ACTIVE_PPM -> 500L * watts;
      case GPU_DRAM_ACTIVE_PPM -> 800L * watts;
      case GPU_MEMORY_USED_KIB -> 70_000_000L;
      case GPU_MEMORY_FREE_KIB -> 13_000_000L;
      case GPU_SM_CLOCK_MHZ -> 1_980L - watts % 4 * 15L;
      case GPU_MEMORY_CLOCK_MHZ -> 2_619;
      case GPU_TEMPERATURE_MILLICELSIUS -> 1_000L * (40 + watts / 30);
      case GPU_MEMORY_TEMPERATURE_MILLICELSIUS -> 1_000L * (50 + watts / 30);
      case GPU_PCIE_TX_BYTES_PER_SECOND, GPU_PCIE_RX_BYTES_PER_SECOND -> 1_000_000L * watts;
      case GPU_NVLINK_TX_BYTES_PER_SECOND, GPU_NVLINK_RX_BYTES_PER_SECOND ->
          100_000_000L * LoadPlan.noise(node.number + board, tick, 400);
      default -> 0;
    };
  }

  private void engine(CodedOutputStream out, Scratch scratch) throws IOException {
    out.writeRawBytes(engine);
    scratch.message(out, Engine.SERIES_FIELD_NUMBER, Scratch.COLUMN, s -> series(s, scratch));
  }

  private void series(CodedOutputStream out, Scratch scratch) throws IOException {
    out.writeRawBytes(series);
    scratch.message(
        out,
        EngineSeries.VALUES_FIELD_NUMBER,
        Scratch.VALUES,
        values -> {
          for (EngineMetric metric : SCALARS) {
            values.writeSInt64NoTag(scalar(metric));
          }
        });
    for (int i = 0; i < MEASURES.size(); i++) {
      int at = i;
      scratch.message(
          out,
          EngineSeries.HISTOGRAMS_FIELD_NUMBER,
          Scratch.HISTOGRAM,
          histogram -> {
            histogram.writeEnum(1, MEASURES.get(at).getNumber());
            histogram.writeUInt32(3, BOUNDS[at]);
            scratch.message(
                histogram,
                4,
                Scratch.VALUES,
                values -> {
                  for (long count : node.counts[at]) {
                    values.writeInt64NoTag(count);
                  }
                });
            histogram.writeInt64(5, node.sumUs[at]);
          });
    }
  }

  private long scalar(EngineMetric metric) {
    return switch (metric) {
      case ENGINE_OUTPUT_TOKENS -> node.output;
      case ENGINE_PROMPT_TOKENS -> node.prompt;
      case ENGINE_REQUESTS_FINISHED -> node.requests;
      case ENGINE_RUNNING -> 16;
      case ENGINE_KV_CACHE_USED_PPM -> 400_000;
      default -> 0;
    };
  }
}
