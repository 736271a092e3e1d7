package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Labels;
import java.util.List;

/** What versions of an exporter call one label. The first that is there and not empty counts. */
record LabelNames(List<String> names) {
  static final LabelNames NONE = new LabelNames(List.of());

  /** "" where none is there. */
  String in(Labels labels) {
    for (String name : names) {
      String value = labels.get(name);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    return "";
  }
}
