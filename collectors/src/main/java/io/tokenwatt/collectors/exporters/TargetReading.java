package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Reject;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.NodeReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one exposition of one target says, in fixed integer units. Immutable.
 *
 * @param instance the target's name on its node
 * @param exporter the kind that read it
 * @param gpus one row per board and per instance, in the order of first mention
 * @param engine present where the kind is a serving engine's, even before its first request
 * @param node readings of the whole machine
 * @param driverVersion "" = not told
 * @param rejects samples that were meant but not believable, with line and reason. Blank values and
 *     other "no reading" marks of the exporter are not rejects: they are absent
 */
public record TargetReading(
    String instance,
    String exporter,
    List<GpuRowReading> gpus,
    Optional<Engine> engine,
    List<NodeReading> node,
    String driverVersion,
    List<Reject> rejects) {

  /** The same, its engine told which of the names that it serves are adapters of which base. */
  public TargetReading withAdapters(Map<String, String> baseOf) {
    if (baseOf.isEmpty() || engine.isEmpty()) {
      return this;
    }
    Engine told = engine.get().toBuilder().putAllAdapters(baseOf).build();
    return new TargetReading(
        instance, exporter, gpus, Optional.of(told), node, driverVersion, rejects);
  }
}
