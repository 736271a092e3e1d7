package io.tokenwatt.collectors.exporters;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From a sample's name to the metrics of ours it feeds. Immutable. */
final class SourceIndex<M extends Enum<M>> {
  private final Map<String, List<Hook<M>>> byName = new HashMap<>();

  /**
   * @param sources aliases of each metric, the preferred first
   */
  SourceIndex(Map<M, List<Source>> sources) {
    sources.forEach(
        (metric, aliases) -> {
          Shape shape = Shape.of(metric);
          for (int rank = 0; rank < aliases.size(); rank++) {
            add(metric, shape, rank, aliases.get(rank));
          }
        });
  }

  private void add(M metric, Shape shape, int rank, Source source) {
    for (int i = 0; i < source.parts().size(); i++) {
      Hook<M> hook = new Hook<>(metric, shape, rank, i, source);
      byName.computeIfAbsent(hook.part().name(), name -> new ArrayList<>(1)).add(hook);
    }
  }

  Set<String> names() {
    return byName.keySet();
  }

  List<Hook<M>> of(String name) {
    return byName.getOrDefault(name, List.of());
  }
}
