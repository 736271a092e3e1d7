package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Labels;
import java.util.Set;

/** The label has one of the values (or, {@code wanted} false, none of them). Absent is "". */
record LabelRule(String label, Set<String> values, boolean wanted) {
  boolean admits(Labels labels) {
    String value = labels.get(label);
    return values.contains(value == null ? "" : value) == wanted;
  }
}
