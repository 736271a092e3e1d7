package io.tokenwatt.collectors.exporters;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Aliases per metric, joined over files. */
final class MetricMaps {
  private MetricMaps() {}

  /** The aliases of all drafts, the first draft's first. */
  static <K extends Enum<K>, V, D> Map<K, List<V>> joined(
      Class<K> type, List<D> drafts, Function<D, Map<K, List<V>>> part) {
    Map<K, List<V>> joined = new EnumMap<>(type);
    for (D draft : drafts) {
      part.apply(draft)
          .forEach((k, v) -> joined.computeIfAbsent(k, key -> new ArrayList<>()).addAll(v));
    }
    return joined;
  }
}
