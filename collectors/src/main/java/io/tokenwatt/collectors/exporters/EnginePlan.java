package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How {@link EngineReader#engine} came about, for values to come.
 *
 * @param unchanging all but the series
 */
record EnginePlan(Engine unchanging, List<Series> series) {

  /**
   * @param unchanging name and metrics
   * @param values by metric: the highest of these stands for all
   */
  record Series(
      EngineSeries unchanging, List<List<CellPlan>> values, List<HistogramPlan> histograms) {}

  /** Null where an engine cannot be read by values alone. */
  static EnginePlan of(Engine read, EngineValues values, EngineHistograms histograms) {
    Map<SeriesKey, EngineSeries.Builder> names = new TreeMap<>();
    Map<SeriesKey, List<List<CellPlan>>> cells = new TreeMap<>();
    Map<SeriesKey, List<HistogramPlan>> latencies = new TreeMap<>();
    for (EngineMetric metric : EngineMetric.values()) {
      values
          .plans(metric)
          .forEach(
              (key, highestOf) -> {
                named(names, key).addMetrics(metric);
                cells.computeIfAbsent(key, k -> new ArrayList<>()).add(highestOf);
              });
    }
    boolean single =
        histograms.plans(
            (key, plan) -> {
              named(names, key);
              latencies.computeIfAbsent(key, k -> new ArrayList<>()).add(plan);
            });
    List<Series> series = new ArrayList<>();
    names.forEach(
        (key, name) ->
            series.add(
                new Series(
                    name.build(),
                    cells.getOrDefault(key, List.of()),
                    latencies.getOrDefault(key, List.of()))));
    return single ? new EnginePlan(read.toBuilder().clearSeries().build(), series) : null;
  }

  private static EngineSeries.Builder named(
      Map<SeriesKey, EngineSeries.Builder> names, SeriesKey key) {
    return names.computeIfAbsent(
        key, k -> EngineSeries.newBuilder().setModelName(k.model()).setRank(k.rank()));
  }

  /** Null where a histogram's counts fall. */
  Engine engine(long[] read) {
    Engine.Builder engine = unchanging.toBuilder();
    for (Series one : series) {
      EngineSeries.Builder builder = one.unchanging.toBuilder();
      for (List<CellPlan> highestOf : one.values) {
        long highest = Long.MIN_VALUE;
        for (CellPlan cell : highestOf) {
          highest = Math.max(highest, cell.value(read));
        }
        builder.addValues(highest);
      }
      for (HistogramPlan plan : one.histograms) {
        Histogram histogram = plan.histogram(read);
        if (histogram == null) {
          return null;
        }
        builder.addHistograms(histogram);
      }
      engine.addSeries(builder.build());
    }
    return engine.build();
  }
}
