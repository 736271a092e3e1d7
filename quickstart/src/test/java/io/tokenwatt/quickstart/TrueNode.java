package io.tokenwatt.quickstart;

import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.GpuTable;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.quickstart.fleet.ServedBoards;
import io.tokenwatt.quickstart.fleet.ServedEngine;
import io.tokenwatt.quickstart.fleet.SimulatedBinding;
import io.tokenwatt.quickstart.fleet.SimulatedNode;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A simulated node's counters as its exporters served them to the agent: every reading that the
 * agent published must be one that was served.
 */
final class TrueNode {
  private static final long MOST_ANSWER_MS = 5_000;

  final SimulatedNode node;
  final List<NodeSample> samples;
  final Map<String, Readings> energyMj = new TreeMap<>();
  final Map<String, Readings> outputTokens = new TreeMap<>();
  final Map<String, Readings> promptTokens = new TreeMap<>();
  final Map<String, Readings> transferredTokens = new TreeMap<>();
  private final Map<String, Long> processStartMs = new TreeMap<>();

  TrueNode(SimulatedNode node, List<NodeSample> samples) {
    this.node = node;
    this.samples = samples;
    boolean boardsKnown = false;
    for (NodeSample sample : samples) {
      // Tokens that come before the node's boards are seen for the first time are not counted.
      boardsKnown |= sample.hasGpus();
      if (boardsKnown) {
        boards(sample);
        sample.getEnginesList().forEach(engine -> engine(sample.getObservedAtMs(), engine));
      }
    }
  }

  private void boards(NodeSample sample) {
    Map<String, Long> shown = energies(sample.getGpus());
    if (shown.isEmpty()) {
      return;
    }
    long observed = sample.getObservedAtMs();
    ServedBoards served =
        node.truth().boards().stream()
            .filter(s -> s.atMs() >= observed && s.atMs() <= observed + MOST_ANSWER_MS)
            .filter(s -> BoardIds.stored(s.energyMj()).equals(shown))
            .findFirst()
            .orElseThrow(() -> never(observed, "boards " + shown));
    BoardIds.stored(served.energyMj())
        .forEach(
            (gpu, mj) ->
                energyMj
                    .computeIfAbsent(gpu, g -> new Readings())
                    .add(observed, served.atMs(), mj, false));
  }

  private void engine(long observed, Engine engine) {
    if (engine.getSeriesCount() == 0) {
      return;
    }
    String name = engine.getInstance();
    long output = sum(engine, EngineMetric.ENGINE_OUTPUT_TOKENS);
    long prompt = sum(engine, EngineMetric.ENGINE_PROMPT_TOKENS);
    ServedEngine served =
        node.truth().engine(name).stream()
            .filter(s -> s.atMs() >= observed && s.atMs() <= observed + MOST_ANSWER_MS)
            .filter(s -> s.outputTokens() == output && s.promptTokens() == prompt)
            .findFirst()
            .orElseThrow(() -> never(observed, name + " " + output + " tokens"));
    Long startedBefore = processStartMs.put(name, served.processStartMs());
    boolean restarted = startedBefore != null && startedBefore != served.processStartMs();
    outputTokens
        .computeIfAbsent(name, n -> new Readings())
        .add(observed, served.atMs(), output, restarted);
    promptTokens
        .computeIfAbsent(name, n -> new Readings())
        .add(observed, served.atMs(), prompt, restarted);
    long transferred = sum(engine, EngineMetric.ENGINE_PROMPT_TOKENS_TRANSFERRED);
    transferredTokens
        .computeIfAbsent(name, n -> new Readings())
        .add(observed, served.atMs(), transferred, restarted);
  }

  private AssertionError never(long observed, String what) {
    return new AssertionError(
        "%s published at %d what was never served: %s".formatted(node.name(), observed, what));
  }

  long lastMs() {
    return samples.get(samples.size() - 1).getObservedAtMs();
  }

  /** How old a value that the dcgm-exporter shows may be. */
  long collectPeriodMs() {
    return node.peculiarity().contains("every 30 s") ? 30_000 : 1_000;
  }

  String workloadOf(String instance) {
    return bindingOf(instance).workload();
  }

  /** Its one token per prompt is nobody's answer. */
  boolean prefills(String instance) {
    return bindingOf(instance).role().equals("prefill");
  }

  private SimulatedBinding bindingOf(String instance) {
    return node.bindings().stream()
        .filter(b -> b.engines().contains(instance))
        .findFirst()
        .orElseThrow();
  }

  /** False for a node that was there too shortly for its energy to be settled, or never. */
  boolean seen() {
    return energyMj.values().stream().anyMatch(readings -> readings.all().size() > 3);
  }

  private static long sum(Engine engine, EngineMetric metric) {
    long sum = 0;
    for (EngineSeries series : engine.getSeriesList()) {
      for (int i = 0; i < series.getMetricsCount(); i++) {
        sum += series.getMetrics(i) == metric ? series.getValues(i) : 0;
      }
    }
    return sum;
  }

  /** The energy counter of each board, which each of its MIG instances' rows repeats. */
  private static Map<String, Long> energies(GpuTable table) {
    ByteBuffer uuids = table.getUuids().asReadOnlyByteBuffer();
    Map<String, Long> energies = new TreeMap<>();
    for (GpuColumn column : table.getColumnsList()) {
      if (column.getMetric() == GpuMetric.GPU_ENERGY_MILLIJOULES) {
        BitSet present = BitSet.valueOf(column.getPresence().toByteArray());
        int next = 0;
        for (int row = 0; row < uuids.capacity() / 16; row++) {
          if (column.getPresence().isEmpty() || present.get(row)) {
            UUID id = new UUID(uuids.getLong(16 * row), uuids.getLong(16 * row + 8));
            energies.merge("GPU-" + id, column.getValues(next++), Math::max);
          }
        }
      }
    }
    return energies;
  }
}
