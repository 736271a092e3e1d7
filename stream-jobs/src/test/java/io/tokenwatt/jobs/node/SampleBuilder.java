package io.tokenwatt.jobs.node;

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
import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.model.proto.NodeReading;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Samples that read as a story: node n1 in region eu, boards by a letter, one engine per workload.
 */
public final class SampleBuilder {
  static final long RUN = 1_700_000_000_000L;

  private final NodeSample.Builder sample = NodeSample.newBuilder();
  private final List<Map<GpuMetric, Long>> rows = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Integer> instances = new ArrayList<>();
  private final List<Integer> profiles = new ArrayList<>();
  private final GpuTable.Builder table = GpuTable.newBuilder();

  static SampleBuilder at(long seq, long ms) {
    SampleBuilder b = new SampleBuilder();
    b.sample
        .setNode(
            NodeIdentity.newBuilder()
                .setNode("n1")
                .setRegion("eu")
                .setCluster("c1")
                .setProvider("aws")
                .setPurchaseOption("on_demand")
                .setSiteKind("cloud"))
        .setAgentRun(RUN)
        .setSeq(seq)
        .setObservedAtMs(ms)
        .setTickMs(1000);
    return b;
  }

  SampleBuilder run(long run) {
    sample.setAgentRun(run);
    return this;
  }

  SampleBuilder board(String letter, Object... metricsAndValues) {
    return row(letter, 0, "", metricsAndValues);
  }

  SampleBuilder instance(String letter, int instance, String profile, Object... metricsAndValues) {
    return row(letter, instance + 1, profile, metricsAndValues);
  }

  private SampleBuilder row(String letter, int instance, String profile, Object... values) {
    Map<GpuMetric, Long> readings = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      readings.put((GpuMetric) values[i], ((Number) values[i + 1]).longValue());
    }
    rows.add(readings);
    ids.add(letter);
    instances.add(instance);
    profiles.add(profile.isEmpty() ? 0 : profile(profile));
    return this;
  }

  private int profile(String name) {
    int at = table.getProfilesList().indexOf(name);
    if (at < 0) {
      table.addProfiles(name);
      at = table.getProfilesCount() - 1;
    }
    return at + 1;
  }

  /** An engine of its own with one model, and the binding that gives it these rows. */
  SampleBuilder engine(
      String workload, long startedMs, Map<EngineMetric, Long> metrics, int... gpuRows) {
    return engine(workload, startedMs, metrics, null, gpuRows);
  }

  SampleBuilder engine(
      String workload,
      long startedMs,
      Map<EngineMetric, Long> metrics,
      long[] ttft,
      int... gpuRows) {
    EngineSeries.Builder series = EngineSeries.newBuilder().setModelName("model-of-" + workload);
    metrics.forEach((m, v) -> series.addMetrics(m).addValues(v));
    if (ttft != null) {
      Histogram.Builder histogram =
          Histogram.newBuilder().setMeasure(LatencyMeasure.LATENCY_TTFT).setSumUs(1000 * sum(ttft));
      for (int i = 0; i + 1 < ttft.length; i++) {
        histogram.addBoundsNs((i + 1) * 100_000_000L);
      }
      for (long count : ttft) {
        histogram.addCounts(count);
      }
      series.addHistograms(histogram);
    }
    sample.addEngines(
        Engine.newBuilder()
            .setInstance("engine-of-" + workload)
            .setKind("vllm")
            .setStartedAtMs(startedMs)
            .addSeries(series));
    return bind(workload, new int[] {sample.getEnginesCount() - 1}, gpuRows);
  }

  SampleBuilder bind(String workload, int[] engines, int... gpuRows) {
    Binding.Builder binding =
        Binding.newBuilder()
            .setWorkload(workload)
            .setOwner("team")
            .setKind("inference")
            .setRole("both")
            .setTask("generate")
            .setDeployment(workload + "@1")
            .setMethod(OwnershipMethod.OWNERSHIP_CONFIG);
    for (int engine : engines) {
      binding.addEngines(engine);
    }
    for (int row : gpuRows) {
      binding.addGpuRows(row);
    }
    sample.addBindings(binding);
    return this;
  }

  SampleBuilder node(String name) {
    sample.getNodeBuilder().setNode(name);
    return this;
  }

  /** An engine that no binding names yet. */
  SampleBuilder engine(Engine engine) {
    sample.addEngines(engine);
    return this;
  }

  int engines() {
    return sample.getEnginesCount();
  }

  /** Changes the binding that was added last. */
  SampleBuilder binding(Consumer<Binding.Builder> change) {
    change.accept(sample.getBindingsBuilder(sample.getBindingsCount() - 1));
    return this;
  }

  SampleBuilder machine(NodeMetric metric, long value) {
    sample.addNodeReadings(NodeReading.newBuilder().setMetric(metric).setValue(value));
    return this;
  }

  SampleBuilder nodeClass(String name) {
    sample.getNodeBuilder().setNodeClass(name);
    return this;
  }

  SampleBuilder site(String site) {
    sample.getNodeBuilder().setSite(site);
    return this;
  }

  /** Changes the engine and the binding added last. */
  SampleBuilder last(UnaryOperator<Engine.Builder> engine, UnaryOperator<Binding.Builder> binding) {
    int e = sample.getEnginesCount() - 1;
    int b = sample.getBindingsCount() - 1;
    sample.setEngines(e, engine.apply(sample.getEngines(e).toBuilder()));
    sample.setBindings(b, binding.apply(sample.getBindings(b).toBuilder()));
    return this;
  }

  NodeSample build() {
    byte[] uuids = new byte[16 * ids.size()];
    for (int i = 0; i < ids.size(); i++) {
      uuids[16 * i] = (byte) ids.get(i).charAt(0);
    }
    table.setUuids(ByteString.copyFrom(uuids)).addModelNames("NVIDIA H100 80GB HBM3");
    instances.forEach(table::addInstanceOfRow);
    profiles.forEach(table::addProfileOfRow);
    for (GpuMetric metric : GpuMetric.values()) {
      column(metric);
    }
    return sample.setGpus(table).build();
  }

  private void column(GpuMetric metric) {
    byte[] presence = new byte[(rows.size() + 7) / 8];
    GpuColumn.Builder column = GpuColumn.newBuilder();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).containsKey(metric)) {
        presence[i / 8] |= (byte) (1 << i % 8);
        column.addValues(rows.get(i).get(metric));
      }
    }
    if (column.getValuesCount() > 0) {
      table.addColumns(column.setMetric(metric).setPresence(ByteString.copyFrom(presence)));
    }
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }
}
