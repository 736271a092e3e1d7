package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.EngineMetric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Counters and gauges of one engine while an exposition is read, then folded. One thread. */
final class EngineValues {
  private final Map<EngineMetric, List<Point>> points = new EnumMap<>(EngineMetric.class);

  private record Point(Hook<EngineMetric> hook, SeriesKey key, String fold, long value, int slot) {}

  private record FoldKey(SeriesKey key, String fold) {}

  void add(Hook<EngineMetric> hook, SeriesKey key, String fold, long value, int slot) {
    points
        .computeIfAbsent(hook.metric(), metric -> new ArrayList<>())
        .add(new Point(hook, key, fold, value, slot));
  }

  /** The metric's value per series, in no order. */
  void fold(EngineMetric metric, BiConsumer<SeriesKey, Long> to) {
    Map<SeriesKey, Long> highest = new HashMap<>();
    cells(metric).forEach((key, cell) -> highest.merge(key.key, cell.value(), Math::max));
    highest.forEach(to);
  }

  /** How the metric's value per series came about: it is the highest of these. */
  Map<SeriesKey, List<CellPlan>> plans(EngineMetric metric) {
    Map<SeriesKey, List<CellPlan>> plans = new HashMap<>();
    cells(metric)
        .forEach(
            (key, cell) -> plans.computeIfAbsent(key.key, k -> new ArrayList<>()).add(cell.plan()));
    return plans;
  }

  private Map<FoldKey, Cell> cells(EngineMetric metric) {
    Map<FoldKey, Cell> cells = new HashMap<>();
    for (Point point : counting(metric)) {
      cells
          .computeIfAbsent(new FoldKey(point.key, point.fold), key -> new Cell())
          .offer(point.hook, point.value, point.slot);
    }
    return cells;
  }

  /** A counted reading comes from a source that is only added to when a request ends. */
  boolean countsAtFinish(EngineMetric metric) {
    return counting(metric).stream().anyMatch(point -> point.hook.source().atFinish());
  }

  private List<Point> counting(EngineMetric metric) {
    List<Point> all = points.getOrDefault(metric, List.of());
    Winners winners = new Winners();
    all.forEach(point -> winners.seen(point.key.model(), point.hook.rank()));
    return all.stream().filter(p -> winners.counts(p.key.model(), p.hook.rank())).toList();
  }
}
