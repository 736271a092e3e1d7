package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Sample;
import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.model.proto.NodeReading;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads what one exposition says of the whole machine. One thread. */
final class NodeReader {
  private final SourceIndex<NodeMetric> index;
  private final Readings readings;
  private final Map<NodeMetric, Cell> cells = new EnumMap<>(NodeMetric.class);

  NodeReader(SourceIndex<NodeMetric> index, Readings readings) {
    this.index = index;
    this.readings = readings;
  }

  void read(Sample sample) {
    for (Hook<NodeMetric> hook : index.of(sample.name())) {
      if (hook.part().admits(sample.labels())) {
        long value = readings.of(sample, hook);
        if (value != Readings.ABSENT) {
          cells
              .computeIfAbsent(hook.metric(), metric -> new Cell())
              .offer(hook, value, readings.slot());
        }
      }
    }
  }

  List<NodeReading> values() {
    return cells.entrySet().stream().map(NodeReader::reading).toList();
  }

  Map<NodeMetric, CellPlan> plan() {
    Map<NodeMetric, CellPlan> plan = new EnumMap<>(NodeMetric.class);
    cells.forEach((metric, cell) -> plan.put(metric, cell.plan()));
    return plan;
  }

  private static NodeReading reading(Map.Entry<NodeMetric, Cell> entry) {
    return NodeReading.newBuilder()
        .setMetric(entry.getKey())
        .setValue(entry.getValue().value())
        .build();
  }
}
