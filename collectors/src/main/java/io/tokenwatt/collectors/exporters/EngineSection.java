package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How an exporter tells of a serving engine. Immutable.
 *
 * @param info metric name to the labels of it that describe the process
 * @param created names of the gauges that carry the birth of a counter of ours
 */
record EngineSection(
    EngineLabels labels,
    Map<String, List<String>> info,
    Set<String> created,
    SourceIndex<EngineMetric> values,
    HistogramIndex histograms) {

  static EngineSection of(
      EngineLabels labels,
      Map<String, List<String>> info,
      Map<EngineMetric, List<Source>> values,
      Map<LatencyMeasure, List<HistogramSource>> histograms) {
    return new EngineSection(
        labels,
        info,
        createdNames(values),
        new SourceIndex<>(values),
        new HistogramIndex(histograms));
  }

  /** Every metric that is read. */
  Set<String> names() {
    Set<String> names = new HashSet<>(info.keySet());
    names.addAll(created);
    names.addAll(values.names());
    names.addAll(histograms.names());
    names.add(EngineReader.PROCESS_START);
    return names;
  }

  private static Set<String> createdNames(Map<EngineMetric, List<Source>> values) {
    Set<String> names = new HashSet<>();
    for (List<Source> sources : values.values()) {
      for (Source source : sources) {
        source.parts().forEach(part -> names.add(createdName(part.name())));
      }
    }
    return names;
  }

  private static String createdName(String counter) {
    String base =
        counter.endsWith("_total")
            ? counter.substring(0, counter.length() - "_total".length())
            : counter;
    return base + "_created";
  }
}
