package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Labels;
import java.util.List;

/**
 * Which labels split an engine's metrics into series.
 *
 * @param separate ranks that each do their own work (data-parallel): one series each
 * @param max ranks that repeat the same work (tensor-, pipeline-, expert-parallel): folded by the
 *     highest, never added
 */
record EngineLabels(LabelNames model, List<String> separate, List<String> max) {

  SeriesKey keyOf(Labels labels) {
    return new SeriesKey(model.in(labels), joined(separate, labels));
  }

  String foldOf(Labels labels) {
    return joined(max, labels);
  }

  private static String joined(List<String> names, Labels labels) {
    String joined = "";
    for (String name : names) {
      String value = labels.get(name);
      if (value != null && !value.isEmpty()) {
        joined = joined.isEmpty() ? value : joined + "/" + value;
      }
    }
    return joined;
  }
}
