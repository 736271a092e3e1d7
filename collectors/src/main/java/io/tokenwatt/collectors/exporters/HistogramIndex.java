package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.LatencyMeasure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From a sample's name to the latencies it feeds. Immutable. */
final class HistogramIndex {
  private final Map<String, List<HistogramHook>> byName = new HashMap<>();

  /**
   * @param sources aliases of each latency, the preferred first
   */
  HistogramIndex(Map<LatencyMeasure, List<HistogramSource>> sources) {
    sources.forEach(
        (measure, aliases) -> {
          for (int rank = 0; rank < aliases.size(); rank++) {
            add(measure, rank, aliases.get(rank));
          }
        });
  }

  private void add(LatencyMeasure measure, int rank, HistogramSource source) {
    hooks(source.family() + "_bucket").add(new HistogramHook(measure, rank, source, true));
    hooks(source.family() + "_sum").add(new HistogramHook(measure, rank, source, false));
  }

  private List<HistogramHook> hooks(String name) {
    return byName.computeIfAbsent(name, key -> new ArrayList<>(1));
  }

  Set<String> names() {
    return byName.keySet();
  }

  List<HistogramHook> of(String name) {
    return byName.getOrDefault(name, List.of());
  }
}
