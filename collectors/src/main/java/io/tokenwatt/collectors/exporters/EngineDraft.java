package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The engine part of a file before other files are included.
 *
 * @param include kinds whose metrics this one re-exports; they are preferred to its own
 */
record EngineDraft(
    EngineLabels labels,
    Map<String, List<String>> info,
    Map<EngineMetric, List<Source>> values,
    Map<LatencyMeasure, List<HistogramSource>> histograms,
    List<String> include) {

  EngineSection with(List<EngineDraft> included) {
    List<EngineDraft> all = new ArrayList<>(included);
    all.add(this);
    Map<String, List<String>> allInfo = new HashMap<>();
    all.forEach(draft -> allInfo.putAll(draft.info));
    return EngineSection.of(
        labels,
        allInfo,
        MetricMaps.joined(EngineMetric.class, all, EngineDraft::values),
        MetricMaps.joined(LatencyMeasure.class, all, EngineDraft::histograms));
  }
}
