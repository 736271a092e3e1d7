package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.GpuMetric;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How an exporter tells of boards. Immutable.
 *
 * @param info metrics whose labels describe a board and whose value says nothing
 */
record GpuSection(GpuLabels labels, Set<String> info, SourceIndex<GpuMetric> index) {
  static GpuSection of(GpuLabels labels, Set<String> info, Map<GpuMetric, List<Source>> sources) {
    return new GpuSection(labels, info, new SourceIndex<>(sources));
  }
}
