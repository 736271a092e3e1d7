package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.model.proto.NodeReading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a page of known series says, from its values alone: the same as reading it whole, or
 * nothing. Learned by {@link Exporter#learn}; for one thread.
 */
public final class ReadingPlan {
  private final TargetReading learned;
  private final Slots.Reader slots;
  private final List<Map<GpuMetric, CellPlan>> rows;
  private final EnginePlan engine;
  private final Map<NodeMetric, CellPlan> node;

  /**
   * @param engine null = it is no engine's page
   */
  ReadingPlan(
      TargetReading learned,
      Slots.Reader slots,
      List<Map<GpuMetric, CellPlan>> rows,
      EnginePlan engine,
      Map<NodeMetric, CellPlan> node) {
    this.learned = learned;
    this.slots = slots;
    this.rows = rows;
    this.engine = engine;
    this.node = node;
  }

  /**
   * Empty where one of the values asks for more: it is refused, went missing or came back, or a
   * process started anew. Then read the page whole.
   *
   * @param values of all samples of the page, whose lines are otherwise those of the page learned
   */
  public Optional<TargetReading> read(double[] values) {
    long[] read = slots.read(values);
    if (read == null) {
      return Optional.empty();
    }
    Optional<Engine> told = Optional.empty();
    if (engine != null) {
      told = Optional.ofNullable(engine.engine(read));
      if (told.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new TargetReading(
            learned.instance(),
            learned.exporter(),
            rows(read),
            told,
            node(read),
            learned.driverVersion(),
            List.of()));
  }

  private List<GpuRowReading> rows(long[] read) {
    List<GpuRowReading> all = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Map<GpuMetric, Long> values = new EnumMap<>(GpuMetric.class);
      rows.get(i).forEach((metric, cell) -> values.put(metric, cell.value(read)));
      all.add(learned.gpus().get(i).with(Collections.unmodifiableMap(values)));
    }
    return all;
  }

  private List<NodeReading> node(long[] read) {
    List<NodeReading> all = new ArrayList<>(node.size());
    node.forEach(
        (metric, cell) ->
            all.add(NodeReading.newBuilder().setMetric(metric).setValue(cell.value(read)).build()));
    return all;
  }
}
